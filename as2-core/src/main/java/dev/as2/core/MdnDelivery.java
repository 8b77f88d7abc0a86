package dev.as2.core;

import dev.as2.core.ReceivedMessages.Kept;
import dev.as2.core.SendResult.Failure;
import dev.as2.mime.Content;
import dev.as2.mime.ContentEntity;
import dev.failsafe.Failsafe;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Posts asynchronous MDNs (RFC 4130 §7.2), again where that may help, always the same octets.
 * Nobody waits in a thread for an answer. Safe for use by several threads.
 */
final class MdnDelivery {
  private static final System.Logger LOG = System.getLogger(AgreementRuntime.class.getName());

  private final As2Client client;
  private final ReceivedMessages received;
  private final AgreementListener listener;
  private final Clock clock;
  private final ScheduledExecutorService scheduler;
  private final Executor workers;

  MdnDelivery(
      As2Client client,
      ReceivedMessages received,
      AgreementListener listener,
      Clock clock,
      Threads threads) {
    this.client = client;
    this.received = received;
    this.listener = listener;
    this.clock = clock;
    this.scheduler = threads.scheduler();
    this.workers = threads.workers();
  }

  /**
   * Whose threads are used.
   *
   * @param scheduler for the pauses between attempts
   * @param workers for what blocks
   */
  record Threads(ScheduledExecutorService scheduler, Executor workers) {}

  /** Begins to post an MDN. */
  void begin(Kept kept, Terms terms) throws IOException {
    URI url = kept.deliverTo().orElseThrow();
    MadeMdn mdn = MadeMdn.read(kept.mdn());
    As2Request request =
        new As2Request(
            url,
            new ContentEntity(mdn.headers(), Content.of(mdn.body())),
            false,
            terms.transport(),
            Optional.empty());
    RetryPlan plan = terms.options().connector().retry();
    Instant until = clock.instant().plus(plan.deadline());
    try {
      Failsafe.with(Retries.policy(plan, clock, until))
          .with(scheduler)
          .getStageAsync(() -> attempt(request))
          .whenCompleteAsync((last, fault) -> ended(kept, url, last, fault), workers);
    } catch (RejectedExecutionException e) {
      LOG.log(System.Logger.Level.INFO, "the MDN of {0} is left to another run", kept.key());
    }
  }

  private CompletableFuture<Attempted> attempt(As2Request request) {
    return client
        .post(request)
        .handle((response, fault) ->
            fault == null
                ? new Attempted(verdict(request.url(), response), Optional.of(response))
                : Attempted.failed(failure(fault)));
  }

  /** Whatever its status is: nothing is expected in the answer to an MDN (RFC 4130 §7.6). */
  private Verdict verdict(URI url, As2Response response) {
    if (MdnJudge.isSuccess(response)) {
      return new Verdict(Optional.empty(), Optional.empty(), List.of(), Optional.empty());
    }
    return Verdict.failed(
        new Failure(
            response.status() / 100 == 3
                ? FailureCode.HTTP_REDIRECTED
                : FailureCode.HTTP_ERROR_RESPONSE_FROM_PARTNER,
            url.getHost() + " answered " + response.status() + " to the MDN."));
  }

  private static Failure failure(Throwable fault) {
    Throwable cause = Diagnosis.cause(fault);
    return cause instanceof As2Exception coded
        ? new Failure(coded.code(), coded.sentence())
        : new Failure(FailureCode.INTERNAL_ERROR, "The MDN cannot be posted: " + cause);
  }

  private void ended(Kept kept, URI url, @Nullable Attempted last, @Nullable Throwable fault) {
    Optional<Failure> failure =
        last != null
            ? last.verdict().failure()
            : Optional.of(failure(Objects.requireNonNull(fault)));
    LOG.log(
        System.Logger.Level.INFO,
        "MDN of {0} to {1}: {2}",
        kept.key().messageId(),
        url.getHost(),
        failure.map(f -> f.code() + ": " + f.message()).orElse("delivered"));
    try {
      received.delivered(kept.key());
    } catch (IOException e) { // so the next run posts it again, which does no harm
      LOG.log(System.Logger.Level.WARNING, "that an MDN was delivered could not be kept", e);
    }
    listener.delivered(kept.key(), url, failure);
  }
}
