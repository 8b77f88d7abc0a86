package dev.as2.daemon.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.As2Id;
import dev.as2.core.As2Response.Timings;
import dev.as2.core.ConnectorId;
import dev.as2.core.FailureCode;
import dev.as2.core.FilePath;
import dev.as2.core.MessageId;
import dev.as2.core.Mic;
import dev.as2.core.OutcomeRecord;
import dev.as2.core.SendResult;
import dev.as2.core.SendResult.Attempt;
import dev.as2.core.SendResult.Failure;
import dev.as2.core.SendResult.PackedMessage;
import dev.as2.core.SendResult.Receipt;
import dev.as2.core.TransferId;
import dev.as2.daemon.aws.Json;
import dev.as2.daemon.state.Transfers.FileKey;
import dev.as2.daemon.state.Transfers.FileState;
import dev.as2.daemon.state.Transfers.Status;
import dev.as2.mime.DigestAlgorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;

/** Transfers with their outcome records and MDNs, as an afternoon leaves them. */
final class History {
  static final FilePath ORDER = FilePath.parse("/outbox/acme/850/PO-2027-11876.edi");
  static final FilePath REFUSED = FilePath.parse("/outbox/globex/810/INV-90417.x12");
  static final FilePath WAITING = FilePath.parse("/outbox/initech/orders/ORDERS-55102.edi");
  static final FilePath RUNNING = FilePath.parse("/outbox/acme/846/inventory-full.xml");

  /** What a partner or a user may have put there. */
  static final FilePath HOSTILE =
      FilePath.parse("/outbox/acme/<img src=x onerror=alert(1)>\u202Efdp.\"'&amp;.edi");

  private final RandomGenerator random = new Random(7);
  private final InMemoryTransfers transfers;
  private final Path outbox;
  private Instant at;
  private long sequence = 100;

  /**
   * @param outbox the folder of the bucket of this name
   */
  History(InMemoryTransfers transfers, Path outbox, Instant now) {
    this.transfers = transfers;
    this.outbox = outbox;
    this.at = now.minus(Duration.ofMinutes(190));
  }

  /** Some seventy transfers; the last ones are those that have names above. */
  void write() throws IOException {
    ConnectorId[] connectors = {Partners.ACME, Partners.GLOBEX, Partners.INITECH};
    String[] names = {
      "acme/850/PO-2027-1%04d.edi", "globex/810/INV-9%04d.x12", "initech/invoices/INVOIC-%05d.edi"
    };
    for (int i = 0; i < 64; i++) {
      int partner = random.nextInt(3);
      FilePath file = FilePath.parse("/outbox/" + names[partner].formatted(1_500 + i * 7));
      FileState begun = next(connectors[partner], file);
      if (i % 17 == 11) {
        unreachable(begun);
      } else {
        completed(begun);
      }
    }
    unreachable(next(Partners.INITECH, FilePath.parse("/outbox/initech/orders/ORDERS-55101.edi")));
    refused(next(Partners.GLOBEX, REFUSED));
    completed(next(Partners.ACME, ORDER));
    transfers.put(Changed.started(next(Partners.ACME, RUNNING), at.plusMillis(20)));
    transfers.put(next(Partners.INITECH, WAITING));
  }

  /** One more, whose name is markup. */
  void writeHostile() throws IOException {
    completed(next(Partners.ACME, HOSTILE));
  }

  /** A file that was accepted a while after the one before. */
  FileState next(ConnectorId connector, FilePath file) {
    at = at.plusMillis(random.nextInt(20_000, 290_000));
    return new FileState(
        new FileKey(TransferId.random(random), 0),
        sequence++,
        connector,
        file,
        MessageId.random(random),
        Optional.empty(),
        random.nextInt(4) == 0 ? "watch:outbox" : ConsoleServer.KEY,
        Status.QUEUED,
        Optional.empty(),
        Optional.empty(),
        at,
        Optional.empty(),
        Optional.empty(),
        0,
        false,
        Optional.empty());
  }

  void completed(FileState file) throws IOException {
    byte[] digest = new byte[32];
    random.nextBytes(digest);
    Mic mic = Mic.of(digest, DigestAlgorithm.SHA256);
    Receipt receipt = receipt(file, "processed", Optional.of(mic), "rfc");
    mdn(
        file,
        receipt,
        "The message was received, decrypted and verified.\r\nThank you for your order.");
    end(file, result(file, Optional.empty(), Optional.of(receipt), List.of(attempt(200))));
  }

  private void refused(FileState file) throws IOException {
    Receipt receipt =
        receipt(file, "processed/error: decryption-failed", Optional.empty(), "absent");
    mdn(
        file,
        receipt,
        "Error 3011: the message could not be decrypted.\r\n"
            + "Our certificate of last year was withdrawn on the first; please use the new one.");
    Failure failure =
        new Failure(
            FailureCode.MDN_RESPONSE_INDICATES_DECRYPTION_FAILED,
            "The partner says processed/error: decryption-failed.");
    end(file, result(file, Optional.of(failure), Optional.of(receipt), List.of(attempt(200))));
  }

  private void unreachable(FileState file) throws IOException {
    Failure failure =
        new Failure(
            FailureCode.UNABLE_TO_CONNECT_TO_REMOTE_HOST_OR_IP,
            "edi.initech.example:4080 refuses the connection.");
    Attempt attempt =
        new Attempt(
            at.plusMillis(15),
            Optional.empty(),
            Optional.empty(),
            Optional.of(failure),
            0,
            new Timings(Duration.ofMillis(31), Duration.ZERO, Duration.ZERO, Duration.ZERO));
    List<Attempt> attempts = List.of(attempt, later(attempt, 10), later(attempt, 42));
    end(file, result(file, Optional.of(failure), Optional.empty(), attempts));
  }

  private static Attempt later(Attempt attempt, int seconds) {
    return new Attempt(
        attempt.started().plusSeconds(seconds),
        attempt.httpStatus(),
        attempt.server(),
        attempt.failure(),
        attempt.bytesSent(),
        attempt.timings());
  }

  private Attempt attempt(int status) {
    return new Attempt(
        at.plusMillis(15),
        Optional.of(status),
        Optional.of("Mendelson opensource AS2"),
        Optional.empty(),
        3_911,
        new Timings(
            Duration.ofMillis(random.nextInt(20, 70)),
            Duration.ofMillis(random.nextInt(3, 20)),
            Duration.ofMillis(random.nextInt(120, 900)),
            Duration.ofMillis(4)));
  }

  private Receipt receipt(FileState file, String disposition, Optional<Mic> mic, String match) {
    return new Receipt(
        "automatic-action/MDN-sent-automatically; " + disposition,
        Optional.of(new MessageId("mdn-" + file.messageId().value())),
        Optional.of("Your Requested MDN Response"),
        "",
        true,
        mic,
        match);
  }

  private static SendResult result(
      FileState file,
      Optional<Failure> failure,
      Optional<Receipt> receipt,
      List<Attempt> attempts) {
    return new SendResult(
        new SendResult.Transfer(
            file.key().transferId(),
            file.messageId(),
            file.connectorId(),
            file.file(),
            file.accepted()),
        failure,
        Optional.of(
            new PackedMessage(
                new As2Id("NORTHWIND"),
                new As2Id(
                    file.connectorId().equals(Partners.ACME)
                        ? "ACME-EDI"
                        : file.connectorId().equals(Partners.GLOBEX) ? "GLOBEX-AS2" : "INITECH"),
                "EDI from Northwind",
                "application/edi-x12",
                List.of("compressed", "signed", "encrypted"),
                8_214)),
        receipt,
        attempts,
        List.of(),
        new SendResult.ResultFiles(Optional.empty(), Optional.empty()));
  }

  private void end(FileState file, SendResult result) {
    Attempt last = result.attempts().get(result.attempts().size() - 1);
    Instant ended =
        last.started()
            .plus(last.timings().connect())
            .plus(last.timings().write())
            .plus(last.timings().pause())
            .plusMillis(9);
    ObjectNode record = Json.parse(OutcomeRecord.json(result, ended));
    record.put("json-file", beside(file, ".json").toString());
    result.receipt().ifPresent(any -> record.put("mdn-file", beside(file, ".mdn").toString()));
    transfers.put(
        new FileState(
            file.key(),
            file.sequence(),
            file.connectorId(),
            file.file(),
            file.messageId(),
            Optional.empty(),
            file.requester(),
            result.failure().isPresent() ? Status.FAILED : Status.COMPLETED,
            result.failure().map(each -> each.code().name()),
            result.failure().map(Failure::message),
            file.accepted(),
            Optional.of(file.accepted().plusMillis(12)),
            Optional.of(ended),
            result.attempts().size(),
            false,
            Optional.of(Json.line(record))));
  }

  private static FilePath beside(FileState file, String suffix) {
    return file.file().sibling(file.key().transferId() + "." + file.messageId() + suffix);
  }

  private void mdn(FileState file, Receipt receipt, String text) throws IOException {
    String report =
        String.join(
            "\r\n",
            "AS2-From: PARTNER",
            "AS2-To: NORTHWIND",
            "Message-ID: " + receipt.messageId().orElseThrow().toHeader(),
            "Subject: " + receipt.subject().orElseThrow(),
            "Content-Type: multipart/report; report-type=disposition-notification; boundary=\"b\"",
            "",
            "--b",
            "Content-Type: text/plain; charset=utf-8",
            "",
            text,
            "--b",
            "Content-Type: message/disposition-notification",
            "",
            "Reporting-UA: Mendelson opensource AS2",
            "Original-Message-ID: " + file.messageId().toHeader(),
            "Disposition: " + receipt.disposition(),
            receipt.mic().map(mic -> "Received-Content-MIC: " + mic + "\r\n").orElse(""),
            "--b--",
            "");
    // Not by a store, which would wait for the disk with each of seventy.
    Path mdn = outbox.resolve(beside(file, ".mdn").key());
    Files.createDirectories(mdn.resolveSibling(""));
    Files.writeString(mdn, report);
  }
}
