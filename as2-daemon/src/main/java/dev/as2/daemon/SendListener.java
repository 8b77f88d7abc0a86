package dev.as2.daemon;

import dev.as2.core.ConnectorListener;
import dev.as2.core.FailureCode;
import dev.as2.core.SendResult;
import dev.as2.core.SendResult.Attempt;
import dev.as2.core.SendResult.Failure;
import dev.as2.core.SendResult.Transfer;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Tells what a command's transfers do before their results are there: progress, attempts that
 * failed, and cancellations, after which nobody waits for a result. Safe for use by several
 * threads.
 */
final class SendListener implements ConnectorListener {
  private final Progress.Shown progress;
  private final int maxAttempts;
  private final PrintWriter err;
  private final Consumer<SendResult> cancelled;
  private final Map<String, Integer> attempts = new ConcurrentHashMap<>();

  /**
   * @param maxAttempts of each transfer
   * @param err takes a line for each attempt that failed, where there may be several
   * @param cancelled takes the result of a transfer that was cancelled
   */
  SendListener(
      Progress.Shown progress, int maxAttempts, PrintWriter err, Consumer<SendResult> cancelled) {
    this.progress = progress;
    this.maxAttempts = maxAttempts;
    this.err = err;
    this.cancelled = cancelled;
  }

  @Override
  public void progress(Transfer transfer, long bytes, long total) {
    progress.listener().progress(transfer, bytes, total);
  }

  @Override
  public void attempted(Transfer transfer, Attempt attempt) {
    int number = attempts.merge(transfer.messageId().value(), 1, Integer::sum);
    if (attempt.failure().isPresent() && maxAttempts > 1) {
      Failure failure = attempt.failure().get();
      progress.clear().run();
      err.printf(
          "%s: attempt %d of %d failed: %s: %s%n",
          LocalPaths.shown(transfer.file()),
          number,
          maxAttempts,
          failure.code(),
          LocalPaths.shown(failure.message()));
      err.flush();
    }
  }

  @Override
  public void ended(SendResult result) {
    if (result.failure().filter(f -> f.code() == FailureCode.CANCELLED).isPresent()) {
      cancelled.accept(result);
    }
  }
}
