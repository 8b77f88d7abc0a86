package dev.as2.conformance;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All scenarios for senders. */
public final class SenderCatalogue {
  private static final List<SenderScenario> ALL =
      Stream.of(
              MdnAnswers.all(),
              MdnFormAnswers.all(),
              DispositionAnswers.all(),
              StatusAnswers.all(),
              BrokenAnswers.all(),
              AsyncAnswers.all())
          .flatMap(List::stream)
          .toList();

  private SenderCatalogue() {}

  /** All of them. */
  public static List<SenderScenario> all() {
    return ALL;
  }

  /** The one with this id, where there is one. */
  public static Optional<SenderScenario> named(String id) {
    return ALL.stream().filter(s -> s.id().equals(id)).findFirst();
  }
}
