package dev.as2.core;

import dev.as2.mime.Content;
import dev.as2.mime.ContentEntity;
import dev.as2.mime.Entity;
import dev.as2.mime.Headers;
import java.net.URI;
import java.util.Optional;

/**
 * One message for one POST, or a question by HEAD.
 *
 * @param method which of them
 * @param url where to; http or https, a query is kept
 * @param message headers and body; the client adds {@code Host}, the framing, {@code Connection},
 *     {@code Expect} and {@code Authorization}
 * @param chunked whether to send it chunked; otherwise its body length must be known
 * @param transport how to reach the partner
 * @param credentials for Basic authentication, sent at once and over https only
 */
public record As2Request(
    Method method,
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

  /** A message for one POST. */
  public As2Request(
      URI url,
      Entity message,
      boolean chunked,
      TransportOptions transport,
      Optional<BasicCredentials> credentials) {
    this(Method.POST, url, message, chunked, transport, credentials);
  }

  /** What is done. */
  public enum Method {
    /** A message is posted. */
    POST,
    /** Something is asked about one, with headers and no body (RFC 9110 §9.3.2). */
    HEAD
  }

  /** A question to where a message goes, with these headers. */
  static As2Request head(As2Request like, Headers headers) {
    return new As2Request(
        Method.HEAD,
        like.url(),
        new ContentEntity(headers, Content.of(new byte[0])),
        false,
        like.transport(),
        like.credentials());
  }

  /** Whether leave is waited for before the body. */
  public boolean expectsContinue() {
    return method == Method.POST && transport.expectContinue();
  }

  /** This request with the message written through another entity. */
  As2Request withMessage(Entity other) {
    return new As2Request(method, url, other, chunked, transport, credentials);
  }
}
