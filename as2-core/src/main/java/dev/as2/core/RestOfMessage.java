package dev.as2.core;

import dev.as2.mime.Entity;
import dev.as2.mime.ForwardingEntity;
import dev.as2.mime.Headers;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalLong;

/**
 * A message from an octet of its body on. The octets before are made, so that signature and MIC
 * come out right, and thrown away. Holds none.
 */
final class RestOfMessage extends ForwardingEntity {
  private final ContentRange range;

  /**
   * @param whole of a known length
   * @param from how many octets to leave out, fewer than there are
   */
  RestOfMessage(Entity whole, long from) {
    super(whole);
    this.range = ContentRange.from(from, whole.bodyLength().orElseThrow());
  }

  @Override
  public Headers headers() {
    return super.headers().with(ContentRange.HEADER, range.toHeader());
  }

  @Override
  public OptionalLong bodyLength() {
    return OptionalLong.of(range.length());
  }

  @Override
  public void writeBodyTo(OutputStream out) throws IOException {
    super.writeBodyTo(new Skipping(out, range.first()));
  }

  /** Throws the first octets away. */
  private static final class Skipping extends FilterOutputStream {
    private long left;

    private Skipping(OutputStream out, long left) {
      super(out);
      this.left = left;
    }

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
      int skipped = (int) Math.min(left, length);
      left -= skipped;
      if (length > skipped) {
        out.write(octets, offset + skipped, length - skipped);
      }
    }
  }
}
