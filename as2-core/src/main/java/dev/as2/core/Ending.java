package dev.as2.core;

import dev.as2.core.SendResult.Attempt;
import dev.as2.core.SendResult.ResultFiles;
import dev.as2.core.SendResult.Transfer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How one transfer ends: what it came to, and that this is written and told. */
record Ending(ConnectorRuntime runtime, Transfer transfer) {
  private static final System.Logger LOG = System.getLogger(ConnectorRuntime.class.getName());

  /** How an attempt ended, for the result. */
  static Attempt attempt(Instant started, Attempted attempted, long bytesSent) {
    return new Attempt(
        started,
        attempted.response().map(As2Response::status),
        attempted.response().flatMap(came -> came.headers().first("Server")),
        attempted.verdict().failure(),
        bytesSent,
        attempted.response().map(As2Response::timings).orElse(As2Response.Timings.NONE));
  }

  /** What a transfer came to with its last attempt, or its MDN. */
  Conclusion conclusion(Optional<Preparation> preparation, Attempted last, List<Attempt> attempts) {
    return new Conclusion(
        new SendResult(
            transfer,
            last.verdict().failure(),
            preparation.map(Preparation::packed),
            last.verdict().receipt(),
            attempts,
            last.verdict().warnings(),
            ResultFiles.NONE),
        last.response().flatMap(MdnFile::of),
        runtime.clock().instant(),
        preparation
            .map(p -> ResultPlace.of(p.partnership()))
            .orElseGet(() -> ResultPlace.of(transfer.connectorId(), runtime.registry())),
        preparation.map(p -> p.partnership().wantsMdn()).orElse(false));
  }

  /** Writes the result files, and tells everybody. */
  SendResult write(Conclusion conclusion) {
    SendResult ending =
        conclusion
            .place()
            .writer(runtime.stores())
            .write(conclusion.result(), conclusion.mdn(), conclusion.ended());
    log(ending);
    ConnectorEvents.of(ending, conclusion.mdnWanted(), conclusion.ended())
        .forEach(runtime.listener()::event);
    runtime.listener().ended(ending);
    return ending;
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
