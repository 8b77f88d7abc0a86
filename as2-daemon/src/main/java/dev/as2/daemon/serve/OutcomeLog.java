package dev.as2.daemon.serve;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.AgreementListener;
import dev.as2.core.ConnectorListener;
import dev.as2.core.Reception;
import dev.as2.core.Reception.Origin;
import dev.as2.core.ReceptionRecord;
import dev.as2.core.SendResult;
import dev.as2.core.SendResult.Transfer;
import dev.as2.daemon.aws.Json;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One line of JSON for each transfer that has ended, and each message that was received. Safe for
 * use by several threads.
 */
final class OutcomeLog implements ConnectorListener, AgreementListener {
  private final PrintWriter out;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();

  OutcomeLog(PrintWriter out, Clock clock) {
    this.out = out;
    this.clock = clock;
  }

  @Override
  public void ended(SendResult result) {
    Instant now = clock.instant();
    Transfer transfer = result.transfer();
    ObjectNode line = Json.object();
    line.put("time", now.toString());
    line.put("status-code", result.status().name());
    line.put("transfer-id", transfer.transferId().value());
    line.put("as2-message-id", transfer.messageId().value());
    line.put("connector-id", transfer.connectorId().value());
    line.put("file-path", transfer.file().toString());
    result.message().ifPresent(message -> line.put("bytes", message.fileBytes()));
    result.failure().ifPresent(failure -> line.put("failure-code", failure.code().name()));
    result.failure().ifPresent(failure -> line.put("failure-message", failure.message()));
    line.put("attempts", result.attempts().size());
    line.put("ms", Duration.between(transfer.started(), now).toMillis());
    print(Json.line(line));
  }

  /** The record, on one line. */
  @Override
  public void received(Reception reception) {
    ObjectNode line = Json.object().put("time", clock.instant().toString());
    line.setAll(Json.parse(ReceptionRecord.json(reception)));
    line.remove("timestamp");
    Origin origin = reception.origin();
    line.put("ms", Duration.between(origin.started(), origin.ended()).toMillis());
    print(Json.line(line));
  }

  private void print(String line) {
    lock.lock();
    try {
      out.println(line);
      out.flush();
    } finally {
      lock.unlock();
    }
  }
}
