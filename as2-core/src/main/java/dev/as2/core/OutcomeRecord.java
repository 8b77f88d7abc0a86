package dev.as2.core;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.SendResult.Attempt;
import dev.as2.core.SendResult.Failure;
import dev.as2.core.SendResult.PackedMessage;
import dev.as2.core.SendResult.Receipt;
import dev.as2.core.SendResult.Transfer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * The outcome of a transfer as JSON: AWS's members (user guide, "Status codes") with AWS's names,
 * and then ours: {@code hint}, {@code mic}, {@code mic-match}, {@code mdn-signed}, {@code layers},
 * {@code http-status}, {@code attempts}, {@code warnings}.
 */
public final class OutcomeRecord {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** ISO 8601 in UTC with microseconds, as AWS writes it. */
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private OutcomeRecord() {}

  /**
   * The record of a result, over several lines, with a line end.
   *
   * @param ended when the transfer ended
   */
  public static String json(SendResult result, Instant ended) {
    ObjectNode record = JSON.createObjectNode();
    addTransfer(record, result.transfer());
    record.put("status-code", result.status().name());
    result.failure().ifPresent(failure -> addFailure(record, failure));
    result.message().ifPresent(message -> addMessage(record, message));
    result.receipt().ifPresent(receipt -> addReceipt(record, receipt));
    addAttempts(record, result);
    record.put("user-agent", OutboundHeaders.PRODUCT);
    record.put("timestamp", timestamp(ended));
    try {
      return JSON.writeValueAsString(record) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of strings and numbers is always JSON", e);
    }
  }

  /** A moment as AWS writes it. */
  static String timestamp(Instant instant) {
    return TIMESTAMP.format(instant);
  }

  private static void addTransfer(ObjectNode record, Transfer transfer) {
    record.put("transfer-id", transfer.transferId().value());
    record.put("connector-id", transfer.connectorId().value());
    record.put("as2-message-id", transfer.messageId().value());
    record.put("file-path", transfer.file().toString());
    record.put("requester-file-name", transfer.file().name());
  }

  private static void addFailure(ObjectNode record, Failure failure) {
    record.put("failure-code", failure.code().name());
    record.put("failure-message", failure.message());
    record.put("hint", failure.code().hint());
  }

  private static void addMessage(ObjectNode record, PackedMessage message) {
    record.put("as2-from", message.as2From().value());
    record.put("as2-to", message.as2To().value());
    record.put("message-subject", message.subject());
    record.put("requester-content-type", message.contentType());
    record.put("transfer-size", message.fileBytes());
    message.layers().forEach(record.putArray("layers")::add);
  }

  private static void addReceipt(ObjectNode record, Receipt receipt) {
    record.put("disposition", receipt.disposition());
    receipt.messageId().ifPresent(id -> record.put("mdn-message-id", id.value()));
    receipt.subject().ifPresent(subject -> record.put("mdn-subject", subject));
    record.put("mdn-signed", receipt.signed());
    receipt.mic().ifPresent(mic -> record.put("mic", mic.toString()));
    record.put("mic-match", receipt.micMatch());
  }

  private static void addAttempts(ObjectNode record, SendResult result) {
    if (!result.warnings().isEmpty()) {
      result.warnings().forEach(record.putArray("warnings")::add);
    }
    if (result.attempts().isEmpty()) {
      return;
    }
    result
        .attempts()
        .get(result.attempts().size() - 1)
        .httpStatus()
        .ifPresent(status -> record.put("http-status", status));
    ArrayNode attempts = record.putArray("attempts");
    result.attempts().forEach(attempt -> addAttempt(attempts.addObject(), attempt));
  }

  private static void addAttempt(ObjectNode node, Attempt attempt) {
    node.put("started", timestamp(attempt.started()));
    attempt.httpStatus().ifPresent(status -> node.put("http-status", status));
    attempt.server().ifPresent(server -> node.put("server", server));
    attempt.failure().ifPresent(failure -> node.put("failure-code", failure.code().name()));
    attempt.failure().ifPresent(failure -> node.put("failure-message", failure.message()));
    node.put("bytes-sent", attempt.bytesSent());
    node.put("connect-ms", attempt.timings().connect().toMillis());
    node.put("write-ms", attempt.timings().write().toMillis());
    node.put("wait-ms", attempt.timings().pause().toMillis());
    node.put("answer-ms", attempt.timings().answer().toMillis());
  }
}
