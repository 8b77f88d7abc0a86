package dev.as2.s3;

import dev.as2.core.As2Exception;
import dev.as2.mime.BlockInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Reads one version of a large object straight from a connection, as long as that gives bytes fast
 * enough: then more connections would only cost. Otherwise a part is read so, and meanwhile the
 * next ones come into memory, each from a connection of its own. Where one connection is fast
 * enough, or the store has no room, it is read for {@value #STRETCH} parts' length before that is
 * asked again.
 *
 * <p>Holds as many parts as the {@link ReadAhead} allows, one stream and all streams together, and
 * fetches one into the array of another that has been read.
 */
final class ReadAheadStream extends BlockInput {
  /** Long enough that a new request costs nothing to speak of. */
  static final int STRETCH = 32;

  /** How much of the first part tells how fast a connection is: an eighth. */
  private static final int SAMPLES = 8;

  private static final byte[] NO_ARRAY = {};

  private final ReadAhead ahead;
  private final S3Reading reading;

  /** In their order, the one to read next first; none of them is {@link #current}. */
  private final Deque<Part> parts = new ArrayDeque<>();

  /** Whose bytes {@link #in} has; null where that is a connection. */
  private @Nullable Part current;

  /** The connection that is read, or was last. */
  private S3ObjectStream direct;

  /** What is read: {@link #direct} or {@link #current}. */
  private InputStream in;

  /** The first byte that nobody has been asked for. */
  private long next;

  private boolean sampling;
  private boolean closed;

  ReadAheadStream(ReadAhead ahead, S3Reading reading, long offset) throws As2Exception {
    this.ahead = ahead;
    this.reading = reading;
    this.sampling = ahead.room() > 0;
    this.direct = S3ObjectStream.begin(reading, straight(offset, sampling));
    this.next = direct.end();
    this.in = direct;
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
    if (sampling && direct.given() >= ahead.settings().partBytes() / SAMPLES) {
      sampling = false;
      fetchAhead(ahead.isTooSlow(direct));
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
      boolean parallel = ahead.room() > 0 && ahead.isTooSlow(direct);
      direct = S3ObjectStream.goOn(reading, straight(next, parallel));
      next = direct.end();
      in = direct;
      fetchAhead(parallel);
    } else {
      fetchAhead(true);
      byte[] bytes = parts.element().bytes();
      current = parts.remove();
      in = new ByteArrayInputStream(bytes, 0, current.length());
    }
  }

  /** What to read from a connection: one part where others may be fetched meanwhile. */
  private Range straight(long from, boolean parallel) {
    long count = parallel ? 1 : STRETCH;
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

  private void fetchAhead(boolean wanted) throws As2Exception {
    while (wanted
        && next < reading.length()
        && parts.size() < ahead.settings().parts()
        && ahead.takeRoom()) {
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
