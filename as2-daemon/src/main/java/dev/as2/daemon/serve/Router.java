package dev.as2.daemon.serve;

import dev.as2.core.As2Handler;
import dev.as2.mime.Header;
import dev.as2.mime.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Who answers which path. */
final class Router implements As2Handler {
  private final Map<String, As2Handler> exact;
  private final As2Handler pages;
  private final As2Handler api;

  /**
   * @param exact by their paths
   * @param pages answers all other GETs and HEADs
   * @param api answers everything else
   */
  Router(Map<String, As2Handler> exact, As2Handler pages, As2Handler api) {
    this.exact = Map.copyOf(exact);
    this.pages = pages;
    this.api = api;
  }

  @Override
  public Answer handle(Request request) throws IOException {
    boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
    if (!reads) {
      return api.handle(request);
    }
    return exact.getOrDefault(request.path(), pages).handle(request);
  }

  /** A short answer. */
  static Answer text(int status, String contentType, String body) {
    return new Answer(
        status,
        new Headers(
            List.of(
                new Header("Content-Type", contentType), new Header("Cache-Control", "no-store"))),
        body.getBytes(StandardCharsets.UTF_8));
  }
}
