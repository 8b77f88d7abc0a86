package dev.as2.core;

import dev.as2.mime.Entity;
import java.net.URI;
import java.util.Optional;

/**
 * One message for one POST.
 *
 * @param url where to; http or https, a query is kept
 * @param message headers and body; the client adds {@code Host}, the framing, {@code Connection},
 *     {@code Expect} and {@code Authorization}
 * @param chunked whether to send it chunked; otherwise its body length must be known
 * @param transport how to reach the partner
 * @param credentials for Basic authentication, sent at once and over https only
 */
public record As2Request(
    URI url,
    Entity message,
    boolean chunked,
    TransportOptions transport,
    Optional<BasicCredentials> credentials) {
  /**
   * @throws IllegalArgumentException where the length is needed and not known, or credentials would
   *     go over plain http
   */
  public As2Request {
    if (!chunked && message.bodyLength().isEmpty()) {
      throw new IllegalArgumentException("the body's length is not known: it has to go chunked");
    }
    if (credentials.isPresent() && !"https".equalsIgnoreCase(url.getScheme())) {
      throw new IllegalArgumentException("Basic authentication only goes over https");
    }
  }

  /** This request with the message written through another entity. */
  As2Request withMessage(Entity other) {
    return new As2Request(url, other, chunked, transport, credentials);
  }
}
