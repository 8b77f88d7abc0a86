package dev.as2.core;

import dev.as2.core.SendResult.Attempt;
import dev.as2.core.SendResult.Failure;
import dev.as2.core.SendResult.Transfer;
import dev.as2.core.Sending.Attempted;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The asynchronous MDN of one message (RFC 4130 §7.2): whether it is to come, and the wait for it.
 */
record LateMdn(ConnectorRuntime runtime, Transfer transfer) {

  /**
   * What an attempt came to: where the MDN may come later, an answer without one is as good as any.
   */
  static Verdict orLater(Preparation preparation, Verdict verdict) {
    boolean missing =
        verdict.failure().map(Failure::code).filter(FailureCode.MDN_MISSING::equals).isPresent();
    return missing && preparation.partnership().wantsMdnLater()
        ? new Verdict(Optional.empty(), Optional.empty(), List.of(), Optional.empty())
        : verdict;
  }

  /** Whether the MDN is to come on a connection of its own: some partners answer with it. */
  static boolean isToCome(Preparation preparation, Attempted attempted) {
    return preparation.partnership().wantsMdnLater()
        && attempted.verdict().failure().isEmpty()
        && attempted.verdict().receipt().isEmpty();
  }

  /** Whether an earlier run sent the message, so that there is nothing left but to wait. */
  static boolean wasTaken(List<Attempt> attempts) {
    return !attempts.isEmpty() && attempts.get(attempts.size() - 1).failure().isEmpty();
  }

  /**
   * Waits without a thread, as long as the connector says.
   *
   * @param attempt the one that sent the message
   * @return fails with {@code MDN_TIMED_OUT} where none comes; may be cancelled
   */
  CompletableFuture<AsyncMdns.Arrived> await(Preparation preparation, Attempt attempt) {
    Duration patience = preparation.partnership().options().mdn().asyncTimeout();
    Duration left = Duration.between(runtime.clock().instant(), ended(attempt).plus(patience));
    CompletableFuture<AsyncMdns.Arrived> mdn = runtime.asyncMdns().await(transfer);
    ScheduledFuture<?> timer =
        runtime
            .scheduler()
            .schedule(
                () -> mdn.completeExceptionally(tooLate(patience)),
                Math.max(0, left.toMillis()),
                TimeUnit.MILLISECONDS);
    mdn.whenComplete((any, fault) -> timer.cancel(false));
    return mdn;
  }

  private static As2Exception tooLate(Duration patience) {
    return new As2Exception(
        FailureCode.MDN_TIMED_OUT,
        "The partner took the message, and no asynchronous MDN came within %s seconds."
            .formatted(patience.toSeconds()));
  }

  private static Instant ended(Attempt attempt) {
    As2Response.Timings timings = attempt.timings();
    return attempt
        .started()
        .plus(timings.connect())
        .plus(timings.write())
        .plus(timings.pause())
        .plus(timings.answer());
  }

  /** As if it had been the answer; a message that another run sent is made again for its MIC. */
  static As2Response asAnswer(Preparation preparation, AsyncMdns.Arrived mdn) throws IOException {
    preparation.weigh();
    return new As2Response(200, "", mdn.headers(), mdn.body(), true, As2Response.Timings.NONE);
  }
}
