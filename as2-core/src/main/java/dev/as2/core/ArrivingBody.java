package dev.as2.core;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A request's body, which remembers that it broke off: what looks like a damaged layer then is no
 * fault of the message.
 */
final class ArrivingBody extends FilterInputStream {
  private @Nullable IOException broken;

  ArrivingBody(InputStream body) {
    super(body);
  }

  @Override
  public int read() throws IOException {
    try {
      return super.read();
    } catch (IOException e) {
      broken = e;
      throw e;
    }
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    try {
      return super.read(target, offset, length);
    } catch (IOException e) {
      broken = e;
      throw e;
    }
  }

  /**
   * @throws IOException why it broke off, where it did
   */
  void requireWhole() throws IOException {
    if (broken != null) {
      throw new IOException("the message broke off while it came in", broken);
    }
  }
}
