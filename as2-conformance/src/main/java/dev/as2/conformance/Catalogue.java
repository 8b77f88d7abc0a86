package dev.as2.conformance;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All scenarios for receivers. */
public final class Catalogue {
  private static final List<Scenario> ALL = ordered();

  private Catalogue() {}

  /** In the table's order; each row has its play, and each play its row. */
  private static List<Scenario> ordered() {
    Map<String, Scenario> plays =
        Stream.of(
                LayerScenarios.all(),
                MdnScenarios.all(),
                AsyncScenarios.all(),
                MicalgScenarios.all(),
                FaultScenarios.all(),
                CryptoScenarios.all(),
                AlgorithmScenarios.all(),
                FormatScenarios.all(),
                NameScenarios.all(),
                FramingScenarios.all(),
                HttpScenarios.all(),
                RestartScenarios.all(),
                HostileScenarios.all(),
                BrokenHttpScenarios.all())
            .flatMap(List::stream)
            .collect(Collectors.toMap(Scenario::id, Function.identity()));
    return ScenarioTable.ids().stream()
        .map(id -> Objects.requireNonNull(plays.get(id), id))
        .toList();
  }

  /** All of them, in the order in which they are played. */
  public static List<Scenario> all() {
    return ALL;
  }

  /** Those of a profile. */
  public static List<Scenario> of(Profile profile) {
    return ALL.stream().filter(s -> s.rule().profiles().contains(profile)).toList();
  }

  /** The one with this id, where there is one. */
  public static Optional<Scenario> named(String id) {
    return ALL.stream().filter(s -> s.id().equals(id)).findFirst();
  }
}
