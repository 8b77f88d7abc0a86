package dev.as2.mime;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * The ASN.1 around one octet string that is too long to hold: nested structures, each opened by
 * what precedes the next, the innermost being the octet string.
 *
 * <p>With a known content length of less than 2 GiB everything has a definite length (DER).
 * Otherwise lengths are indefinite and the octet string comes in chunks of {@value #CHUNK_BYTES}
 * bytes (BER): beyond 2 GiB because readers that hold lengths in 31 bits, Bouncy Castle's among
 * them, could not open it otherwise. Either way the total length is exact where the content's is
 * known. Holds one chunk.
 */
final class OctetStringFrame {
  /** Content octets per chunk of the indefinite form. */
  static final int CHUNK_BYTES = 32 << 10;

  /** Longer than this, with the structures around it, is written in the indefinite form. */
  static final long DEFINITE_LIMIT = Integer.MAX_VALUE - (1L << 20);

  private static final int CONSTRUCTED = 0x20;
  private static final int OCTET_STRING = 0x04;
  private static final byte[] END_OF_CONTENTS = {0, 0};

  /**
   * One structure.
   *
   * @param tag its identifier octet
   * @param before the complete elements in it that precede the next structure
   * @param after how many octets of complete elements follow the next structure; they are known
   *     only when the content is written, and one structure alone may have some
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Level(int tag, byte[] before, int after) {
    Level(int tag, byte[] before) {
      this(tag, before, 0);
    }
  }

  private final List<Level> levels;
  private final int contentTag;
  private final int after;

  /**
   * @param levels from the outermost inwards
   * @param contentTag identifier octet of the octet string in its primitive form
   */
  OctetStringFrame(List<Level> levels, int contentTag) {
    this.levels = List.copyOf(levels);
    this.contentTag = contentTag;
    this.after = levels.stream().mapToInt(Level::after).sum();
  }

  /** The length of everything, in bytes, for content of this length. */
  OptionalLong length(OptionalLong contentLength) {
    if (contentLength.isEmpty()) {
      return contentLength;
    }
    long content = contentLength.getAsLong();
    if (isDefinite(contentLength)) {
      return OptionalLong.of(definitePrefix(content).length + content + after);
    }
    long whole = content / CHUNK_BYTES;
    long rest = content % CHUNK_BYTES;
    long chunks = whole * (header(OCTET_STRING, CHUNK_BYTES).length + CHUNK_BYTES);
    if (rest > 0) {
      chunks += header(OCTET_STRING, rest).length + rest;
    }
    return OptionalLong.of(
        indefinitePrefix().length + chunks + after + END_OF_CONTENTS.length * (levels.size() + 1L));
  }

  /** Something that writes the content and says when it is complete. */
  interface Writer {
    /** Writes all content octets to {@code content}, which it does not close. */
    void writeTo(OutputStream content) throws IOException;
  }

  /** Writes the structures and, inside them, the content, where nothing follows it. */
  void write(OutputStream out, OptionalLong contentLength, Writer content) throws IOException {
    write(out, contentLength, content, () -> new byte[0]);
  }

  /**
   * Writes the structures and, inside them, the content and what follows it.
   *
   * @param following what the levels announced as {@code after}, asked for when the content is
   *     written
   * @throws IOException where the content is not of the length that was promised; what was written
   *     is then incomplete
   */
  void write(
      OutputStream out, OptionalLong contentLength, Writer content, Supplier<byte[]> following)
      throws IOException {
    if (isDefinite(contentLength)) {
      out.write(definitePrefix(contentLength.getAsLong()));
      Counted counted = new Counted(out, contentLength.getAsLong());
      content.writeTo(counted);
      counted.finish();
      out.write(following.get());
      return;
    }
    out.write(indefinitePrefix());
    Chunked chunked = new Chunked(out);
    content.writeTo(chunked);
    chunked.finish();
    out.write(END_OF_CONTENTS);
    for (int i = levels.size() - 1; i >= 0; i--) {
      if (levels.get(i).after() > 0) {
        out.write(following.get());
      }
      out.write(END_OF_CONTENTS);
    }
  }

  private static boolean isDefinite(OptionalLong contentLength) {
    return contentLength.isPresent() && contentLength.getAsLong() <= DEFINITE_LIMIT;
  }

  private byte[] definitePrefix(long content) {
    byte[] prefix = header(contentTag, content);
    long behind = content; // what comes after the prefix
    for (int i = levels.size() - 1; i >= 0; i--) {
      Level level = levels.get(i);
      behind += level.after();
      byte[] inside = concat(level.before(), prefix);
      prefix = concat(header(level.tag(), inside.length + behind), inside);
    }
    return prefix;
  }

  private byte[] indefinitePrefix() {
    ByteArrayOutputStream prefix = new ByteArrayOutputStream();
    for (Level level : levels) {
      prefix.write(level.tag());
      prefix.write(0x80);
      prefix.writeBytes(level.before());
    }
    prefix.write(contentTag | CONSTRUCTED);
    prefix.write(0x80);
    return prefix.toByteArray();
  }

  /** Identifier and length octets of a definite-length element (X.690 §8.1). */
  private static byte[] header(int tag, long length) {
    if (length < 0x80) {
      return new byte[] {(byte) tag, (byte) length};
    }
    int size = (Long.SIZE - Long.numberOfLeadingZeros(length) + 7) / 8;
    byte[] header = new byte[2 + size];
    header[0] = (byte) tag;
    header[1] = (byte) (0x80 | size);
    for (int i = 0; i < size; i++) {
      header[2 + i] = (byte) (length >>> 8 * (size - 1 - i));
    }
    return header;
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  /** Passes octets through and holds them to the promised length. */
  private static final class Counted extends OutputStream {
    private final OutputStream out;
    private final long promised;
    private long written;

    Counted(OutputStream out, long promised) {
      this.out = out;
      this.promised = promised;
    }

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
      written += length;
      if (written > promised) {
        throw new IOException("the content is longer than the promised " + promised + " bytes");
      }
      out.write(octets, offset, length);
    }

    void finish() throws IOException {
      if (written != promised) {
        throw new IOException(
            "the content has " + written + " bytes, and " + promised + " were promised");
      }
    }
  }

  /** Cuts octets into primitive octet strings, each with its header in one write. */
  private static final class Chunked extends OutputStream {
    private static final int HEADER_ROOM = header(OCTET_STRING, CHUNK_BYTES).length;

    private final OutputStream out;
    private final byte[] chunk = new byte[HEADER_ROOM + CHUNK_BYTES];
    private int filled;

    Chunked(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int octet) throws IOException {
      chunk[HEADER_ROOM + filled++] = (byte) octet;
      if (filled == CHUNK_BYTES) {
        emit();
      }
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
      int from = offset;
      int left = length;
      while (left > 0) {
        int n = Math.min(left, CHUNK_BYTES - filled);
        System.arraycopy(octets, from, chunk, HEADER_ROOM + filled, n);
        filled += n;
        from += n;
        left -= n;
        if (filled == CHUNK_BYTES) {
          emit();
        }
      }
    }

    private void emit() throws IOException {
      byte[] header = header(OCTET_STRING, filled);
      int start = HEADER_ROOM - header.length;
      System.arraycopy(header, 0, chunk, start, header.length);
      out.write(chunk, start, header.length + filled);
      filled = 0;
    }

    void finish() throws IOException {
      if (filled > 0) {
        emit();
      }
    }
  }
}
