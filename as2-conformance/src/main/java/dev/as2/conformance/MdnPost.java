package dev.as2.conformance;

import dev.as2.core.As2Response;
import dev.as2.core.TransportOptions;
import dev.as2.mime.Headers;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Posts an asynchronous MDN to a sender under test (RFC 4130 §7.2). */
final class MdnPost {
  private final Endpoint listener;

  /**
   * @param url the message's Receipt-Delivery-Option
   * @throws IllegalArgumentException where it is no URL of http or https with a host
   */
  MdnPost(String url, TestPartner.Sides sides, TransportOptions transport) {
    listener = new Endpoint(URI.create(url.strip()), sides.us(), sides.sender(), transport);
  }

  /** Posts it; what is wrong with what the sender makes of that. */
  Optional<String> deliver(Reply mdn) {
    Headers headers =
        Headers.of("Host", listener.hostHeader())
            .plus(mdn.headers())
            .plus("Content-Length", String.valueOf(mdn.body().length))
            .plus("Connection", "close");
    try (RawConnection connection = RawConnection.open(listener)) {
      As2Response answer =
          connection
              .write("POST " + listener.target() + " HTTP/1.1\r\n")
              .write(new String(headers.toBytes(), StandardCharsets.ISO_8859_1))
              .write(mdn.body())
              .answer("POST");
      return answer.status() / 100 == 2
          ? Optional.empty()
          : Optional.of(
              "The sender answered its asynchronous MDN with HTTP status %s (RFC 4130 §7.6)."
                  .formatted(answer.status()));
    } catch (IOException e) {
      return Optional.of(
          "The asynchronous MDN could not be posted to %s: %s"
              .formatted(listener.url(), Sentences.ended(String.valueOf(e.getMessage()))));
    }
  }
}
