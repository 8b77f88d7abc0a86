package dev.as2.conformance;

import dev.as2.core.Limits;
import dev.as2.core.TransportOptions;
import dev.as2.mime.EnvelopedInput;
import dev.as2.mime.Header;
import dev.as2.mime.Headers;
import dev.as2.mime.MimePart;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One request of a sender under test, and what is answered to it; then its connection is closed.
 * What it can do is this module's own business. For one thread. Holds the request whole, {@link
 * Limits#CAPTURE_BYTES} at the most.
 */
public final class Turn {
  private final Connection connection;
  private final InputStream in;
  private final Stand stand;
  private final List<String> faults = new ArrayList<>();
  private String requestLine = "";
  private Headers headers = Headers.EMPTY;
  private Optional<Incoming> message = Optional.empty();
  private Optional<Runnable> toTell = Optional.empty();

  Turn(Connection connection, Stand stand) throws IOException {
    this.connection = connection;
    this.in = new BufferedInputStream(connection.talking().getInputStream());
    this.stand = stand;
  }

  /**
   * A sender's connection.
   *
   * @param raw the TCP connection
   * @param talking the same, or TLS over it
   */
  record Connection(Socket raw, Socket talking) {}

  /**
   * What all turns have in common.
   *
   * @param mdns how asynchronous MDNs are posted
   * @param closed the partner was closed
   */
  record Stand(
      TestPartner.Sides sides, Clock clock, TransportOptions mdns, CountDownLatch closed) {}

  /** What is to be done once it is known what comes of the turn, and before it waits. */
  void whenKnown(Runnable tell) {
    toTell = Optional.of(tell);
  }

  /** It is known what comes of the turn. */
  void known() {
    Optional<Runnable> tell = toTell;
    toTell = Optional.empty();
    tell.ifPresent(Runnable::run);
  }

  /** Reads request line and headers. */
  void readHead() throws IOException {
    requestLine = AnswerReader.line(in);
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    for (String line = AnswerReader.line(in); !line.isEmpty(); line = AnswerReader.line(in)) {
      block.writeBytes((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      if (block.size() > Limits.HTTP_HEADER_BYTES) {
        throw new IOException("the head is longer than " + Limits.HTTP_HEADER_BYTES + " bytes");
      }
    }
    block.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    headers = MimePart.parse(block.toByteArray(), Limits.HTTP_HEADER_BYTES + 2).headers();
  }

  String requestLine() {
    return requestLine;
  }

  Headers headers() {
    return headers;
  }

  /** The message, where it was read. */
  Optional<Incoming> read() {
    return message;
  }

  /** What is wrong with what the sender did, besides its message. */
  List<String> faults() {
    return List.copyOf(faults);
  }

  /** Posts an MDN to where the message asks for it. */
  void post(Reply mdn) throws IOException {
    Optional<String> url = message().deliverTo();
    if (url.isEmpty()) {
      return; // that none is asked for was said
    }
    try {
      new MdnPost(url.get(), stand.sides(), stand.mdns()).deliver(mdn).ifPresent(faults::add);
    } catch (IllegalArgumentException e) {
      faults.add(
          "The message's Receipt-Delivery-Option is no http(s) URL: '%s' (RFC 4130 §7.3)."
              .formatted(url.get()));
    }
  }

  /** Says so where the message asks for no asynchronous MDN: then this path tests nothing. */
  void requireAsynchronous() throws IOException {
    if (message().deliverTo().isEmpty()) {
      faults.add(
          "The message has no Receipt-Delivery-Option, and this path is for senders that ask for"
              + " asynchronous MDNs.");
    }
  }

  /** Reads the whole message, and takes it apart. */
  Incoming message() throws IOException {
    if (message.isEmpty()) {
      if (headers.first("Expect").isPresent()) {
        write("HTTP/1.1 100 Continue\r\n\r\n");
      }
      Capture capture = new Capture(requestLine, headers, body());
      message =
          Optional.of(
              new Incoming(
                  capture,
                  new Peeler(
                          List.of(
                              new EnvelopedInput.Recipient(
                                  stand.sides().us().certificate(), stand.sides().us().key())),
                          stand.sides().sender().certificates())
                      .peel(capture)));
    }
    return message.get();
  }

  private byte[] body() throws IOException {
    if (headers.first("Transfer-Encoding").filter("chunked"::equalsIgnoreCase).isPresent()) {
      return chunks();
    }
    String length = headers.first("Content-Length").orElse("0").strip();
    if (!length.matches("\\d{1,9}") || Integer.parseInt(length) > Limits.CAPTURE_BYTES) {
      throw new IOException("the message's Content-Length cannot be taken: " + length);
    }
    return exactly(Integer.parseInt(length));
  }

  private byte[] exactly(int bytes) throws IOException {
    byte[] octets = in.readNBytes(bytes);
    if (octets.length < bytes) {
      throw new EOFException("the sender's octets ended");
    }
    return octets;
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    while (true) {
      String size = AnswerReader.line(in).replaceFirst("[;\\s].*", "");
      if (!size.matches("[0-9A-Fa-f]{1,7}")) {
        throw new IOException("a chunk has no size: '" + size + "'");
      }
      int bytes = Integer.parseInt(size, 16);
      if (all.size() + bytes > Limits.CAPTURE_BYTES) {
        throw new IOException("the message is longer than " + Limits.CAPTURE_BYTES + " bytes");
      }
      all.writeBytes(exactly(bytes));
      String end = AnswerReader.line(in);
      while (bytes == 0 && !end.isEmpty()) {
        end = AnswerReader.line(in);
      }
      if (bytes == 0) {
        return all.toByteArray();
      }
    }
  }

  /** Reads so many octets of the body. */
  void readSome(int bytes) throws IOException {
    exactly(bytes);
  }

  /** An honest MDN for the message: positive, signed as it asks, with the right MIC. */
  MdnDraft mdn() throws IOException {
    Incoming incoming = message();
    return new MdnDraft(
            stand.sides().us(),
            incoming.from(),
            incoming.messageId(),
            incoming.peeled().mic(incoming.micalg()),
            stand.clock().instant())
        .signed(incoming.wantsSignature())
        .digest(incoming.peeled().signed().orElseGet(incoming::micalg));
  }

  /** Answers with a length. */
  void reply(Reply reply) throws IOException {
    write(head(reply, "Content-Length: " + reply.body().length));
    write(reply.body());
  }

  /** Status line and headers, with one more line where it is not empty. */
  static String head(Reply reply, String framing) {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + reply.status() + " Scripted\r\n");
    for (Header header : reply.headers()) {
      head.append(header.name()).append(": ").append(header.value()).append("\r\n");
    }
    return head + (framing.isEmpty() ? "" : framing + "\r\n") + "Connection: close\r\n\r\n";
  }

  void write(String text) throws IOException {
    write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  void write(byte[] octets) throws IOException {
    connection.talking().getOutputStream().write(octets);
    connection.talking().getOutputStream().flush();
  }

  /** Does nothing for a while, or until the partner is closed; nothing more will be known. */
  void pause(Duration pause) throws IOException {
    known();
    rest(pause);
  }

  /** Does nothing for a while, or until the partner is closed. */
  void rest(Duration pause) throws IOException {
    try {
      if (stand.closed().await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("the partner was closed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  /** Keeps the connection and does nothing until the sender gives up or the partner is closed. */
  void stall() throws IOException {
    known();
    while (in.read() >= 0) {
      // What still comes is thrown away.
    }
  }

  /** Ends the connection with a TCP reset. */
  void reset() throws IOException {
    connection.raw().setSoLinger(true, 0);
    connection.raw().close();
  }
}
