package dev.as2.transport;

import dev.as2.core.As2Exception;
import dev.as2.core.FailureCode;
import dev.as2.core.TransportOptions;
import dev.as2.core.TransportOptions.Proxy;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Locale;

/**
 * Where connections lead and how: requests with equal destinations share them.
 *
 * @param secure whether TLS is spoken
 * @param host a name or an address, without the brackets of IPv6
 */
record Destination(boolean secure, String host, int port, TransportOptions options) {
  private static final int HTTPS_PORT = 443;
  private static final int HTTP_PORT = 80;

  /**
   * The destination of a URL.
   *
   * @throws As2Exception {@code INVALID_URL_FORMAT} or {@code INVALID_ENDPOINT_PROTOCOL}
   */
  static Destination of(URI url, TransportOptions options) throws As2Exception {
    boolean secure = isHttps(url);
    String host = url.getHost();
    if (host == null || host.isEmpty() || url.getPort() == 0 || url.getPort() > 65_535) {
      throw new As2Exception(
          FailureCode.INVALID_URL_FORMAT, "The Url has no usable host and port: " + url);
    }
    int port = url.getPort() > 0 ? url.getPort() : defaultPort(secure);
    return new Destination(
        secure, host.replaceAll("[\\[\\]]", "").toLowerCase(Locale.ROOT), port, options);
  }

  private static boolean isHttps(URI url) throws As2Exception {
    if ("https".equalsIgnoreCase(url.getScheme())) {
      return true;
    }
    if ("http".equalsIgnoreCase(url.getScheme())) {
      return false;
    }
    throw new As2Exception(
        FailureCode.INVALID_ENDPOINT_PROTOCOL, "The Url is neither http nor https: " + url);
  }

  private static int defaultPort(boolean secure) {
    return secure ? HTTPS_PORT : HTTP_PORT;
  }

  /** Whether requests go to a proxy as they are, rather than through a tunnel that it opens. */
  boolean asksProxy() {
    return !secure && options.proxy().isPresent();
  }

  /** Where connections lead, with the name still to be looked up; a tunnel sees to itself. */
  InetSocketAddress address() {
    return asksProxy() ? proxyAddress(options.proxy().get()) : unresolved(host, port);
  }

  /** The proxy, with its name still to be looked up. */
  static InetSocketAddress proxyAddress(Proxy proxy) {
    return unresolved(proxy.host(), proxy.port());
  }

  private static InetSocketAddress unresolved(String host, int port) {
    return InetSocketAddress.createUnresolved(host, port);
  }

  /** The {@code Host} header (RFC 9110 §7.2). */
  String hostHeader() {
    String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
    return port == defaultPort(secure) ? name : name + ":" + port;
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
