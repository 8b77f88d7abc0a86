package dev.as2.s3;

import dev.as2.core.As2Exception;
import dev.as2.mime.BlockInput;
import java.io.IOException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Reads a range of one version of an object, straight from the connection into the reader's array.
 * Where the connection breaks, it asks again for the rest of the same version, {@value
 * #MAX_RESUMPTIONS} times at most in one reading. Holds no content.
 */
final class S3ObjectStream extends BlockInput {
  static final int MAX_RESUMPTIONS = 10;

  private final S3Reading reading;
  private final long end;
  private ResponseInputStream<GetObjectResponse> in;
  private long position;
  private int resumptions;
  private long given;
  private long waitedNanos;

  private S3ObjectStream(
      S3Reading reading, Range range, ResponseInputStream<GetObjectResponse> in, int resumptions) {
    this.reading = reading;
    this.position = range.from();
    this.end = Math.max(range.to(), position + in.response().contentLength());
    this.in = in;
    this.resumptions = resumptions;
  }

  /** The first stream of a reading. */
  static S3ObjectStream begin(S3Reading reading, Range range) throws As2Exception {
    return new S3ObjectStream(reading, range, reading.begin(range), reading.resumptions());
  }

  /** A later stream of a reading: where the object has gone, it has changed. */
  static S3ObjectStream goOn(S3Reading reading, Range range) throws As2Exception {
    int resumptions = reading.resumptions();
    return new S3ObjectStream(reading, range, reading.goOn(range), resumptions);
  }

  /** The byte behind its last; behind the range's where a server that knows no ranges sends all. */
  long end() {
    return end;
  }

  /** The bytes that were read so far. */
  long given() {
    return given;
  }

  /** How long the reader has waited for them; what came unasked meanwhile took no time. */
  long waitedNanos() {
    return waitedNanos;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    long remaining = end - position;
    if (remaining == 0) {
      return -1;
    }
    int wanted = (int) Math.min(length, remaining);
    long begin = System.nanoTime();
    int count = readOrResume(bytes, offset, wanted);
    while (count < 0) {
      count = readOrResume(bytes, offset, wanted);
    }
    position += count;
    given += count;
    waitedNanos += System.nanoTime() - begin;
    return count;
  }

  /** What was read, or -1 where the connection broke and another goes on. */
  private int readOrResume(byte[] bytes, int offset, int length) throws As2Exception {
    Exception broken;
    try {
      int count = in.read(bytes, offset, length);
      if (count >= 0) {
        return count;
      }
      broken = new IOException("early end at byte " + position);
    } catch (IOException | SdkException e) {
      broken = e;
    }
    resume(broken);
    return -1;
  }

  private void resume(Exception cause) throws As2Exception {
    in.abort();
    if (!reading.mayResume(resumptions)) {
      throw reading.broken(cause);
    }
    resumptions = reading.resumptions();
    in = reading.goOn(new Range(position, end));
  }

  /** Ends the request; the connection serves the next one where all has been read. */
  @Override
  public void close() throws IOException {
    if (position == end) {
      in.close();
    } else {
      in.abort(); // not close(), which would read what is left
    }
  }
}
