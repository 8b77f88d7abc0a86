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
  static Octets octets(InputStream in) {
    return new Octets(in);
  }

  /** A structure's octets, and how many of them may still come. */
  static final class Octets extends FilterInputStream {
    private long allowed = Long.MAX_VALUE;

    private Octets(InputStream in) {
      super(in);
    }

    /** How many octets may come from now on: what a parser takes into memory has to be bounded. */
    void allow(long bytes) {
      allowed = bytes;
    }

    @Override
    public int read() throws IOException {
      int octet = super.read();
      count(octet < 0 ? -1 : 1);
      return octet;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int n = super.read(target, offset, length);
      count(n);
      return n;
    }

    private void count(int octets) throws IOException {
      if (octets < 0) {
        throw new EOFException("the CMS structure is cut off");
      }
      allowed -= octets;
      if (allowed < 0) {
        throw new MimeException("the CMS structure is too long around its content");
      }
    }
  }

  /** A parser's content; what the parser throws at damaged octets becomes an IOException. */
  static InputStream content(InputStream content) {
    return new BlockInput() {
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
