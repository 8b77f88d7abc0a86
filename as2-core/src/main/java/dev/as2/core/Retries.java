package dev.as2.core;

import dev.failsafe.RetryPolicy;
import dev.failsafe.RetryPolicyBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A retry plan in the terms of the library that carries it out. */
final class Retries {
  /** What the library takes for "no opinion": its own backoff counts then. */
  private static final Duration NO_OPINION = Duration.ofMillis(-1);

  private Retries() {}

  /**
   * The policy of one transfer.
   *
   * @param plan what is left of the connector's
   * @param until when attempts end
   */
  static RetryPolicy<Attempted> policy(RetryPlan plan, Clock clock, Instant until) {
    RetryPolicyBuilder<Attempted> policy =
        RetryPolicy.<Attempted>builder()
            .handleResultIf(attempted ->
                plan.repeats(attempted.verdict(), attempted.response())
                    && clock.instant().plus(asked(attempted)).isBefore(until))
            .abortIf((attempted, fault) -> fault != null)
            .withMaxAttempts(plan.maxAttempts())
            .withDelayFn(context -> pause(plan, context.getLastResult()))
            .withJitter(plan.jitter());
    if (plan.delay().compareTo(plan.maxDelay()) < 0) {
      policy.withBackoff(plan.delay(), plan.maxDelay());
    } else {
      policy.withDelay(plan.maxDelay());
    }
    Duration left = Duration.between(clock.instant(), until);
    return left.compareTo(plan.pauseAfter(1)) > 0
        ? policy.withMaxDuration(left).build()
        : policy.withMaxAttempts(1).build(); // over before there could be a second one
  }

  /**
   * Whether another attempt is to follow.
   *
   * @param attempts how many have ended, of all runs
   */
  static boolean goOn(RetryPlan plan, Attempted last, int attempts, Instant now, Instant until) {
    return attempts < plan.maxAttempts()
        && plan.repeats(last.verdict(), last.response())
        && now.plus(asked(last)).isBefore(until);
  }

  /** The pause after this many attempts, without jitter. */
  static Duration pause(RetryPlan plan, Attempted last, int attempts) {
    Duration ours = plan.pauseAfter(attempts);
    return asked(last).compareTo(ours) > 0 ? asked(last) : ours;
  }

  private static Duration asked(Attempted attempted) {
    return attempted.verdict().retryAfter().orElse(Duration.ZERO);
  }

  /** What the partner asks for, so much longer that the jitter does not make it shorter. */
  private static Duration pause(RetryPlan plan, @Nullable Attempted last) {
    if (last == null || last.verdict().retryAfter().isEmpty()) {
      return NO_OPINION; // no attempt ended, or the partner asks for nothing
    }
    return Duration.ofMillis(Math.round(asked(last).toMillis() / (1 - plan.jitter())));
  }
}
