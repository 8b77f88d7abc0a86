package dev.as2.daemon.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.as2.core.As2Handler.Answer;
import dev.as2.core.As2Handler.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The page's files. {@code /} is asked for anew each time; all else is below a folder whose name is
 * the digest of all of it, and so is never asked for twice. Immutable.
 */
final class Page {
  private static final String INDEX = "index.html";

  private static final List<String> FILES =
      List.of(
          "console.css",
          "icon.svg",
          "agreements.js",
          "app.js",
          "certificates.js",
          "connectors.js",
          "dom.js",
          "http.js",
          "list.js",
          "picker.js",
          "profiles.js",
          "received.js",
          "send.js",
          "signin.js",
          "text.js",
          "transfer.js",
          "transfers.js");

  private static final Map<String, String> TYPES =
      Map.of(
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  private final byte[] index;
  private final Map<String, byte[]> files = new HashMap<>();

  Page() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (String name : FILES) {
      all.writeBytes(name.getBytes(UTF_8));
      all.writeBytes(read(name));
    }
    String version = Digests.hex(all.toByteArray()).substring(0, 16);
    for (String name : FILES) {
      files.put("/console/page/" + version + "/" + name, read(name));
    }
    index = new String(read(INDEX), UTF_8).replace("{version}", version).getBytes(UTF_8);
  }

  private static byte[] read(String name) {
    try (InputStream resource = Page.class.getResourceAsStream(name)) {
      if (resource == null) {
        throw new IllegalStateException("the jar lacks the page's " + name);
      }
      return resource.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("the jar's " + name + " cannot be read", e);
    }
  }

  /** The file at a path; empty where there is none. */
  Optional<Answer> find(Request request) {
    String path = request.path();
    if (path.equals("/")) {
      return Optional.of(Answers.file(request, "text/html; charset=utf-8", "no-cache", index));
    }
    return Optional.ofNullable(files.get(path))
        .map(octets ->
            Answers.file(request, type(path), "public, max-age=31536000, immutable", octets));
  }

  private static String type(String path) {
    return TYPES.getOrDefault(path.substring(path.lastIndexOf('.') + 1), "text/plain");
  }
}
