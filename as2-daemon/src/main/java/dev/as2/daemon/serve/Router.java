package dev.as2.daemon.serve;

import dev.as2.core.As2Handler;
import dev.as2.daemon.console.ConsoleHandler;
import dev.as2.mime.Header;
import dev.as2.mime.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Who answers which path. */
final class Router implements As2Handler {
  private final Map<String, As2Handler> exact;
  private final As2Handler console;
  private final As2Handler api;

  /**
   * @param exact by their paths
   * @param console answers what it {@linkplain ConsoleHandler#takes takes}
   * @param api answers everything else but GETs and HEADs
   */
  Router(Map<String, As2Handler> exact, As2Handler console, As2Handler api) {
    this.exact = Map.copyOf(exact);
    this.console = console;
    this.api = api;
  }

  @Override
  public Answer handle(Request request) throws IOException {
    if (ConsoleHandler.takes(request)) {
      return console.handle(request);
    }
    boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
    if (!reads) {
      return api.handle(request);
    }
    As2Handler handler = exact.get(request.path());
    return handler == null
        ? text(404, "text/plain; charset=utf-8", "There is nothing here.\n")
        : handler.handle(request);
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
