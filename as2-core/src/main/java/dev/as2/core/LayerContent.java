package dev.as2.core;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What a layer holds: damage that shows while it is read is that layer's, wherever it is met. */
final class LayerContent extends FilterInputStream {
  private final LayerFault fault;

  LayerContent(InputStream content, LayerFault fault) {
    super(content);
    this.fault = fault;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    try {
      return super.read(target, offset, length);
    } catch (Refusal e) {
      throw e; // a layer further out
    } catch (IOException | RuntimeException e) { // decoders and ciphers throw many kinds
      throw fault.refusal("its content is damaged").because(e);
    }
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
