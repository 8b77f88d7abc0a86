package dev.as2.mime;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.OptionalLong;

/**
 * An entity whose body is some content as it is. Holds one block of at most {@value #BLOCK_BYTES}
 * bytes.
 */
public final class ContentEntity implements Entity {
  /**
   * How much of a long content is written at a time: so much that it pays to hand a block to
   * another core as well.
   */
  static final int BLOCK_BYTES = 512 << 10;

  private static final int SMALL_BLOCK_BYTES = 64 << 10;
  private static final int LONG_CONTENT_BYTES = 16 * BLOCK_BYTES;

  private final Headers headers;
  private final Content content;

  public ContentEntity(Headers headers, Content content) {
    this.headers = headers;
    this.content = content;
  }

  @Override
  public Headers headers() {
    return headers;
  }

  @Override
  public OptionalLong bodyLength() {
    return OptionalLong.of(content.length());
  }

  /**
   * @throws ContentChangedException where the content ends before its length, or goes on after it
   */
  @Override
  public void writeBodyTo(OutputStream out) throws IOException {
    byte[] block = new byte[blockBytes()];
    long left = content.length();
    try (InputStream in = content.open()) {
      for (int n = fill(in, block); n > 0; n = fill(in, block)) {
        if (n > left) {
          throw new ContentChangedException(
              "the content is longer than its " + content.length() + " bytes");
        }
        out.write(block, 0, n);
        left -= n;
      }
    }
    if (left > 0) {
      throw new ContentChangedException(
          "the content ended " + left + " bytes before its " + content.length() + " bytes");
    }
  }

  /** One block is enough for a small content, and for seeing that it goes on after its length. */
  private int blockBytes() {
    return content.length() >= LONG_CONTENT_BYTES
        ? BLOCK_BYTES
        : (int) Math.min(SMALL_BLOCK_BYTES, content.length() + 1);
  }

  private static int fill(InputStream in, byte[] block) throws IOException {
    return in.readNBytes(block, 0, block.length);
  }
}
