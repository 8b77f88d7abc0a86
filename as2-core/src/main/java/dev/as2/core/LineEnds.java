package dev.as2.core;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** The canonical line ends of MIME text (RFC 2046 §4.1.1). */
final class LineEnds {
  private LineEnds() {}

  /**
   * Every LF without CR becomes CRLF. A CR without LF stays: it ends no line for our reader, and a
   * signature must not hold over lines that are read otherwise.
   */
  static byte[] toCrlf(byte[] text) {
    ByteArrayOutputStream canonical = new ByteArrayOutputStream(text.length + text.length / 32);
    byte before = 0;
    for (byte octet : text) {
      if (octet == '\n' && before != '\r') {
        canonical.write('\r');
      }
      canonical.write(octet);
      before = octet;
    }
    return canonical.toByteArray();
  }

  /** The text without one CRLF at its end, where it has one. */
  static byte[] withoutLast(byte[] text) {
    int end = text.length;
    boolean has = end >= 2 && text[end - 2] == '\r' && text[end - 1] == '\n';
    return has ? Arrays.copyOf(text, end - 2) : text;
  }
}
