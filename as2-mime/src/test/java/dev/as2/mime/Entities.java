package dev.as2.mime;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;

/** Entities for tests, and what comes of writing them. */
public final class Entities {
  /** Around every border of blocks and chunks that the layers have. */
  static final List<Integer> SIZES =
      List.of(
          0, 1, 2, 15, 16, 17, 55, 56, 57, 58, 127, 128, 255, 256, 1_000, 32_767, 32_768, 32_769,
          65_535, 65_536, 65_537, 100_003, 131_072, 200_000);

  private static final Headers HEADERS =
      Headers.of("Content-Type", "application/edi-x12", "Content-Transfer-Encoding", "binary");

  private Entities() {}

  /** Octets that no compression shortens, always the same for a size. */
  public static byte[] noise(int size) {
    byte[] octets = new byte[size];
    new Random(size).nextBytes(octets);
    return octets;
  }

  /** An entity of known length. */
  public static Entity of(byte[] body) {
    return new ContentEntity(HEADERS, Content.of(body));
  }

  /** The same entity, and nobody knows its length beforehand. */
  public static Entity unmeasured(Entity entity) {
    return new ForwardingEntity(entity) {
      @Override
      public OptionalLong bodyLength() {
        return OptionalLong.empty();
      }
    };
  }

  /** An entity whose source breaks after some octets of the body. */
  public static Entity breaking(byte[] body, int after) {
    return new ContentEntity(
        HEADERS,
        new Content() {
          @Override
          public long length() {
            return body.length;
          }

          @Override
          public InputStream open() {
            return new BreakingInput(body, after);
          }
        });
  }

  /** Headers, empty line and body. */
  public static byte[] octets(Entity entity) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    entity.writeTo(out);
    return out.toByteArray();
  }

  /** The body alone. */
  public static byte[] body(Entity entity) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    entity.writeBodyTo(out);
    return out.toByteArray();
  }

  /** What was written of the body before it broke; fails where it did not break. */
  public static byte[] bodyUntilItBreaks(Entity entity) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      entity.writeBodyTo(out);
    } catch (IOException e) {
      return out.toByteArray();
    }
    throw new AssertionError("the source did not break");
  }

  /** Writes octet by octet what is written to it in blocks. */
  static OutputStream octetByOctet(OutputStream out) {
    return new OutputStream() {
      @Override
      public void write(int octet) throws IOException {
        out.write(octet);
      }
    };
  }

  /** Gives some octets, and then an exception. */
  private static final class BreakingInput extends InputStream {
    private final byte[] octets;
    private final int end;
    private int position;

    BreakingInput(byte[] octets, int end) {
      this.octets = octets;
      this.end = end;
    }

    @Override
    public int read() throws IOException {
      if (position == end) {
        throw new IOException("the source broke after " + end + " bytes");
      }
      return octets[position++] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int n = Math.min(length, Math.min(1_000, end - position));
      if (n == 0) {
        throw new IOException("the source broke after " + end + " bytes");
      }
      System.arraycopy(octets, position, target, offset, n);
      position += n;
      return n;
    }
  }
}
