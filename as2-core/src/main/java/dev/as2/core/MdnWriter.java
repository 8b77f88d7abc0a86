package dev.as2.core;

import dev.as2.core.ConnectorOptions.MicalgSpelling;
import dev.as2.mime.Content;
import dev.as2.mime.ContentEntity;
import dev.as2.mime.DigestAlgorithm;
import dev.as2.mime.DigestTap;
import dev.as2.mime.Entity;
import dev.as2.mime.Header;
import dev.as2.mime.Headers;
import dev.as2.mime.SignedEntity;
import dev.as2.mime.Signer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Makes MDNs: a multipart/report (RFC 8098), signed where that was asked for (RFC 4130 §7.4). */
final class MdnWriter {
  private final String boundary;
  private final Instant now;
  private final MicalgSpelling spelling;

  /**
   * @param boundary a random text that is safe in a boundary
   * @param spelling of the algorithms' names
   */
  MdnWriter(String boundary, Instant now, MicalgSpelling spelling) {
    this.boundary = boundary;
    this.now = now;
    this.spelling = spelling;
  }

  /**
   * What an MDN says.
   *
   * @param messageId of the message that it answers, as it came
   * @param recipient who received the message: our name
   * @param disposition what became of it
   * @param mic over what was received; empty where nothing could be
   * @param words for people; what is not ASCII becomes a question mark
   */
  record Statement(
      String messageId, As2Id recipient, Disposition disposition, Optional<Mic> mic, String words) {
    Statement {
      words = Header.printable(words);
    }
  }

  /** The report alone. */
  Entity report(Statement statement) {
    String body =
        part("text/plain; charset=us-ascii", statement.words() + "\r\n")
            + part("message/disposition-notification", fields(statement))
            + "--"
            + boundary
            + "-report--\r\n";
    return new ContentEntity(
        Headers.of(
            "Content-Type",
            "multipart/report; report-type=disposition-notification; boundary=\"%s-report\""
                .formatted(boundary)),
        Content.of(body.getBytes(StandardCharsets.US_ASCII)));
  }

  /** The report with a signature. */
  Entity signed(Statement statement, Signer signer) {
    DigestTap tap = new DigestTap(report(statement), Set.of(signer.algorithm()), Set.of());
    DigestAlgorithm algorithm = signer.algorithm();
    return new SignedEntity(
        tap, signer, new SignedEntity.Frame(boundary, spelling.name(algorithm), now));
  }

  /**
   * An MDN with the headers that it goes out with (RFC 4130 §7.2).
   *
   * @param first headers before those that every MDN has
   * @param mdn the report of this statement, signed or not
   * @param sender whose message it answers
   * @param id the MDN's own
   */
  MadeMdn made(Headers first, Statement statement, Entity mdn, As2Id sender, MessageId id)
      throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    mdn.writeBodyTo(body);
    Headers headers =
        Headers.of(
            "AS2-From",
            statement.recipient().toHeader(),
            "AS2-To",
            sender.toHeader(),
            "Message-ID",
            id.toHeader(),
            "Date",
            HttpDate.of(now),
            "Subject",
            "MDN for " + statement.messageId(),
            "MIME-Version",
            "1.0",
            "Server",
            OutboundHeaders.PRODUCT);
    return new MadeMdn(first.plus(headers).plus(mdn.headers()), body.toByteArray());
  }

  private String part(String contentType, String content) {
    return "--%s-report\r\nContent-Type: %s\r\nContent-Transfer-Encoding: 7bit\r\n\r\n%s\r\n"
        .formatted(boundary, contentType, content);
  }

  private String fields(Statement statement) {
    return "Reporting-UA: "
        + OutboundHeaders.PRODUCT
        + "\r\nOriginal-Recipient: rfc822; "
        + statement.recipient().toHeader()
        + "\r\nFinal-Recipient: rfc822; "
        + statement.recipient().toHeader()
        + "\r\nOriginal-Message-ID: "
        + statement.messageId()
        + "\r\nDisposition: "
        + statement.disposition().toWire()
        + statement.mic().map(mic -> "\r\nReceived-Content-MIC: " + mic(mic)).orElse("")
        + "\r\n";
  }

  private String mic(Mic mic) {
    return mic.digest() + mic.algorithm().map(a -> ", " + spelling.name(a)).orElse("");
  }
}
