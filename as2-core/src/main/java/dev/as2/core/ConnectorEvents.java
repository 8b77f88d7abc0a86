package dev.as2.core;

import dev.as2.core.ConnectorEvent.Kind;
import dev.as2.core.SendResult.PackedMessage;
import dev.as2.core.SendResult.Receipt;
import dev.as2.core.SendResult.Transfer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The connector events of a transfer that has ended, in AWS's shapes. */
final class ConnectorEvents {
  private final SendResult result;
  private final Instant ended;

  private ConnectorEvents(SendResult result, Instant ended) {
    this.result = result;
    this.ended = ended;
  }

  /**
   * First how the payload fared and then, where an MDN was asked for and the payload arrived, how
   * the MDN did.
   *
   * @param mdnWanted whether an MDN was asked for
   */
  static List<ConnectorEvent> of(SendResult result, boolean mdnWanted, Instant ended) {
    ConnectorEvents events = new ConnectorEvents(result, ended);
    List<ConnectorEvent> all = new ArrayList<>();
    boolean failed = result.failure().isPresent();
    boolean arrived = !failed || result.receipt().isPresent() || events.partnerTookIt();
    all.add(
        arrived ? events.payloadSent(mdnWanted) : events.event(Kind.PAYLOAD_SEND_FAILED, "FAILED"));
    if (arrived && mdnWanted) {
      all.add(events.mdn(failed));
    }
    return all;
  }

  /** A success by HTTP: what is wrong is the MDN. */
  private boolean partnerTookIt() {
    return result.attempts().stream()
        .reduce((first, last) -> last)
        .flatMap(SendResult.Attempt::httpStatus)
        .filter(status -> status / 100 == 2)
        .isPresent();
  }

  /** With an MDN still to come the payload's status is PROCESSING. */
  private ConnectorEvent payloadSent(boolean mdnWanted) {
    return event(Kind.PAYLOAD_SEND_COMPLETED, mdnWanted ? "PROCESSING" : "COMPLETED");
  }

  private ConnectorEvent mdn(boolean failed) {
    return failed
        ? event(Kind.MDN_RECEIVE_FAILED, "FAILED")
        : event(Kind.MDN_RECEIVE_COMPLETED, "COMPLETED");
  }

  private ConnectorEvent event(Kind kind, String status) {
    Map<String, Object> detail = new LinkedHashMap<>();
    addTransfer(detail, kind, status);
    result.message().ifPresent(message -> addMessage(detail, kind, message));
    if (kind == Kind.PAYLOAD_SEND_FAILED || kind == Kind.MDN_RECEIVE_FAILED) {
      result.failure().ifPresent(f -> detail.put("failure-code", f.code().name()));
      result.failure().ifPresent(f -> detail.put("failure-message", f.message()));
    }
    result.receipt().ifPresent(receipt -> addReceipt(detail, kind, receipt));
    detail.put("s3-attributes", files(kind));
    return new ConnectorEvent(kind, ended, detail);
  }

  private void addTransfer(Map<String, Object> detail, Kind kind, String status) {
    Transfer transfer = result.transfer();
    detail.put("connector-id", transfer.connectorId().value());
    detail.put("transfer-id", transfer.transferId().value());
    detail.put("as2-message-id", transfer.messageId().value());
    detail.put("status-code", status);
    if (kind != Kind.MDN_RECEIVE_FAILED) {
      detail.put("requester-file-name", transfer.file().name());
    }
    if (kind != Kind.PAYLOAD_SEND_FAILED) {
      detail.put("start-timestamp", OutcomeRecord.timestamp(transfer.started()));
      detail.put("end-timestamp", OutcomeRecord.timestamp(ended));
    }
  }

  /** An MDN's own direction is from the partner to us. */
  private static void addMessage(Map<String, Object> detail, Kind kind, PackedMessage message) {
    boolean mdn = kind == Kind.MDN_RECEIVE_COMPLETED || kind == Kind.MDN_RECEIVE_FAILED;
    detail.put("as2-from", (mdn ? message.as2To() : message.as2From()).value());
    detail.put("as2-to", (mdn ? message.as2From() : message.as2To()).value());
    detail.put("message-subject", message.subject());
    if (kind != Kind.MDN_RECEIVE_FAILED) {
      detail.put("bytes", message.fileBytes());
    }
  }

  private static void addReceipt(Map<String, Object> detail, Kind kind, Receipt receipt) {
    if (kind == Kind.PAYLOAD_SEND_FAILED) {
      return;
    }
    receipt.subject().ifPresent(subject -> detail.put("mdn-subject", subject));
    if (kind != Kind.PAYLOAD_SEND_COMPLETED) {
      receipt.messageId().ifPresent(id -> detail.put("mdn-message-id", id.value()));
    }
    if (kind == Kind.MDN_RECEIVE_COMPLETED) {
      detail.put("disposition", receipt.disposition());
    }
  }

  private Map<String, Object> files(Kind kind) {
    Map<String, Object> files = new LinkedHashMap<>();
    put(files, "file", Optional.of(result.transfer().file()));
    put(files, "json", result.files().json());
    if (kind != Kind.PAYLOAD_SEND_FAILED) {
      put(files, "mdn", result.files().mdn());
    }
    return files;
  }

  private static void put(Map<String, Object> files, String what, Optional<FilePath> path) {
    path.ifPresent(p -> files.put(what + "-bucket", p.bucket()));
    path.ifPresent(p -> files.put(what + "-key", p.key()));
  }
}
