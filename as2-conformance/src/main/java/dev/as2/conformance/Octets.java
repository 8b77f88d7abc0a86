package dev.as2.conformance;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The beginning of what went over a wire, and how much it was.
 *
 * @param begin the first octets, {@link #KEPT} at the most
 * @param total how many there were
 */
@SuppressWarnings("ArrayRecordComponent")
public record Octets(byte[] begin, long total) {
  /** How much is kept of each direction, in bytes. */
  public static final int KEPT = 8 << 10;

  static final Octets NONE = new Octets(new byte[0], 0);

  /** What is kept of these. */
  static Octets of(byte[]... parts) {
    ByteArrayOutputStream begin = new ByteArrayOutputStream();
    long total = 0;
    for (byte[] part : parts) {
      begin.write(part, 0, Math.min(part.length, KEPT - begin.size()));
      total += part.length;
    }
    return new Octets(begin.toByteArray(), total);
  }

  /** These and then more. */
  Octets plus(byte[] more) {
    Octets kept = of(begin, more);
    return new Octets(kept.begin, total + more.length);
  }

  /** These with asterisks in the place of each octet of this text. */
  Octets masked(String secret) {
    String all = new String(begin, StandardCharsets.ISO_8859_1);
    String shown = all.replace(secret, "*".repeat(secret.length()));
    return new Octets(shown.getBytes(StandardCharsets.ISO_8859_1), total);
  }

  /**
   * For people: printable ASCII and line ends as they are, each other octet as a middle dot, and
   * how much was left out.
   */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (char c : new String(begin, StandardCharsets.ISO_8859_1).toCharArray()) {
      text.append((' ' <= c && c <= '~') || c == '\n' || c == '\t' ? c : c == '\r' ? "" : "\u00B7");
    }
    if (total > begin.length) {
      text.append("\n[").append(total - begin.length).append(" more bytes]");
    }
    return text.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Octets o && o.total == total && Arrays.equals(o.begin, begin);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(begin);
  }
}
