package dev.as2.core;

import dev.as2.core.Sending.Attempted;
import dev.failsafe.RetryPolicy;
import dev.failsafe.RetryPolicyBuilder;
import java.time.Duration;

/** A retry plan in the terms of the library that carries it out. */
final class Retries {
  /** What the library takes for "no opinion": its own backoff counts then. */
  private static final Duration NO_OPINION = Duration.ofMillis(-1);

  private Retries() {}

  static RetryPolicy<Attempted> policy(RetryPlan plan) {
    RetryPolicyBuilder<Attempted> policy =
        RetryPolicy.<Attempted>builder()
            .handleResultIf(attempted -> plan.repeats(attempted.verdict(), attempted.response()))
            .abortIf((attempted, fault) -> fault != null)
            .withMaxAttempts(plan.maxAttempts())
            .withDelayFn(context -> retryAfter(plan, context.getLastResult()))
            .withJitter(plan.jitter());
    if (plan.delay().compareTo(plan.maxDelay()) < 0) {
      policy.withBackoff(plan.delay(), plan.maxDelay());
    } else {
      policy.withDelay(plan.maxDelay());
    }
    return plan.deadline().compareTo(firstPause(plan)) > 0
        ? policy.withMaxDuration(plan.deadline()).build()
        : policy.withMaxAttempts(1).build(); // over before there could be a second one
  }

  private static Duration firstPause(RetryPlan plan) {
    return plan.delay().compareTo(plan.maxDelay()) < 0 ? plan.delay() : plan.maxDelay();
  }

  /** What the partner asks for, but no longer than the plan's longest pause. */
  private static Duration retryAfter(RetryPlan plan, Attempted last) {
    Duration asked = last.verdict().retryAfter().orElse(NO_OPINION);
    return asked.compareTo(plan.maxDelay()) > 0 ? plan.maxDelay() : asked;
  }
}
