package dev.as2.conformance;

import dev.as2.core.TransportOptions;
import java.net.URI;

/**
 * A receiver under test, and who we are to it.
 *
 * @param url where it takes messages; http or https
 * @param us who sends
 * @param them who receives
 * @param transport how it is reached; a proxy is not used
 */
public record Endpoint(URI url, Party us, Partner them, TransportOptions transport) {
  /**
   * @throws IllegalArgumentException where the URL is not one of http or https with a host
   */
  public Endpoint {
    String scheme = String.valueOf(url.getScheme());
    if (url.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
      throw new IllegalArgumentException("the URL is not http:// or https:// with a host: " + url);
    }
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
