package dev.as2.daemon.serve;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.FilePath;
import dev.as2.core.MessageId;
import dev.as2.core.Reception;
import dev.as2.core.Reception.Origin;
import dev.as2.core.Reception.ReceivedFile;
import dev.as2.core.Reception.SentReceipt;
import dev.as2.core.SendResult.Failure;
import dev.as2.core.SendResult.Status;
import dev.as2.daemon.aws.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The events of agreements, in the shapes that AWS gives to EventBridge (user guide, "Transfer
 * Family events detail reference").
 */
final class AgreementEvents {
  private static final String COMPLETED = "COMPLETED";
  private static final String FAILED = "FAILED";

  private AgreementEvents() {}

  /**
   * An event.
   *
   * @param detailType what happened
   * @param time when
   * @param detail AWS's members
   */
  record Told(String detailType, Instant time, ObjectNode detail) {}

  /**
   * How the payload fared and then, where the MDN was the answer, that it was sent. Where an MDN
   * was asked for, the payload is PROCESSING until that one is sent, as with connectors.
   */
  static List<Told> of(Reception reception) {
    List<Told> told = new ArrayList<>();
    Instant ended = reception.origin().ended();
    boolean accepted = reception.status() == Status.COMPLETED;
    ObjectNode payload = detail(reception);
    payload.put(
        "status-code",
        !accepted ? FAILED : reception.receipt().isPresent() ? "PROCESSING" : COMPLETED);
    told.add(
        new Told("AS2 Payload Receive " + (accepted ? "Completed" : "Failed"), ended, payload));
    if (reception.receipt().isPresent() && reception.receipt().get().deliverTo().isEmpty()) {
      told.add(delivered(detail(reception), ended, Optional.empty()));
    }
    return told;
  }

  /**
   * How an MDN fared. Its own direction is from us to the partner.
   *
   * @param detail of its message
   */
  static Told delivered(ObjectNode detail, Instant time, Optional<Failure> failure) {
    ObjectNode mdn = detail.deepCopy();
    mdn.put("as2-from", detail.path("as2-to").asText());
    mdn.put("as2-to", detail.path("as2-from").asText());
    mdn.put("end-timestamp", timestamp(time));
    mdn.put("status-code", failure.isEmpty() ? COMPLETED : FAILED);
    mdn.remove(List.of("failure-code", "failure-message"));
    failure.ifPresent(why -> put(mdn, why));
    return new Told("AS2 MDN Send " + (failure.isEmpty() ? "Completed" : "Failed"), time, mdn);
  }

  /** What all events of a message tell. */
  static ObjectNode detail(Reception reception) {
    ObjectNode detail = Json.object();
    detail.put("as2-from", reception.key().from().value());
    detail.put("as2-to", reception.key().to().value());
    detail.put("as2-message-id", reception.key().messageId().value());
    add(detail, reception.origin());
    reception.content().subject().ifPresent(subject -> detail.put("message-subject", subject));
    detail.put("bytes", reception.content().bytes());
    List<ReceivedFile> files = reception.content().files();
    files.stream()
        .findFirst()
        .flatMap(ReceivedFile::senderName)
        .ifPresent(name -> detail.put("requester-file-name", name));
    reception.failure().ifPresent(why -> put(detail, why));
    detail.put("disposition", reception.disposition());
    reception.receipt().ifPresent(receipt -> add(detail, receipt));
    ObjectNode attributes = detail.putObject("s3-attributes");
    put(attributes, "file", files.stream().findFirst().map(ReceivedFile::path));
    put(attributes, "json", reception.results().json());
    put(attributes, "mdn", reception.results().mdn());
    return detail;
  }

  private static void add(ObjectNode detail, Origin origin) {
    origin
        .agreement()
        .ifPresent(agreement -> {
          detail.put("agreement-id", agreement.id().value());
          detail.put("server-id", agreement.serverId().value());
        });
    detail.put("client-ip", origin.clientIp());
    detail.put("request-path", origin.requestPath());
    detail.put("start-timestamp", timestamp(origin.started()));
    detail.put("end-timestamp", timestamp(origin.ended()));
  }

  private static void add(ObjectNode detail, SentReceipt receipt) {
    detail.put("mdn-type", receipt.deliverTo().isEmpty() ? "SYNC" : "ASYNC");
    receipt.messageId().map(MessageId::value).ifPresent(id -> detail.put("mdn-message-id", id));
    receipt.subject().ifPresent(subject -> detail.put("mdn-subject", subject));
  }

  private static void put(ObjectNode detail, Failure why) {
    detail.put("failure-code", why.code().name());
    detail.put("failure-message", why.message());
  }

  private static void put(ObjectNode attributes, String what, Optional<FilePath> path) {
    path.ifPresent(file -> {
      attributes.put(what + "-bucket", file.bucket());
      attributes.put(what + "-key", file.key());
    });
  }

  private static String timestamp(Instant time) {
    return time.truncatedTo(ChronoUnit.MICROS).toString();
  }
}
