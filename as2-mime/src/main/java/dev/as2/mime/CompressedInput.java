package dev.as2.mime;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.bouncycastle.cms.CMSCompressedDataParser;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.jcajce.ZlibExpanderProvider;

/** Opens a compressed-data layer while it arrives (RFC 3274), with a bound on what comes out. */
public final class CompressedInput {
  private CompressedInput() {}

  /**
   * The content, decompressed as it is read.
   *
   * @param maxRatio how many times larger than what went in so far the content may be
   * @param freeBytes from which length on that counts: what is small does no harm
   * @throws MimeException where the octets are no compressed-data; while reading, where the bound
   *     is passed
   */
  public static InputStream open(InputStream in, int maxRatio, long freeBytes) throws IOException {
    Counting compressed = new Counting(Hostile.octets(in));
    try {
      InputStream content =
          new CMSCompressedDataParser(compressed)
              .getContent(new ZlibExpanderProvider())
              .getContentStream();
      return new Bounded(Hostile.content(content), compressed, maxRatio, freeBytes);
    } catch (CMSException | RuntimeException e) { // ASN.1 parsers throw many kinds
      throw new MimeException("the compressed-data cannot be opened: " + e.getMessage(), e);
    }
  }

  /** Counts what is read. */
  private static class Counting extends FilterInputStream {
    protected long count;

    Counting(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int octet = super.read();
      count += octet < 0 ? 0 : 1;
      return octet;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int n = super.read(target, offset, length);
      count += Math.max(n, 0);
      return n;
    }
  }

  /** Stops a content that grows out of all proportion. */
  private static final class Bounded extends Counting {
    private static final int SKIPPED_BYTES = 8 << 10;

    private final Counting compressed;
    private final int maxRatio;
    private final long freeBytes;

    Bounded(InputStream content, Counting compressed, int maxRatio, long freeBytes) {
      super(content);
      this.compressed = compressed;
      this.maxRatio = maxRatio;
      this.freeBytes = freeBytes;
    }

    @Override
    public int read() throws IOException {
      int octet = super.read();
      check();
      return octet;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int n = super.read(target, offset, length);
      check();
      return n;
    }

    @Override
    public long skip(long n) throws IOException {
      return Math.max(0, read(new byte[(int) Math.min(Math.max(n, 0), SKIPPED_BYTES)]));
    }

    private void check() throws MimeException {
      if (count > freeBytes && count / maxRatio > compressed.count) {
        throw new MimeException(
            "the content is more than " + maxRatio + " times larger than its compressed form");
      }
    }
  }
}
