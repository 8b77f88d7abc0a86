package dev.as2.mime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Splits the body of a multipart at its boundary lines (RFC 2046 §5.1.1).
 *
 * <p>The line break before a boundary line belongs to the boundary. It may be LF alone; a preamble
 * and an epilogue are passed over; the last boundary line may lack its final hyphens, its line
 * break, or be missing.
 */
final class Multipart {
  private static final byte[] CONTENT = "content-".getBytes(StandardCharsets.US_ASCII);

  private final byte[] body;
  private final byte[] delimiter;

  private Multipart(byte[] body, byte[] delimiter) {
    this.body = body;
    this.delimiter = delimiter;
  }

  /**
   * The octets of each part, from after one boundary line to before the next; none where the
   * boundary does not occur.
   *
   * @throws MimeException when there are more than {@code maxParts}
   */
  static List<byte[]> split(byte[] body, String boundary, int maxParts) throws MimeException {
    byte[] delimiter = ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    return new Multipart(body, delimiter).parts(maxParts);
  }

  /**
   * The boundary that a body seems to use: its first line that begins with two hyphens and is
   * followed by a header whose name begins with {@code Content-}.
   */
  static Optional<String> sniffBoundary(byte[] body) {
    for (int at = 0, next; at < body.length; at = next) {
      next = HeaderBlock.nextLine(body, at);
      if (next - at > 2 && body[at] == '-' && body[at + 1] == '-' && beginsContent(body, next)) {
        String line = new String(body, at + 2, next - at - 2, StandardCharsets.ISO_8859_1);
        return Optional.of(line.stripTrailing()).filter(b -> !b.isEmpty());
      }
    }
    return Optional.empty();
  }

  private static boolean beginsContent(byte[] body, int at) {
    for (int i = 0; i < CONTENT.length; i++) {
      if (at + i >= body.length || Character.toLowerCase(body[at + i]) != CONTENT[i]) {
        return false;
      }
    }
    return true;
  }

  private List<byte[]> parts(int maxParts) throws MimeException {
    List<byte[]> parts = new ArrayList<>();
    int start = -1;
    for (int at = 0, next; at < body.length; at = next) {
      next = HeaderBlock.nextLine(body, at);
      if (!isDelimiter(at, next)) {
        continue;
      }
      if (start >= 0) {
        add(parts, start, beforeLineBreak(start, at), maxParts);
      }
      start = next;
      if (isClosing(at)) {
        return parts;
      }
    }
    if (start >= 0 && !HeaderBlock.isBlank(body, start, body.length)) {
      add(parts, start, body.length, maxParts);
    }
    return parts;
  }

  private void add(List<byte[]> parts, int from, int to, int maxParts) throws MimeException {
    if (parts.size() == maxParts) {
      throw new MimeException("a multipart has more than " + maxParts + " parts");
    }
    parts.add(Arrays.copyOfRange(body, from, to));
  }

  /** Whether the line is the boundary, with or without final hyphens, and no longer one. */
  private boolean isDelimiter(int at, int next) {
    int end = at + delimiter.length;
    return end <= next
        && Arrays.equals(body, at, end, delimiter, 0, delimiter.length)
        && HeaderBlock.isBlank(body, isClosing(at) ? end + 2 : end, next);
  }

  private boolean isClosing(int at) {
    int end = at + delimiter.length;
    return end + 2 <= body.length && body[end] == '-' && body[end + 1] == '-';
  }

  private int beforeLineBreak(int start, int at) {
    int end = at;
    if (end > start && body[end - 1] == '\n') {
      end--;
    }
    if (end > start && body[end - 1] == '\r') {
      end--;
    }
    return end;
  }
}
