package dev.as2.mime;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The parts of a multipart body, one after the other, as they arrive (RFC 2046 §5.1). Each part's
 * octets are raw, without the line break that belongs to the boundary after it. Holds one block of
 * {@value #BLOCK_BYTES} bytes.
 */
public final class MultipartInput {
  private static final int BLOCK_BYTES = 64 << 10;
  private static final int MAX_BOUNDARY_LENGTH = 200;
  private static final int UNKNOWN = -1;

  /** What has to be seen behind a boundary to know that it ends there. */
  private static final int TAIL = 2;

  private final InputStream in;
  private final byte[] delimiter;
  private final byte[] block = new byte[BLOCK_BYTES];
  private int position;
  private int limit;
  private int delimiterAt = UNKNOWN;

  /**
   * @param boundary from the Content-Type, without the hyphens
   * @throws MimeException where it is empty or longer than any
   */
  public MultipartInput(InputStream in, String boundary) throws MimeException {
    if (boundary.isEmpty() || boundary.length() > MAX_BOUNDARY_LENGTH) {
      throw new MimeException("a multipart has no boundary, or one that is too long");
    }
    this.in = in;
    this.delimiter = ("\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    block[limit++] = '\n'; // so that a boundary at the very beginning is found like any other
  }

  /**
   * The next part; what is left of the one before (or of the preamble) is skipped.
   *
   * @throws MimeException where there is none
   */
  public InputStream nextPart() throws IOException {
    return anotherPart()
        .orElseThrow(() -> new MimeException("a multipart has fewer parts than it needs"));
  }

  /**
   * The next part; what is left of the one before (or of the preamble) is skipped. Empty, and not
   * to be called again, where the last boundary has come.
   */
  public Optional<InputStream> anotherPart() throws IOException {
    new Part().transferTo(OutputStream.nullOutputStream());
    position += delimiter.length;
    delimiterAt = UNKNOWN;
    int octet = octet();
    if (octet == '-') {
      return Optional.empty();
    }
    while (octet != '\n') {
      octet = octet();
    }
    return Optional.of(new Part());
  }

  private int octet() throws IOException {
    if (position == limit) {
      fill();
    }
    return block[position++] & 0xFF;
  }

  /** Moves what is unread to the front and reads more behind it. */
  private void fill() throws IOException {
    System.arraycopy(block, position, block, 0, limit - position);
    limit -= position;
    position = 0;
    int n = in.read(block, limit, block.length - limit);
    if (n < 0) {
      throw new EOFException("a multipart ended before its last boundary");
    }
    limit += n;
  }

  private int findDelimiter() {
    int last = limit - delimiter.length - TAIL;
    for (int i = position; i <= last; i++) {
      if (block[i] == '\n' && matchesAt(i)) {
        return i;
      }
    }
    return UNKNOWN;
  }

  private boolean matchesAt(int index) {
    for (int i = 1; i < delimiter.length; i++) {
      if (block[index + i] != delimiter[i]) {
        return false;
      }
    }
    return endsAt(index + delimiter.length);
  }

  /** A boundary is followed by two hyphens or by white space; otherwise it is a longer one. */
  private boolean endsAt(int index) {
    byte next = block[index];
    return next == '\r'
        || next == '\n'
        || next == ' '
        || next == '\t'
        || (next == '-' && block[index + 1] == '-');
  }

  /** Octets up to the next delimiter. */
  private final class Part extends BlockInput {
    /** Octets before this index are the part's own for certain. */
    private int certain = position;

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      while (position >= certain) {
        if (delimiterAt != UNKNOWN) {
          position = delimiterAt;
          return -1;
        }
        scan();
      }
      int n = Math.min(length, certain - position);
      System.arraycopy(block, position, target, offset, n);
      position += n;
      return n;
    }

    private void scan() throws IOException {
      delimiterAt = findDelimiter();
      if (delimiterAt != UNKNOWN) {
        boolean crlf = delimiterAt > position && block[delimiterAt - 1] == '\r';
        certain = crlf ? delimiterAt - 1 : delimiterAt;
        return;
      }
      certain = limit - delimiter.length - TAIL;
      if (certain <= position) {
        fill();
        certain = position;
      }
    }
  }
}
