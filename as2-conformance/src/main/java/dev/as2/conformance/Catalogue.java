package dev.as2.conformance;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All scenarios for receivers. */
public final class Catalogue {
  private static final List<Scenario> ALL =
      Stream.of(
              LayerScenarios.all(),
              MdnScenarios.all(),
              MicalgScenarios.all(),
              FaultScenarios.all(),
              CryptoScenarios.all(),
              FormatScenarios.all(),
              NameScenarios.all(),
              FramingScenarios.all(),
              HttpScenarios.all(),
              RestartScenarios.all(),
              HostileScenarios.all(),
              BrokenHttpScenarios.all())
          .flatMap(List::stream)
          .toList();

  private Catalogue() {}

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
