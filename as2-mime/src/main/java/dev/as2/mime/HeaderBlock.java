package dev.as2.mime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Header lines read from octets as partners write them: ended by CRLF or LF, folded, with space
 * before the colon or none behind it, and not always followed by an empty line.
 *
 * @param headers what was found, in its order
 * @param bodyStart the index of the first octet that does not belong to the headers
 */
record HeaderBlock(Headers headers, int bodyStart) {
  /**
   * The headers at the beginning of an entity. They end with an empty line, or with a line that is
   * no header: then the empty line is missing and the body has begun.
   *
   * @throws MimeException when they are longer than {@code maxBytes}
   */
  static HeaderBlock parse(byte[] octets, int maxBytes) throws MimeException {
    Collector lines = new Collector();
    int at = 0;
    while (at < octets.length) {
      int next = nextLine(octets, at);
      if (isBlank(octets, at, next)) {
        return new HeaderBlock(lines.headers(), next);
      }
      if (!lines.take(octets, at, next)) {
        break;
      }
      if (next > maxBytes) {
        throw new MimeException("a part's header block is longer than " + maxBytes + " bytes");
      }
      at = next;
    }
    return new HeaderBlock(lines.headers(), at);
  }

  /**
   * All fields of a body that consists of fields; empty lines and lines that are no field between
   * them are passed over.
   *
   * @throws MimeException when it is longer than {@code maxBytes}
   */
  static Headers fields(byte[] octets, int maxBytes) throws MimeException {
    if (octets.length > maxBytes) {
      throw new MimeException("a part's fields are longer than " + maxBytes + " bytes");
    }
    Collector lines = new Collector();
    for (int at = 0, next; at < octets.length; at = next) {
      next = nextLine(octets, at);
      if (isBlank(octets, at, next) || !lines.take(octets, at, next)) {
        lines.end();
      }
    }
    return lines.headers();
  }

  /** The index after the line that begins at {@code at}, its line break included. */
  static int nextLine(byte[] octets, int at) {
    int i = at;
    while (i < octets.length && octets[i] != '\n') {
      i++;
    }
    return Math.min(i + 1, octets.length);
  }

  static boolean isBlank(byte[] octets, int from, int to) {
    for (int i = from; i < to; i++) {
      if (octets[i] < 0 || octets[i] > ' ') {
        return false;
      }
    }
    return true;
  }

  /** Puts folded lines together. */
  private static final class Collector {
    private final List<Header> headers = new ArrayList<>();
    private final StringBuilder value = new StringBuilder();
    private String name = "";

    /** Takes a line that begins or continues a header; false where it does neither. */
    boolean take(byte[] octets, int from, int to) {
      if (octets[from] == ' ' || octets[from] == '\t') {
        value.append(text(octets, from, to));
        return !name.isEmpty();
      }
      int nameEnd = from;
      while (nameEnd < to && Header.isTokenChar(octets[nameEnd])) {
        nameEnd++;
      }
      int colon = nameEnd;
      while (colon < to && (octets[colon] == ' ' || octets[colon] == '\t')) {
        colon++;
      }
      if (nameEnd == from || colon == to || octets[colon] != ':') {
        return false;
      }
      end();
      name = text(octets, from, nameEnd);
      value.append(text(octets, colon + 1, to));
      return true;
    }

    /** No further line continues the last header. */
    void end() {
      if (!name.isEmpty()) {
        headers.add(Header.received(name, value.toString()));
      }
      name = "";
      value.setLength(0);
    }

    Headers headers() {
      end();
      return new Headers(headers);
    }

    /** The octets without the line break at their end: unfolding removes nothing else. */
    private static String text(byte[] octets, int from, int to) {
      int end = to;
      while (end > from && (octets[end - 1] == '\n' || octets[end - 1] == '\r')) {
        end--;
      }
      return new String(octets, from, end - from, StandardCharsets.ISO_8859_1);
    }
  }
}
