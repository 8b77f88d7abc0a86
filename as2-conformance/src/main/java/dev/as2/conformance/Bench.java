package dev.as2.conformance;

import dev.as2.core.As2Client;
import dev.as2.core.As2Request;
import dev.as2.core.As2Response;
import dev.as2.core.MessageId;
import dev.as2.core.TransportOptions;
import dev.as2.mime.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;

/**
 * What one scenario has at hand: drafts, ways to send them, and a record of what went over the
 * wire. For one thread.
 */
final class Bench {
  private final Endpoint endpoint;
  private final As2Client client;
  private final Clock clock;
  private final SecureRandom random;
  private final List<WireExchange> exchanges = new ArrayList<>();

  private final Means means;

  Bench(Endpoint endpoint, As2Client client, Clock clock, SecureRandom random, Means means) {
    this.means = means;
    this.endpoint = endpoint;
    this.client = client;
    this.clock = clock;
    this.random = random;
  }

  Endpoint endpoint() {
    return endpoint;
  }

  /** What there is besides the endpoint. */
  Means means() {
    return means;
  }

  /** Where the endpoint stores files, where that is at hand. */
  Optional<Inbox> inbox() {
    return means.inbox();
  }

  SecureRandom random() {
    return random;
  }

  /** An honest message under an id of its own. */
  Draft draft() {
    return new Draft(endpoint, MessageId.random(random));
  }

  Parcel pack(Draft draft) throws IOException {
    return Packer.pack(draft, clock.instant(), random);
  }

  /** Packs and posts a message, and waits for the answer. */
  Exchange send(Draft draft) throws IOException {
    return send(pack(draft), draft.manner());
  }

  /** Posts a message that is packed. */
  Exchange send(Parcel parcel, Manner manner) {
    boolean chunked = manner == Manner.CHUNKED;
    TransportOptions plain = endpoint.transport();
    TransportOptions transport =
        new TransportOptions(
            plain.timeouts(), manner == Manner.EXPECTING, Optional.empty(), plain.tls());
    byte[] head = head(parcel, manner);
    As2Request request =
        new As2Request(endpoint.url(), parcel.entity(), chunked, transport, endpoint.credentials());
    try {
      As2Response response = client.post(request).join();
      record(Octets.of(head, parcel.body()), received(response), "");
      return Exchange.answered(parcel, response);
    } catch (CompletionException | CancellationException e) {
      String why = reason(e);
      return failed(parcel, Octets.of(head, parcel.body()), why);
    }
  }

  private static String reason(RuntimeException failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return String.valueOf(cause.getMessage());
  }

  /** The request's head as the client writes it. */
  private byte[] head(Parcel parcel, Manner manner) {
    boolean chunked = manner == Manner.CHUNKED;
    Headers headers =
        parcel
            .headers()
            .plus(
                chunked ? "Transfer-Encoding" : "Content-Length",
                chunked ? "chunked" : String.valueOf(parcel.body().length));
    if (manner == Manner.EXPECTING) {
      headers = headers.plus("Expect", "100-continue");
    }
    return head("POST", headers).getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Sends octets over a connection of its own, as a script says, and waits for the answer.
   *
   * @param parcel what it is about
   */
  Exchange raw(Parcel parcel, RawScript script) {
    return raw(parcel, "POST", script);
  }

  /** The same with a method that decides whether an answer has a body. */
  Exchange raw(Parcel parcel, String method, RawScript script) {
    try (RawConnection connection = RawConnection.open(endpoint)) {
      return raw(parcel, method, script, connection);
    } catch (IOException e) {
      return failed(parcel, Octets.NONE, "no connection could be opened: " + e.getMessage());
    }
  }

  private Exchange raw(Parcel parcel, String method, RawScript script, RawConnection connection) {
    try {
      script.play(connection);
    } catch (IOException e) {
      connection.note("the endpoint took no more octets: " + e.getMessage());
    }
    try {
      As2Response response = connection.answer(method);
      record(connection.sent(), received(response), connection.note());
      return Exchange.answered(parcel, response);
    } catch (IOException e) {
      String why = Sentences.joined(connection.note(), String.valueOf(e.getMessage()));
      return failed(parcel, connection.sent(), why);
    }
  }

  private Exchange failed(Parcel parcel, Octets sent, String why) {
    record(sent, Octets.NONE, why);
    return Exchange.failed(parcel, why);
  }

  /** A request line and headers, up to and with the empty line. */
  String head(String method, Headers headers) {
    Headers first = Headers.of("Host", endpoint.hostHeader());
    Headers all =
        endpoint.token().map(t -> first.plus("Authorization", "Basic " + t)).orElse(first);
    return method + " " + endpoint.target() + " HTTP/1.1\r\n" + ascii(all.plus(headers));
  }

  /** An answer as it came, its framing aside. */
  static Octets received(As2Response response) {
    String head =
        "HTTP/1.1 "
            + response.status()
            + " "
            + response.reason()
            + "\r\n"
            + ascii(response.headers());
    return Octets.of(head.getBytes(StandardCharsets.ISO_8859_1), response.body());
  }

  private static String ascii(Headers headers) {
    return new String(headers.toBytes(), StandardCharsets.US_ASCII);
  }

  /** Keeps what went over the wire, but for the password. */
  void record(Octets sent, Octets received, String note) {
    Octets shown = endpoint.token().map(sent::masked).orElse(sent);
    exchanges.add(new WireExchange(shown, received, note));
  }

  /** What went over the wire so far. */
  List<WireExchange> exchanges() {
    return List.copyOf(exchanges);
  }
}
