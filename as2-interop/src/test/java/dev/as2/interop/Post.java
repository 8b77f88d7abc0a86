package dev.as2.interop;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/**
 * One AS2 message that the JDK's HTTP client posts to a peer, so that a peer can be tried without
 * the engine. Not thread-safe.
 */
final class Post {
  private final String messageId = "<" + UUID.randomUUID() + "@ours.example>";
  private final HttpRequest.Builder request;
  private final byte[] content;

  Post(SmimeMessage message, Identity from, Peer to) {
    content = message.content();
    request =
        HttpRequest.newBuilder(to.url())
            .timeout(Duration.ofMinutes(5))
            .header("AS2-Version", "1.1")
            .header("AS2-From", from.as2Id())
            .header("AS2-To", message.isPlain() ? to.as2IdOfPlain() : to.as2Id())
            .header("Message-ID", messageId)
            .header("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(now()))
            .header("Subject", "a test")
            .header("MIME-Version", "1.0")
            .header("Content-Type", message.contentType());
  }

  String messageId() {
    return messageId;
  }

  /**
   * Asks for a receipt in the response.
   *
   * @param options the value of Disposition-Notification-Options
   */
  Post receiptTo(String address, String options) {
    request.header("Disposition-Notification-To", address);
    request.header("Disposition-Notification-Options", options);
    return this;
  }

  /** Adds a header, or sets one of those that every message has. */
  Post header(String name, String value) {
    request.setHeader(name, value);
    return this;
  }

  /** Posts with a Content-Length. */
  HttpResponse<byte[]> send() throws IOException, InterruptedException {
    return send(BodyPublishers.ofByteArray(content));
  }

  /** Posts in chunks. */
  HttpResponse<byte[]> sendChunked() throws IOException, InterruptedException {
    return send(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(content)));
  }

  private HttpResponse<byte[]> send(BodyPublisher body) throws IOException, InterruptedException {
    // A client of its own: the JDK's does not understand OpenAS2's "Connection: close, TE", and
    // would post the next message into a connection that is about to end.
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    return client.send(request.POST(body).build(), BodyHandlers.ofByteArray());
  }

  private static ZonedDateTime now() {
    return ZonedDateTime.now(ZoneOffset.UTC);
  }
}
