package dev.as2.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** A page that needs nothing but itself. Text is escaped. For one thread. */
final class Html {
  private final StringBuilder page = new StringBuilder();

  private Html() {}

  /** A page with a heading. */
  static Html page(String title) {
    Html html = new Html();
    html.page
        .append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<meta http-equiv=\"Content-Security-Policy\"")
        .append(" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>")
        .append(escaped(title))
        .append("</title>\n<style>\n")
        .append(css())
        .append("</style>\n</head>\n<body>\n<main>\n");
    return html.element("h1", title);
  }

  private static String css() {
    try (InputStream in = Objects.requireNonNull(Html.class.getResourceAsStream("report.css"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replaceAll("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F]", "\u00B7");
  }

  /** An element with text. */
  Html element(String tag, String text) {
    return open(tag).text(text).close(tag);
  }

  /** An element of a class with text. */
  Html element(String tag, String style, String text) {
    return open(tag, "class", style).text(text).close(tag);
  }

  /** Begins an element; attributes are names and values in turn. */
  Html open(String tag, String... attributes) {
    page.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      page.append(' ').append(attributes[i]);
      page.append("=\"").append(escaped(attributes[i + 1])).append('"');
    }
    page.append('>');
    return this;
  }

  Html close(String tag) {
    page.append("</").append(tag).append(">\n");
    return this;
  }

  Html text(String text) {
    page.append(escaped(text));
    return this;
  }

  /** A name and its value, in a {@code dl}. */
  Html entry(String name, String value) {
    return element("dt", name).element("dd", value);
  }

  /** Octets as text, which can be scrolled by keyboard. */
  Html octets(String label, String text) {
    return open("pre", "tabindex", "0", "role", "region", "aria-label", label)
        .text(text)
        .close("pre");
  }

  /** The whole page. */
  String done() {
    return page + "</main>\n</body>\n</html>\n";
  }
}
