package dev.as2.conformance;

import dev.as2.core.BasicCredentials;
import dev.as2.core.TransportOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * A receiver under test, and who we are to it.
 *
 * @param url where it takes messages; http or https
 * @param us who sends
 * @param them who receives
 * @param transport how it is reached; a proxy is not used
 * @param credentials for Basic authentication, sent with each request
 */
public record Endpoint(
    URI url,
    Party us,
    Partner them,
    TransportOptions transport,
    Optional<BasicCredentials> credentials) {
  /**
   * @throws IllegalArgumentException where the URL is not one of http or https with a host, or
   *     credentials would go over plain http
   */
  public Endpoint {
    String scheme = String.valueOf(url.getScheme());
    if (url.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
      throw new IllegalArgumentException("the URL is not http:// or https:// with a host: " + url);
    }
    if (credentials.isPresent() && !scheme.equals("https")) {
      throw new IllegalArgumentException(
          "a user name and a password go over https only, and the URL is " + url);
    }
  }

  /** Without credentials. */
  public Endpoint(URI url, Party us, Partner them, TransportOptions transport) {
    this(url, us, them, transport, Optional.empty());
  }

  /** The same, with credentials for Basic authentication. */
  public Endpoint withCredentials(BasicCredentials user) {
    return new Endpoint(url, us, them, transport, Optional.of(user));
  }

  /** What follows {@code Basic} in Authorization (RFC 7617 §2). */
  Optional<String> token() {
    return credentials.map(user ->
        Base64.getEncoder()
            .encodeToString(
                (user.username() + ":" + user.password()).getBytes(StandardCharsets.US_ASCII)));
  }

  /** The host, with the port where it is not the scheme's. */
  String hostHeader() {
    return url.getPort() < 0 ? url.getHost() : url.getHost() + ":" + url.getPort();
  }

  /** Path and query as a request line has them. */
  String target() {
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
  }

  boolean isTls() {
    return "https".equals(url.getScheme());
  }

  int port() {
    return url.getPort() >= 0 ? url.getPort() : isTls() ? 443 : 80;
  }
}
