package dev.as2.mime;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;
import java.util.OptionalLong;

/**
 * An entity with its body in base64, lines of 76 characters with CRLF between them (RFC 2045 §6.8).
 * The headers are the caller's to give, {@code Content-Transfer-Encoding} among them.
 */
public final class Base64Entity extends ForwardingEntity {
  private static final int LINE_LENGTH = 76;
  private static final int LINE_BREAK = 2;

  public Base64Entity(Entity plain) {
    super(plain);
  }

  @Override
  public OptionalLong bodyLength() {
    OptionalLong plain = super.bodyLength();
    if (plain.isEmpty() || plain.getAsLong() == 0) {
      return plain;
    }
    long encoded = (plain.getAsLong() + 2) / 3 * 4;
    return OptionalLong.of(encoded + (encoded - 1) / LINE_LENGTH * LINE_BREAK);
  }

  @Override
  public void writeBodyTo(OutputStream out) throws IOException {
    OutputStream encoder = Base64.getMimeEncoder().wrap(new Unclosed(out));
    super.writeBodyTo(encoder);
    encoder.close(); // only after the whole body: this writes the padding
  }

  /** Keeps the encoder's end from ending what is around it. */
  private static final class Unclosed extends FilterOutputStream {
    Unclosed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
      out.write(octets, offset, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
