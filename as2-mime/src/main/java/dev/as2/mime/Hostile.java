package dev.as2.mime;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What has to stand around a CMS parser that reads a stranger's octets. */
final class Hostile {
  private Hostile() {}

  /**
   * A structure's octets, which end too early if they end at all: a parser knows from the structure
   * where it ends, and reads no further. So a structure that is cut off is refused here, whatever
   * the parser of the day makes of an end between two chunks.
   */
  static InputStream octets(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int read() throws IOException {
        return present(super.read());
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        return present(super.read(target, offset, length));
      }

      private int present(int result) throws IOException {
        if (result < 0) {
          throw new EOFException("the CMS structure is cut off");
        }
        return result;
      }
    };
  }

  /** A parser's content; what the parser throws at damaged octets becomes an IOException. */
  static InputStream content(InputStream content) {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        try {
          return content.read(target, offset, length);
        } catch (RuntimeException e) { // ASN.1 parsers throw many kinds
          throw new MimeException("the CMS structure is damaged: " + e.getMessage(), e);
        }
      }

      @Override
      public void close() throws IOException {
        content.close();
      }
    };
  }
}
