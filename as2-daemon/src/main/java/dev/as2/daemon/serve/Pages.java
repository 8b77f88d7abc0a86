package dev.as2.daemon.serve;

import dev.as2.core.As2Handler;
import dev.as2.mime.Header;
import dev.as2.mime.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/**
 * Static files: the resources beside {@code dev/as2/daemon/console/}, flat and by their names;
 * {@code /} is {@code index.html}. Whatever else the console answers has its own paths in {@link
 * Router}.
 */
final class Pages implements As2Handler {
  private static final String FOLDER = "/dev/as2/daemon/console/";

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "ico", "image/x-icon");

  @Override
  public Answer handle(Request request) throws IOException {
    String name = request.path().equals("/") ? "index.html" : request.path().substring(1);
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    if (type == null || !name.matches("[a-z0-9][a-z0-9.-]*")) {
      return missing();
    }
    try (InputStream resource = Pages.class.getResourceAsStream(FOLDER + name)) {
      return resource == null ? missing() : page(type, resource.readAllBytes());
    }
  }

  private static Answer page(String type, byte[] body) {
    return new Answer(
        200,
        new Headers(
            List.of(
                new Header("Content-Type", type),
                new Header("Cache-Control", "no-cache"),
                new Header("X-Content-Type-Options", "nosniff"),
                new Header("Referrer-Policy", "no-referrer"),
                new Header(
                    "Content-Security-Policy",
                    "default-src 'self'; frame-ancestors 'none'; base-uri 'none';"
                        + " form-action 'self'"))),
        body);
  }

  private static Answer missing() {
    return Router.text(404, "text/plain; charset=utf-8", "There is nothing here.\n");
  }
}
