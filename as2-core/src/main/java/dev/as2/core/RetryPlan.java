package dev.as2.core;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * When a message is sent again: the same octets under the same Message-ID (RFC 4130 §5.5).
 *
 * @param maxAttempts how often in all
 * @param delay the pause before the second attempt; doubles from then on
 * @param maxDelay the longest pause, also of those that a partner's {@code Retry-After} asks for
 * @param jitter by which share a pause may be longer or shorter, 0 to 1
 * @param deadline when attempts end, from the file's acceptance
 * @param also failures that are repeated because the user says so
 */
public record RetryPlan(
    int maxAttempts,
    Duration delay,
    Duration maxDelay,
    double jitter,
    Duration deadline,
    Set<FailureCode> also) {
  /**
   * @throws IllegalArgumentException where a failure is named that no repetition can mend
   */
  public RetryPlan {
    also = Set.copyOf(also);
    for (FailureCode code : also) {
      if (code.retry() != FailureCode.Retry.WHEN_ASKED) {
        throw new IllegalArgumentException(
            "tag " + ConnectorOption.RETRY_ALSO.tag() + " cannot name " + code);
      }
    }
  }

  /** The plan that is left after some attempts. */
  RetryPlan after(int attempts) {
    return attempts == 0
        ? this
        : new RetryPlan(
            maxAttempts - attempts, pauseAfter(attempts + 1), maxDelay, jitter, deadline, also);
  }

  /** The pause after this many attempts, without jitter and what a partner asks for. */
  Duration pauseAfter(int attempts) {
    Duration pause = delay;
    for (int i = 1; i < attempts && pause.compareTo(maxDelay) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    return pause.compareTo(maxDelay) < 0 ? pause : maxDelay;
  }

  /** Whether to send the same octets again after this verdict, where attempts are left. */
  boolean repeats(Verdict verdict, Optional<As2Response> response) {
    int status = response.map(As2Response::status).orElse(0);
    return !verdict.isSuccess()
        && MdnJudge.worthRetrying(verdict.failure().get().code(), status, this);
  }
}
