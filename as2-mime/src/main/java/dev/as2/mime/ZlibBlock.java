package dev.as2.mime;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.zip.Adler32;
import java.util.zip.Deflater;

/**
 * One block of a {@link ZlibOutput}: octets, the window of octets before them, which deflate may
 * point back into (RFC 1951 §2), and what comes of deflating them. That depends on nothing else.
 *
 * <p>Holds at most {@value #MOST_BYTES} bytes, less while it was never full; and zlib's state of
 * 256 KiB while it deflates.
 */
final class ZlibBlock {
  /** Octets per block: long enough that the window and the Huffman codes cost next to nothing. */
  static final int BLOCK_BYTES = 128 << 10;

  /** How far back deflate can point. */
  static final int WINDOW_BYTES = 32 << 10;

  /** What a block holds at most. */
  static final int MOST_BYTES = WINDOW_BYTES + BLOCK_BYTES + deflatedBytes(BLOCK_BYTES);

  private static final int SMALL_BYTES = 8 << 10;

  private final Adler32 adler = new Adler32();
  private byte[] octets;
  private int start;
  private int end;
  private byte[] deflated = new byte[0];
  private int deflatedLength;

  private ZlibBlock(int capacity) {
    this.octets = new byte[capacity];
  }

  /** The first of a message, which may be its only one: as small as its content. */
  static ZlibBlock small() {
    return new ZlibBlock(SMALL_BYTES);
  }

  /** One of many. */
  static ZlibBlock large() {
    return new ZlibBlock(WINDOW_BYTES + BLOCK_BYTES);
  }

  /**
   * More than any zlib makes of so many octets: the original adds 5 bytes per 16 KiB or so, zlib-ng
   * up to an eighth, and both a few at the end. The room must not run out, as the octets would
   * depend on where it did.
   */
  private static int deflatedBytes(int length) {
    return length + length / 8 + 256;
  }

  /** Empties it, to go on where a full block ends, which may be itself. */
  void follow(ZlibBlock before) {
    start = Math.min(WINDOW_BYTES, before.end);
    System.arraycopy(before.octets, before.end - start, octets, 0, start);
    end = start;
  }

  boolean isFull() {
    return length() == BLOCK_BYTES;
  }

  /** How many octets are in it. */
  int length() {
    return end - start;
  }

  /** Takes as many of the octets as it has room for, and says how many. */
  int take(byte[] source, int offset, int length) {
    int n = Math.min(length, BLOCK_BYTES - length());
    if (end + n > octets.length) {
      int capacity = Math.max(2 * octets.length, end + n);
      octets = Arrays.copyOf(octets, Math.min(capacity, WINDOW_BYTES + BLOCK_BYTES));
    }
    System.arraycopy(source, offset, octets, end, n);
    end += n;
    return n;
  }

  /** Deflates it, with a state of zlib's that lives no longer than this takes. */
  void deflate(int level, Ending ending) {
    adler.reset();
    adler.update(octets, start, length());
    if (deflated.length < deflatedBytes(length())) {
      deflated = new byte[deflatedBytes(length())];
    }
    Deflater deflater = new Deflater(level, true);
    try {
      deflater.setDictionary(octets, 0, start);
      deflater.setInput(octets, start, length());
      if (ending == Ending.LAST) {
        deflater.finish();
      }
      deflatedLength = deflater.deflate(deflated, 0, deflated.length, Deflater.SYNC_FLUSH);
    } finally {
      deflater.end();
    }
    if (deflatedLength == deflated.length) {
      throw new IllegalStateException(
          "zlib made %d bytes of %d".formatted(deflatedLength, length()));
    }
  }

  /** How a block ends. */
  enum Ending {
    /** At a whole octet, with another block to follow. */
    FOLLOWED,
    /** The stream with it. */
    LAST
  }

  /** Writes what has been deflated. */
  void writeTo(OutputStream out) throws IOException {
    out.write(deflated, 0, deflatedLength);
  }

  /** The Adler-32 of its octets, once they are deflated. */
  long adler() {
    return adler.getValue();
  }
}
