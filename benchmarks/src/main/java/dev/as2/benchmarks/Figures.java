package dev.as2.benchmarks;

import java.util.List;

/**
 * What several rounds gave, in their order. Immutable.
 *
 * @param rounds at least one
 */
record Figures(List<Double> rounds) {
  Figures {
    rounds = List.copyOf(rounds);
    if (rounds.isEmpty()) {
      throw new IllegalArgumentException("no round was measured");
    }
  }

  static Figures of(double... rounds) {
    return new Figures(java.util.Arrays.stream(rounds).boxed().toList());
  }

  /** The middle one; of an even number, the mean of the two in the middle. */
  double median() {
    List<Double> sorted = rounds.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  double min() {
    return rounds.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  double max() {
    return rounds.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }
}
