package dev.as2.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One line of the table. Immutable.
 *
 * @param id as the work is called everywhere
 * @param ours what our sender made
 * @param limit what it is measured by
 * @param peers what the others made, by name, in the order in which they ran
 * @param peakRssMiB our process's peak of resident memory
 * @param more what else is worth keeping: numbers, texts, and maps and lists of them
 */
record Row(
    String id,
    Unit unit,
    Outcome ours,
    OptionalDouble limit,
    Map<String, Outcome> peers,
    OptionalDouble peakRssMiB,
    Map<String, Object> more) {
  Row {
    peers = new LinkedHashMap<>(peers);
    more = new LinkedHashMap<>(more);
  }

  /** Figures, or the reason why there are none. */
  record Outcome(Optional<Figures> figures, Optional<String> error) {
    static Outcome of(Figures figures) {
      return new Outcome(Optional.of(figures), Optional.empty());
    }

    static Outcome failed(String why) {
      return new Outcome(Optional.empty(), Optional.of(why));
    }

    OptionalDouble median() {
      return figures.isPresent()
          ? OptionalDouble.of(figures.get().median())
          : OptionalDouble.empty();
    }
  }

  /** A row of a work that could not be done. */
  static Row failed(String id, Unit unit, String why) {
    return new Row(
        id,
        unit,
        Outcome.failed(why),
        OptionalDouble.empty(),
        Map.of(),
        OptionalDouble.empty(),
        Map.of());
  }

  /** How many times as good ours is as the best of the peers. */
  OptionalDouble ratioToBestPeer() {
    OptionalDouble best =
        unit.better() == Unit.Better.MORE
            ? peers.values().stream().flatMapToDouble(p -> p.median().stream()).max()
            : peers.values().stream().flatMapToDouble(p -> p.median().stream()).min();
    return ratio(best);
  }

  /** How much of the limit ours is; 1 is all of it. */
  OptionalDouble shareOfLimit() {
    return ratio(limit);
  }

  private OptionalDouble ratio(OptionalDouble other) {
    return ours.median().isPresent() && other.isPresent()
        ? OptionalDouble.of(unit.ratio(ours.median().getAsDouble(), other.getAsDouble()))
        : OptionalDouble.empty();
  }
}
