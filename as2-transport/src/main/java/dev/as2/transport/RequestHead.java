package dev.as2.transport;

import dev.as2.core.As2Request;
import dev.as2.core.BasicCredentials;
import dev.as2.mime.Header;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;

/**
 * The request line and the headers of a request: each header one line, never folded, its name as
 * the RFCs write it, since not every partner compares without case.
 */
final class RequestHead {
  private static final Set<String> OURS =
      Set.of(
          "host",
          "content-length",
          "transfer-encoding",
          "connection",
          "keep-alive",
          "te",
          "trailer",
          "upgrade",
          "expect",
          "authorization");

  private RequestHead() {}

  static HttpRequest of(As2Request request, Destination destination) {
    HttpRequest head =
        new DefaultHttpRequest(
            HttpVersion.HTTP_1_1,
            HttpMethod.valueOf(request.method().name()),
            target(request.url(), destination));
    HttpHeaders headers = head.headers();
    headers.set("Host", destination.hostHeader());
    request.credentials().ifPresent(c -> headers.set("Authorization", basic(c)));
    for (Header line : request.message().headers()) {
      if (!OURS.contains(line.name().toLowerCase(Locale.ROOT))) {
        headers.add(line.name(), line.value());
      }
    }
    if (request.method() == As2Request.Method.POST) {
      frame(request, headers);
    }
    if (request.expectsContinue()) {
      headers.set("Expect", HttpHeaderValues.CONTINUE);
    }
    return head;
  }

  /** The length or chunked, never both (RFC 9112 §6.2). */
  private static void frame(As2Request request, HttpHeaders headers) {
    if (request.chunked()) {
      headers.set("Transfer-Encoding", HttpHeaderValues.CHUNKED);
    } else {
      headers.set("Content-Length", request.message().bodyLength().orElseThrow());
    }
  }

  /** Path and query as written, in ASCII (RFC 9112 §3.2.1); for a proxy the whole URL (§3.2.2). */
  private static String target(URI url, Destination destination) {
    String path = pathAndQuery(url);
    return destination.asksProxy() ? "http://" + destination.hostHeader() + path : path;
  }

  private static String pathAndQuery(URI url) {
    URI ascii = URI.create(url.toASCIIString());
    String path =
        ascii.getRawPath() == null || ascii.getRawPath().isEmpty() ? "/" : ascii.getRawPath();
    return ascii.getRawQuery() == null ? path : path + "?" + ascii.getRawQuery();
  }

  private static String basic(BasicCredentials credentials) {
    String pair = credentials.username() + ":" + credentials.password();
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII));
  }
}
