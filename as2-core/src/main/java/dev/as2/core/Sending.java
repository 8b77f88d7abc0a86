package dev.as2.core;

import dev.as2.core.SendResult.Attempt;
import dev.as2.core.SendResult.Failure;
import dev.as2.core.SendResult.ResultFiles;
import dev.as2.core.SendResult.Transfer;
import dev.as2.mime.ContentChangedException;
import dev.as2.mime.SigningException;
import dev.failsafe.Failsafe;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * One file on its way: prepared, posted (again, where that may help), judged, recorded.
 *
 * <p>Used once. Its steps follow one another on different threads, never at the same time.
 */
final class Sending {
  private static final System.Logger LOG = System.getLogger(ConnectorRuntime.class.getName());

  private final ConnectorRuntime runtime;
  private final Transfer transfer;
  private final List<Attempt> attempts = Collections.synchronizedList(new ArrayList<>());
  private final CompletableFuture<SendResult> result = new CompletableFuture<>();
  private final CompletableFuture<Void> recorded = new CompletableFuture<>();

  /** The post that is under way, and all attempts together: for a cancellation to end. */
  private volatile CompletableFuture<?> post = CompletableFuture.completedFuture(null);

  private volatile boolean attempting;
  private volatile CompletableFuture<?> delivery = CompletableFuture.completedFuture(null);

  Sending(ConnectorRuntime runtime, SendOrder order) {
    this.runtime = runtime;
    this.transfer =
        new Transfer(
            order.transferId(),
            order.messageId(),
            order.connectorId(),
            order.file(),
            order.accepted());
  }

  /** How one attempt ended. */
  record Attempted(Verdict verdict, Optional<As2Response> response) {
    static Attempted failed(Failure failure) {
      return new Attempted(Verdict.failed(failure), Optional.empty());
    }
  }

  /**
   * Ends it: the outcome record says CANCELLED.
   *
   * @return completes when the record is written
   */
  CompletableFuture<Void> cancel() {
    result.cancel(true);
    return recorded;
  }

  CompletableFuture<SendResult> run() {
    result.whenComplete((any, fault) -> {
      if (result.isCancelled()) {
        endWhatIsUnderWay();
      }
    });
    CompletableFuture.supplyAsync(this::prepared, runtime.workers())
        .thenAccept(this::deliver)
        .exceptionally(fault -> {
          conclude(Optional.empty(), Attempted.failed(failure(fault)));
          return null;
        });
    return result;
  }

  /** An attempt that has no post yet sees the cancellation itself. */
  private void endWhatIsUnderWay() {
    if (attempting) {
      post.cancel(true);
    } else {
      delivery.cancel(true); // it may wait for its next attempt
    }
  }

  private Preparation prepared() {
    try {
      return Preparation.of(runtime, transfer);
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }

  private void deliver(Preparation preparation) {
    RetryPlan plan = preparation.partnership().options().retry();
    CompletableFuture<Attempted> last =
        Failsafe.with(
                Retries.policy(
                    plan, runtime.clock(), runtime.clock().instant().plus(plan.deadline())))
            .with(runtime.scheduler())
            .getStageAsync(() -> attempt(preparation));
    delivery = last;
    if (result.isCancelled()) {
      last.cancel(true);
    }
    last.handleAsync(
        (attempted, fault) -> {
          conclude(
              Optional.of(preparation),
              fault == null ? attempted : Attempted.failed(failure(fault)));
          return true;
        },
        runtime.workers());
  }

  private CompletableFuture<Attempted> attempt(Preparation preparation) {
    attempting = true;
    if (result.isCancelled()) {
      return CompletableFuture.failedFuture(new CancellationException());
    }
    Instant started = runtime.clock().instant();
    CountedEntity counted = new CountedEntity(preparation.request().message());
    CompletableFuture<As2Response> answer =
        runtime.client().post(preparation.request().withMessage(counted));
    post = answer;
    if (result.isCancelled()) {
      answer.cancel(true); // cancelled before there was a post to cancel
    }
    return answer.handleAsync(
        (response, fault) -> {
          Attempted attempted =
              fault == null
                  ? new Attempted(judged(preparation, response), Optional.of(response))
                  : new Attempted(Verdict.failed(failure(fault)), whatCame(fault));
          Attempt attempt = attempt(started, attempted, counted.count());
          attempts.add(attempt);
          runtime.listener().attempted(transfer, attempt);
          attempting = false;
          if (result.isCancelled() && !attempted.verdict().isSuccess()) {
            delivery.cancel(true); // cancelled while it ended: there is no further one
          }
          return attempted;
        },
        runtime.workers());
  }

  private static Attempt attempt(Instant started, Attempted attempted, long bytesSent) {
    return new Attempt(
        started,
        attempted.response().map(As2Response::status),
        attempted.response().flatMap(came -> came.headers().first("Server")),
        attempted.verdict().failure(),
        bytesSent,
        attempted.response().map(As2Response::timings).orElse(As2Response.Timings.NONE));
  }

  private Verdict judged(Preparation preparation, As2Response response) {
    try {
      return new MdnJudge(runtime.clock())
          .judge(preparation.sent(transfer.messageId(), !attempts.isEmpty()), response);
    } catch (RuntimeException e) { // the answer is kept all the same
      return Verdict.failed(failure(e));
    }
  }

  /** What had come of an answer before it broke off: it is kept like a whole one. */
  private static Optional<As2Response> whatCame(Throwable fault) {
    return cause(fault) instanceof As2Exception coded ? coded.answer() : Optional.empty();
  }

  private static Throwable cause(Throwable fault) {
    return fault instanceof CompletionException && fault.getCause() != null
        ? fault.getCause()
        : fault;
  }

  /** Everything that can go wrong, as a code and a sentence. */
  private Failure failure(Throwable fault) {
    Throwable cause = cause(fault);
    if (cause instanceof As2Exception e) {
      return new Failure(e.code(), e.sentence());
    } else if (cause instanceof ContentChangedException e) {
      return new Failure(
          FailureCode.SOURCE_CHANGED,
          "File %s changed while it was being sent: %s."
              .formatted(transfer.file(), e.getMessage()));
    } else if (cause instanceof SigningException e) {
      return new Failure(
          FailureCode.SIGNING_FAILED, "The message cannot be signed: " + e.getMessage());
    } else if (cause instanceof CancellationException) {
      return new Failure(FailureCode.CANCELLED, "The transfer was cancelled.");
    } else if (cause instanceof IOException e) {
      return new Failure(
          FailureCode.STORE_UNAVAILABLE,
          "File %s cannot be read: %s".formatted(transfer.file(), e));
    }
    LOG.log(System.Logger.Level.ERROR, "message " + transfer.messageId() + " failed inside", cause);
    return new Failure(FailureCode.INTERNAL_ERROR, "The engine failed: " + cause);
  }

  /** Writes the results and tells everybody. */
  private void conclude(Optional<Preparation> preparation, Attempted last) {
    SendResult unwritten =
        new SendResult(
            transfer,
            last.verdict().failure(),
            preparation.map(Preparation::packed),
            last.verdict().receipt(),
            attempts,
            last.verdict().warnings(),
            new ResultFiles(Optional.empty(), Optional.empty()));
    SendResult ending = unwritten;
    try {
      ending = written(unwritten, preparation, last.response());
    } finally {
      result.complete(ending);
      runtime.ended(this);
      recorded.complete(null);
    }
  }

  private SendResult written(
      SendResult unwritten, Optional<Preparation> preparation, Optional<As2Response> response) {
    Instant ended = runtime.clock().instant();
    SendResult ending =
        new ResultWriter(runtime.store(), layout(preparation)).write(unwritten, response, ended);
    log(ending);
    boolean mdnWanted = preparation.map(p -> p.partnership().wantsMdn()).orElse(false);
    ConnectorEvents.of(ending, mdnWanted, ended).forEach(runtime.listener()::event);
    runtime.listener().ended(ending);
    return ending;
  }

  private ConnectorOptions.ResultLayout layout(Optional<Preparation> preparation) {
    return preparation
        .map(p -> p.partnership().options().results())
        .orElseGet(this::layoutOfConnector);
  }

  /** The layout where nothing could be prepared: the connector's, if there is one at all. */
  private ConnectorOptions.ResultLayout layoutOfConnector() {
    try {
      return runtime.registry().connector(transfer.connectorId()).options().results();
    } catch (As2Exception | RuntimeException e) { // told already, where it was met first
      return ConnectorOptions.DEFAULT.results();
    }
  }

  private static void log(SendResult result) {
    LOG.log(
        System.Logger.Level.INFO,
        "message {0} transfer {1} file {2}: {3} {4} after {5} attempts",
        result.transfer().messageId(),
        result.transfer().transferId(),
        result.transfer().file(),
        result.status(),
        result.failure().map(f -> f.code() + ": " + f.message()).orElse(""),
        String.valueOf(result.attempts().size()));
  }
}
