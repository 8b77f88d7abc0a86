package dev.as2.core;

import dev.as2.core.SendResult.Attempt;
import dev.as2.core.SendResult.Failure;
import dev.as2.core.SendResult.Transfer;
import dev.failsafe.Failsafe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * One file on its way: prepared, sealed, posted (again, where that may help), judged, recorded.
 *
 * <p>Used once. Its steps follow one another on different threads, never at the same time.
 */
final class Sending {
  private static final System.Logger LOG = System.getLogger(ConnectorRuntime.class.getName());

  private final ConnectorRuntime runtime;
  private final SendOrder order;
  private final Transfer transfer;
  private final TransferJournal journal;
  private final LateMdn late;
  private final Ending ending;
  private final Course course = new Course(this::abandoned);
  private final List<Attempt> attempts = Collections.synchronizedList(new ArrayList<>());
  private final CompletableFuture<SendResult> result = new CompletableFuture<>();
  private final CompletableFuture<Void> over = new CompletableFuture<>();

  /** The post that is under way, and all attempts together: for a cancellation to end. */
  private volatile CompletableFuture<?> post = CompletableFuture.completedFuture(null);

  private volatile boolean attempting;
  private volatile CompletableFuture<?> delivery = CompletableFuture.completedFuture(null);

  Sending(ConnectorRuntime runtime, SendOrder order) {
    this.runtime = runtime;
    this.order = order;
    this.transfer =
        new Transfer(
            order.transferId(),
            order.messageId(),
            order.connectorId(),
            order.file(),
            order.accepted());
    this.journal = new TransferJournal(runtime.journal(), transfer);
    this.late = new LateMdn(runtime, transfer);
    this.ending = new Ending(runtime, transfer);
  }

  /** Ends it: the outcome record says CANCELLED. */
  void cancel() {
    result.cancel(true);
  }

  /** Leaves it as it is, without a result; but for an end that is being recorded. */
  void abandon(String why) {
    course.abandon(new AbandonedException(why));
  }

  /** Abandons it where no attempt is under way. */
  void park() {
    if (!attempting) {
      abandon(ConnectorRuntime.PARKED);
    }
  }

  /** Completes when it has ended, or was abandoned. */
  CompletableFuture<Void> over() {
    return over;
  }

  CompletableFuture<SendResult> run() {
    result.whenComplete((any, fault) -> {
      if (result.isCancelled()) {
        endWhatIsUnderWay();
      }
    });
    if (runtime.isParking()) {
      park();
    }
    try {
      runtime.workers().execute(this::begin);
    } catch (RejectedExecutionException e) {
      abandon("The runtime is closed.");
    }
    return result;
  }

  /** An attempt that has no post yet sees the cancellation itself. */
  private void endWhatIsUnderWay() {
    (attempting ? post : delivery).cancel(true); // the delivery may wait for its next attempt
  }

  private void begin() {
    if (!course.step()) {
      return;
    }
    try {
      if (runtime.isParking()) {
        throw new AbandonedException(ConnectorRuntime.PARKED);
      }
      if (order.kept().answer().isPresent()) {
        finishAgain(order.kept().answer().get());
        return;
      }
      AttemptsNote earlier = AttemptsNote.of(order.kept().attempts(), transfer.messageId());
      attempts.addAll(earlier.attempts());
      late.goOn(earlier);
      Preparation preparation =
          LateMdn.wasTaken(attempts)
              ? Preparation.delivered(runtime, order, transfer, earlier.digests())
              : Preparation.of(runtime, order, transfer);
      if (order.kept().seal().isEmpty()) {
        journal.seal(preparation.sealed());
      }
      if (course.rest()) {
        deliver(preparation, earlier);
      }
    } catch (AbandonedException e) {
      course.abandon(e);
      course.rest();
    } catch (IOException | RuntimeException | Error e) {
      fail(e);
    }
  }

  /** What fails before the first attempt: a registry that is away for a while ends nothing. */
  private void fail(Throwable fault) {
    if (fault instanceof UncheckedIOException && runtime.journal().isPresent()) {
      course.abandon(new AbandonedException("The registry cannot be read: " + fault, fault));
      course.rest();
    } else {
      conclude(Optional.empty(), Attempted.failed(Diagnosis.of(fault, transfer)));
    }
  }

  private void deliver(Preparation preparation, AttemptsNote earlier) {
    if (LateMdn.wasTaken(attempts)) {
      waitForMdn(preparation);
      return;
    }
    Instant now = runtime.clock().instant();
    Instant next = earlier.notBefore().isAfter(now) ? earlier.notBefore() : now;
    if (!attempts.isEmpty()
        && (attempts.size() >= preparation.retry().maxAttempts()
            || !next.isBefore(until(preparation)))) {
      Optional<Failure> last = attempts.get(attempts.size() - 1).failure();
      conclude(Optional.of(preparation), Attempted.failed(last.orElseThrow()));
      return;
    }
    if (next.equals(now)) {
      attemptAll(preparation);
    } else {
      attemptAllAfter(Duration.between(now, next), preparation);
    }
  }

  private Instant until(Preparation preparation) {
    return order.accepted().plus(preparation.retry().deadline());
  }

  /** The pause that an earlier run did not live to the end of. */
  private void attemptAllAfter(Duration pause, Preparation preparation) {
    CompletableFuture<Void> over = new CompletableFuture<>();
    delivery = over;
    over.whenComplete((any, fault) -> {
      if (fault == null) {
        attemptAll(preparation);
      } else {
        concludeLater(preparation, Attempted.failed(Diagnosis.of(fault, transfer)));
      }
    });
    runtime
        .scheduler()
        .schedule(() -> over.complete(null), pause.toMillis() + 1, TimeUnit.MILLISECONDS);
    if (result.isCancelled()) {
      over.cancel(true);
    }
  }

  private void attemptAll(Preparation preparation) {
    RetryPlan left = preparation.retry().after(attempts.size());
    CompletableFuture<Attempted> last =
        Failsafe.with(Retries.policy(left, runtime.clock(), until(preparation)))
            .with(runtime.scheduler())
            .getStageAsync(() -> attempt(preparation));
    delivery = last;
    if (result.isCancelled()) {
      endWhatIsUnderWay(); // cancelled before there was a delivery to cancel
    }
    last.whenComplete((attempted, fault) -> {
      if (fault != null) {
        concludeLater(preparation, Attempted.failed(Diagnosis.of(fault, transfer)));
      } else if (LateMdn.isToCome(preparation, attempted)) {
        runtime.workers().execute(() -> taken(preparation));
      } else {
        concludeLater(preparation, attempted);
      }
    });
  }

  /** The partner has it. When that is durable, another run sends nothing, and waits as this one. */
  private void taken(Preparation preparation) {
    try {
      journal.attempted(late.note(preparation, attempts));
    } catch (AbandonedException e) {
      course.abandon(e);
    }
    attempting = false;
    if (runtime.isParking()) {
      abandon(ConnectorRuntime.PARKED);
    }
    if (course.rest()) {
      waitForMdn(preparation);
    }
  }

  private void waitForMdn(Preparation preparation) {
    CompletableFuture<AsyncMdns.Arrived> mdn =
        late.await(preparation, attempts.get(attempts.size() - 1));
    delivery = mdn;
    if (result.isCancelled()) {
      mdn.cancel(true);
    }
    mdn.whenCompleteAsync(
        (arrived, fault) -> {
          if (!course.step()) {
            return;
          }
          Optional<AbandonedException> left = LateMdn.leftToHost(fault);
          if (left.isPresent()) {
            course.abandon(left.get());
            course.rest();
            return;
          }
          Attempted last =
              fault == null
                  ? judged(preparation, arrived)
                  : Attempted.failed(Diagnosis.of(fault, transfer));
          if (fault != null || !late.isRefused(arrived, last.verdict())) {
            conclude(Optional.of(preparation), last);
          } else {
            taken(preparation);
          }
        },
        runtime.workers());
  }

  private Attempted judged(Preparation preparation, AsyncMdns.Arrived mdn) {
    try {
      As2Response response = LateMdn.asAnswer(preparation, mdn);
      return new Attempted(judged(preparation, response), Optional.of(response));
    } catch (IOException e) {
      return Attempted.failed(Diagnosis.of(e, transfer));
    }
  }

  private void concludeLater(Preparation preparation, Attempted last) {
    runtime.workers().execute(() -> conclude(Optional.of(preparation), last));
  }

  private CompletableFuture<Attempted> attempt(Preparation preparation) {
    attempting = true;
    if (!course.step()) {
      return CompletableFuture.failedFuture(new CancellationException());
    }
    try {
      if (runtime.isParking()) {
        abandon(ConnectorRuntime.PARKED);
      }
      return runtime.isParking() || result.isCancelled()
          ? CompletableFuture.failedFuture(new CancellationException())
          : posted(preparation);
    } finally {
      course.rest();
    }
  }

  private CompletableFuture<Attempted> posted(Preparation preparation) {
    Instant started = runtime.clock().instant();
    Upload upload = new Upload(runtime.client(), preparation.request());
    CompletableFuture<As2Response> answer =
        preparation.restarts() && order.isRepeated(attempts) ? upload.goOn() : upload.begin();
    post = answer;
    if (result.isCancelled()) {
      answer.cancel(true); // cancelled before there was a post to cancel
    }
    return answer.handleAsync(
        (response, fault) -> {
          if (!course.step()) {
            throw new CancellationException();
          }
          Attempted attempted =
              fault == null
                  ? new Attempted(
                      LateMdn.orLater(preparation, judged(preparation, response)),
                      Optional.of(response))
                  : new Attempted(
                      Verdict.failed(Diagnosis.of(fault, transfer)), Diagnosis.whatCame(fault));
          attempted(preparation, attempted, Ending.attempt(started, attempted, upload.octets()));
          return attempted;
        },
        runtime.workers());
  }

  private void attempted(Preparation preparation, Attempted attempted, Attempt attempt) {
    attempts.add(attempt);
    runtime.listener().attempted(transfer, attempt);
    Instant now = runtime.clock().instant();
    if (!Retries.goOn(preparation.retry(), attempted, attempts.size(), now, until(preparation))) {
      return; // the step goes on with the conclusion: nothing cancels or abandons an answer
    }
    attempting = false;
    if (result.isCancelled()) {
      delivery.cancel(true); // cancelled while it ended: there is no further one
      return;
    }
    try {
      Duration pause = Retries.pause(preparation.retry(), attempted, attempts.size());
      journal.attempted(new AttemptsNote(attempts, now.plus(pause)));
    } catch (AbandonedException e) {
      course.abandon(e);
    }
    if (runtime.isParking()) {
      abandon(ConnectorRuntime.PARKED);
    }
    course.rest();
  }

  private Verdict judged(Preparation preparation, As2Response response) {
    try {
      return new MdnJudge(runtime.clock())
          .judge(preparation.sent(transfer.messageId(), order.isRepeated(attempts)), response);
    } catch (RuntimeException e) { // the answer is kept all the same
      return Verdict.failed(Diagnosis.of(e, transfer));
    }
  }

  /** Keeps the end, writes the results and tells everybody. */
  private void conclude(Optional<Preparation> preparation, Attempted last) {
    if (!course.end()) {
      return;
    }
    Conclusion conclusion = ending.conclusion(preparation, last, attempts);
    try {
      journal.ended(conclusion);
    } catch (AbandonedException e) {
      course.abandonEnd(e);
      return;
    }
    finish(conclusion);
  }

  /** An earlier run had the answer: it is not asked for again, nor kept again. */
  private void finishAgain(byte[] answer) throws As2Exception {
    Conclusion conclusion = Conclusion.read(answer, transfer);
    if (course.end()) {
      finish(conclusion);
    }
  }

  private void finish(Conclusion conclusion) {
    SendResult recorded = conclusion.result();
    try {
      recorded = ending.write(conclusion);
    } finally {
      result.complete(recorded);
      end();
    }
  }

  private void abandoned(AbandonedException why) {
    post.cancel(true);
    delivery.cancel(true);
    LOG.log(
        System.Logger.Level.INFO,
        "message {0} is left as it is: {1}",
        transfer.messageId(),
        why.getMessage());
    runtime.listener().abandoned(transfer, why);
    result.completeExceptionally(why);
    end();
  }

  private void end() {
    runtime.ended(this);
    over.complete(null);
  }
}
