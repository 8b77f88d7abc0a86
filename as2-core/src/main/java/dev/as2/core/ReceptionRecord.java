package dev.as2.core;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.Reception.Origin;
import dev.as2.core.Reception.ReceivedContent;
import dev.as2.core.Reception.ReceivedFile;
import dev.as2.core.Reception.SentReceipt;

/**
 * What became of a received message as JSON: AWS's members (user guide, "Status codes") with AWS's
 * names, and then ours: {@code hint}, {@code mic}, {@code mdn-signed}, {@code mdn-url}, {@code
 * layers}, {@code files} where there are several, {@code request-path}, {@code warnings}.
 */
public final class ReceptionRecord {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private ReceptionRecord() {}

  /** The record, over several lines, with a line end. */
  public static String json(Reception reception) {
    ObjectNode record = JSON.createObjectNode();
    record.put("as2-from", reception.key().from().value());
    record.put("as2-to", reception.key().to().value());
    record.put("as2-message-id", reception.key().messageId().value());
    addOrigin(record, reception.origin());
    record.put("status-code", reception.status().name());
    reception
        .failure()
        .ifPresent(failure -> {
          record.put("failure-code", failure.code().name());
          record.put("failure-message", failure.message());
          record.put("hint", failure.code().hint());
        });
    addContent(record, reception.content());
    record.put("disposition", reception.disposition());
    reception.receipt().ifPresent(receipt -> addReceipt(record, receipt));
    if (!reception.warnings().isEmpty()) {
      reception.warnings().forEach(record.putArray("warnings")::add);
    }
    record.put("timestamp", OutcomeRecord.timestamp(reception.origin().ended()));
    try {
      return JSON.writeValueAsString(record) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of strings and numbers is always JSON", e);
    }
  }

  private static void addOrigin(ObjectNode record, Origin origin) {
    origin
        .agreement()
        .ifPresent(agreement -> {
          record.put("agreement-id", agreement.id().value());
          record.put("server-id", agreement.serverId().value());
        });
    record.put("client-ip", origin.clientIp());
    record.put("request-path", origin.requestPath());
  }

  private static void addContent(ObjectNode record, ReceivedContent content) {
    content.subject().ifPresent(subject -> record.put("message-subject", subject));
    if (!content.files().isEmpty()) {
      addFile(record, content.files().get(0));
      record.put("transfer-size", content.bytes());
    }
    if (content.files().size() > 1) {
      var files = record.putArray("files");
      content.files().forEach(file -> addFile(files.addObject(), file));
    }
    if (!content.layers().isEmpty()) {
      content.layers().forEach(record.putArray("layers")::add);
    }
    content.mic().ifPresent(mic -> record.put("mic", mic.toString()));
  }

  private static void addFile(ObjectNode node, ReceivedFile file) {
    node.put("file-path", file.path().toString());
    file.senderName().ifPresent(name -> node.put("requester-file-name", name));
    node.put("requester-content-type", file.contentType());
    node.put("transfer-size", file.bytes());
  }

  private static void addReceipt(ObjectNode record, SentReceipt receipt) {
    receipt.messageId().ifPresent(id -> record.put("mdn-message-id", id.value()));
    receipt.subject().ifPresent(subject -> record.put("mdn-subject", subject));
    record.put("mdn-signed", receipt.signed());
    receipt.deliverTo().ifPresent(url -> record.put("mdn-url", url.toString()));
  }
}
