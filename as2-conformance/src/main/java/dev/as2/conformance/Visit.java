package dev.as2.conformance;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A request of a sender under test.
 *
 * @param at when it came
 * @param scenario the scenario that answered it
 * @param messageId the Message-ID, empty where there was none
 * @param repetition whether it repeats an earlier message
 * @param faults what is wrong with the message, and with its repetition, a sentence each
 */
public record Visit(
    Instant at,
    SenderScenario scenario,
    String messageId,
    Optional<Repetition> repetition,
    List<String> faults) {
  public Visit {
    faults = List.copyOf(faults);
  }

  /**
   * A message that came again under its Message-ID.
   *
   * @param attempt which one it is; the second one has 2
   * @param after how long after the one before
   */
  public record Repetition(int attempt, Duration after) {}
}
