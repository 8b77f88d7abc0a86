package dev.as2.s3;

import dev.as2.core.As2Exception;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Reads one version of a large object: a part straight from a connection, and meanwhile the next
 * ones into memory, each from a connection of its own. Where the store has no room for parts, one
 * connection is read for {@value #STRETCH} parts' length; then there may be room again.
 *
 * <p>Holds as many parts as the {@link ReadAhead} allows, one stream and all streams together, and
 * fetches one into the array of another that has been read.
 */
final class ReadAheadStream extends InputStream {
  /** Long enough that a new request costs nothing to speak of. */
  static final int STRETCH = 32;

  private static final byte[] NO_ARRAY = {};

  private final ReadAhead ahead;
  private final S3Reading reading;

  /** In their order, the one to read next first; none of them is {@link #current}. */
  private final Deque<Part> parts = new ArrayDeque<>();

  /** What {@link #in} reads; null where that is a connection. */
  private @Nullable Part current;

  private InputStream in;

  /** The first byte that nobody has been asked for. */
  private long next;

  private boolean closed;

  ReadAheadStream(ReadAhead ahead, S3Reading reading, long offset) throws IOException {
    this.ahead = ahead;
    this.reading = reading;
    S3ObjectStream first = S3ObjectStream.begin(reading, straight(offset));
    this.next = first.end();
    this.in = first;
    try {
      fetchAhead();
    } catch (As2Exception e) {
      close();
      throw e;
    }
  }

  @Override
  public int read() throws IOException {
    byte[] octet = new byte[1];
    return read(octet, 0, 1) < 0 ? -1 : octet[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (closed) {
      throw new IOException("the stream is closed");
    }
    if (length == 0) {
      return 0;
    }
    int count = in.read(bytes, offset, length);
    while (count < 0 && !atEnd()) {
      proceed();
      count = in.read(bytes, offset, length);
    }
    return count;
  }

  /** Whether nothing comes after what {@link #in} reads. */
  private boolean atEnd() {
    return parts.isEmpty() && next == reading.length();
  }

  private void proceed() throws IOException {
    in.close();
    reuse();
    if (parts.isEmpty()) {
      S3ObjectStream direct = S3ObjectStream.goOn(reading, straight(next));
      next = direct.end();
      in = direct;
      fetchAhead();
    } else {
      fetchAhead();
      byte[] bytes = parts.element().bytes();
      current = parts.remove();
      in = new ByteArrayInputStream(bytes, 0, current.length());
    }
  }

  /** What to read from a connection: one part where others can be fetched meanwhile. */
  private Range straight(long from) {
    long count = ahead.room() > 0 ? 1 : STRETCH;
    return range(from, count * ahead.settings().partBytes());
  }

  /** The part that has been read makes room for another, unless none is being fetched any more. */
  private void reuse() throws IOException {
    Part read = current;
    current = null;
    if (read == null) {
      return;
    }
    if (parts.isEmpty() || next == reading.length()) {
      read.drop();
    } else {
      fetch(read.bytes());
    }
  }

  private void fetchAhead() throws As2Exception {
    while (next < reading.length() && parts.size() < ahead.settings().parts() && ahead.takeRoom()) {
      fetch(NO_ARRAY);
    }
  }

  private void fetch(byte[] array) throws As2Exception {
    Part part = new Part(ahead, reading, range(next, ahead.settings().partBytes()), array);
    part.start();
    parts.add(part);
    next += part.length();
  }

  private Range range(long from, long length) {
    return new Range(from, Math.min(reading.length(), from + length));
  }

  @Override
  public void close() throws IOException {
    closed = true;
    release();
    in.close();
  }

  private void release() {
    parts.forEach(Part::drop);
    parts.clear();
    if (current != null) {
      current.drop();
      current = null;
    }
  }
}
