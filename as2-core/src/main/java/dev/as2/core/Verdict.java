package dev.as2.core;

import dev.as2.core.SendResult.Failure;
import dev.as2.core.SendResult.Receipt;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a partner's answer is worth.
 *
 * @param failure why the transfer failed; empty where it succeeded
 * @param receipt the MDN, where one could be read
 * @param warnings what was odd and did no harm, a sentence each
 * @param retryAfter how long the partner asks to wait before another attempt
 */
record Verdict(
    Optional<Failure> failure,
    Optional<Receipt> receipt,
    List<String> warnings,
    Optional<Duration> retryAfter) {
  Verdict {
    warnings = List.copyOf(warnings);
  }

  /** A failure before there was an answer. */
  static Verdict failed(Failure failure) {
    return new Verdict(Optional.of(failure), Optional.empty(), List.of(), Optional.empty());
  }

  /** Whether the partner took the file and, where an MDN was asked for, proved it. */
  boolean isSuccess() {
    return failure.isEmpty();
  }
}
