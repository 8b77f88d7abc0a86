package dev.as2.core;

import dev.as2.core.SendResult.Attempt;
import dev.as2.core.SendResult.Failure;
import dev.as2.core.SendResult.Transfer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The asynchronous MDN of one message (RFC 4130 §7.2): whether it is to come, and the wait for it.
 *
 * <p>It comes over a connection that anybody may have opened. What is unreadable, about another
 * message, or a yes without the signature that was asked for, is no MDN: the wait goes on.
 */
final class LateMdn {
  private static final System.Logger LOG = System.getLogger(ConnectorRuntime.class.getName());

  private static final Set<FailureCode> UNPROVEN =
      EnumSet.of(
          FailureCode.MDN_MISSING,
          FailureCode.MDN_INVALID,
          FailureCode.MDN_FOR_OTHER_MESSAGE,
          FailureCode.MDN_NOT_SIGNED,
          FailureCode.VERIFICATION_FAILED_NO_MATCHING_KEY_FOUND);

  private final ConnectorRuntime runtime;
  private final Transfer transfer;

  /** Why the last one that came was none. */
  private volatile Optional<String> unproven = Optional.empty();

  LateMdn(ConnectorRuntime runtime, Transfer transfer) {
    this.runtime = runtime;
    this.transfer = transfer;
  }

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

  /** Goes on with the wait of an earlier run. */
  void goOn(AttemptsNote earlier) {
    unproven = earlier.unproven();
  }

  /** What another run needs to know of a message that the partner took. */
  AttemptsNote note(Preparation preparation, List<Attempt> attempts) {
    return new AttemptsNote(attempts, runtime.clock().instant(), preparation.digests(), unproven);
  }

  /** Whether an earlier run sent the message, so that there is nothing left but to wait. */
  static boolean wasTaken(List<Attempt> attempts) {
    return !attempts.isEmpty() && attempts.get(attempts.size() - 1).failure().isEmpty();
  }

  /**
   * Waits without a thread, as long as the connector says. What came in time counts, also where it
   * is looked at later.
   *
   * @param attempt the one that sent the message
   * @return fails with {@code MDN_TIMED_OUT} where none comes; may be cancelled
   */
  CompletableFuture<AsyncMdns.Arrived> await(Preparation preparation, Attempt attempt) {
    Duration patience = preparation.partnership().options().mdn().asyncTimeout();
    Instant until = ended(attempt).plus(patience);
    CompletableFuture<AsyncMdns.Arrived> mdn = await(until);
    if (mdn.isDone()) {
      return mdn;
    }
    Duration left = Duration.between(runtime.clock().instant(), until);
    ScheduledFuture<?> timer =
        runtime
            .scheduler()
            .schedule(
                () -> mdn.completeExceptionally(tooLate(patience, unproven)),
                Math.max(0, left.toMillis()),
                TimeUnit.MILLISECONDS);
    mdn.whenComplete((any, fault) -> timer.cancel(false));
    return mdn;
  }

  private CompletableFuture<AsyncMdns.Arrived> await(Instant until) {
    try {
      return runtime.asyncMdns().await(transfer, until);
    } catch (RuntimeException e) { // a host's fault says nothing of the message
      return CompletableFuture.failedFuture(
          new AbandonedException("The wait for the MDN failed: " + e));
    }
  }

  private static As2Exception tooLate(Duration patience, Optional<String> unproven) {
    return new As2Exception(
        FailureCode.MDN_TIMED_OUT,
        "The partner took the message, and no asynchronous MDN came within %s seconds%s"
            .formatted(
                patience.toSeconds(),
                unproven.map(why -> ", but for what proves nothing: " + why).orElse(".")));
  }

  /** Whether what came decides nothing; then it is dropped, and another one may be awaited. */
  boolean isRefused(AsyncMdns.Arrived mdn, Verdict verdict) {
    Optional<Failure> why = verdict.failure().filter(failure -> isUnproven(failure, verdict));
    if (why.isEmpty()) {
      return false;
    }
    unproven = why.map(Failure::message);
    try {
      runtime.asyncMdns().refused(transfer, mdn);
      LOG.log(
          System.Logger.Level.WARNING,
          "message {0} goes on waiting: {1}",
          transfer.messageId(),
          why.get().message());
    } catch (IOException e) { // it comes again, and is refused again
      LOG.log(System.Logger.Level.WARNING, "what proves nothing could not be dropped: " + e);
    }
    return true;
  }

  /** A wrong MIC is the partner's word where its signature holds. */
  private static boolean isUnproven(Failure failure, Verdict verdict) {
    boolean signed = verdict.receipt().map(SendResult.Receipt::signed).orElse(false);
    return UNPROVEN.contains(failure.code())
        || (failure.code() == FailureCode.VERIFICATION_FAILED && !signed);
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

  /** Whether a wait ended without saying anything of the message: the host goes on with it. */
  static Optional<AbandonedException> leftToHost(@Nullable Throwable fault) {
    return fault != null && Diagnosis.cause(fault) instanceof AbandonedException why
        ? Optional.of(why)
        : Optional.empty();
  }

  /** As if it had been the answer; where nobody kept the message's MIC, it is made again for it. */
  static As2Response asAnswer(Preparation preparation, AsyncMdns.Arrived mdn) throws IOException {
    preparation.weigh();
    return new As2Response(200, "", mdn.headers(), mdn.body(), true, As2Response.Timings.NONE);
  }
}
