package dev.as2.daemon.serve;

import dev.as2.core.As2Exception;
import dev.as2.core.As2Handler;
import dev.as2.core.AsyncMdns;
import dev.as2.core.Limits;
import dev.as2.core.Mdn;
import dev.as2.core.MdnReader;
import dev.as2.core.MessageId;
import dev.as2.daemon.state.SqlAsyncMdns;
import dev.as2.mime.Headers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Takes the asynchronous MDNs of messages that were sent; everything else is another's to answer.
 * Holds an MDN whole, and of a signed message its first 16 KiB, which tell what is signed.
 */
final class MdnArrivals implements As2Handler {
  private static final System.Logger LOG = System.getLogger(MdnArrivals.class.getName());
  private static final int BEGINNING = 16 << 10;
  private static final String REPORT = "multipart/report";

  private final SqlAsyncMdns mdns;
  private final As2Handler messages;

  /**
   * @param messages answers what is no MDN
   */
  MdnArrivals(SqlAsyncMdns mdns, As2Handler messages) {
    this.mdns = mdns;
    this.messages = messages;
  }

  @Override
  public Answer handle(Request request) throws IOException {
    String type =
        request.headers().first("Content-Type").orElse("").strip().toLowerCase(Locale.ROOT);
    if (!request.method().equals("POST")) {
      return messages.handle(request);
    } else if (type.startsWith(REPORT)) {
      return arrived(request);
    } else if (!type.startsWith("multipart/signed")) {
      return messages.handle(request);
    }
    byte[] beginning = request.body().readNBytes(BEGINNING);
    Request whole =
        new Request(
            request.method(),
            request.target(),
            request.headers(),
            new SequenceInputStream(new ByteArrayInputStream(beginning), request.body()),
            request.remote());
    return isReport(beginning) ? arrived(whole) : messages.handle(whole);
  }

  /** Whether the first part of a multipart says that it is a report. */
  private static boolean isReport(byte[] beginning) {
    String text = new String(beginning, StandardCharsets.ISO_8859_1).replace("\r", "");
    int part = text.startsWith("--") ? 0 : text.indexOf("\n--") + 1;
    int end = text.indexOf("\n\n", part);
    String headers = text.substring(part, end < 0 ? text.length() : end);
    return headers.toLowerCase(Locale.ROOT).contains(REPORT);
  }

  private Answer arrived(Request request) throws IOException {
    byte[] body = request.body().readNBytes(Limits.ANSWER_BYTES + 1);
    if (body.length > Limits.ANSWER_BYTES) {
      return says(413, "An MDN has at most " + Limits.ANSWER_BYTES + " bytes here.");
    }
    Optional<MessageId> about;
    try {
      about = MdnReader.read(request.headers(), body).flatMap(Mdn::originalMessageId);
    } catch (As2Exception e) {
      return says(400, e.sentence());
    }
    return about.isEmpty()
        ? says(400, "The MDN has no Original-Message-ID.")
        : arrived(about.get(), new AsyncMdns.Arrived(request.headers(), body));
  }

  private Answer arrived(MessageId about, AsyncMdns.Arrived mdn) throws IOException {
    SqlAsyncMdns.Arrival arrival = mdns.arrived(about, mdn);
    LOG.log(Level.INFO, "the MDN of message {0} came: {1}", about, arrival);
    return switch (arrival) {
      case KEPT, TOO_LATE -> new Answer(200, Headers.EMPTY, new byte[0]);
      case TOO_MANY -> says(503, "Too many MDNs of this message came; it is looked at the first.");
      case UNKNOWN -> says(404, "No message of this Original-Message-ID was sent from here.");
    };
  }

  private static Answer says(int status, String sentence) {
    return Router.text(status, "text/plain; charset=utf-8", sentence + "\n");
  }
}
