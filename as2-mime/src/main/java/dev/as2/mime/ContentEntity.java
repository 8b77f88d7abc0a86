package dev.as2.mime;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.OptionalLong;

/**
 * An entity whose body is some content as it is. Holds one block of {@value #BLOCK_BYTES} bytes.
 */
public final class ContentEntity implements Entity {
  /** How much is read and written at a time. */
  static final int BLOCK_BYTES = 64 << 10;

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
    byte[] block = new byte[BLOCK_BYTES];
    long left = content.length();
    try (InputStream in = content.open()) {
      for (int n = in.read(block); n >= 0; n = in.read(block)) {
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
}
