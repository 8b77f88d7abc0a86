package dev.as2.s3;

import dev.as2.core.As2Exception;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A range of an object that a thread of the store fetches into memory. It has room for one part,
 * and gives it back when it is dropped and nobody writes into its array any more.
 */
final class Part {
  /** A read takes no more than this, so that a fetch whose part was dropped ends soon. */
  private static final int SLICE = 128 << 10;

  private enum State {
    WAITING,
    FETCHING,
    ENDED,
    DROPPED
  }

  private final ReadAhead ahead;
  private final S3Reading reading;
  private final Range range;
  private final FutureTask<byte[]> fetch;
  private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

  /**
   * @param array an array to fetch into, where it is large enough
   */
  Part(ReadAhead ahead, S3Reading reading, Range range, byte[] array) {
    this.ahead = ahead;
    this.reading = reading;
    this.range = range;
    this.fetch = new FutureTask<>(() -> fetch(array));
  }

  void start() throws As2Exception {
    try {
      ahead.threads().execute(fetch);
    } catch (RejectedExecutionException e) {
      drop();
      throw closed(e);
    }
  }

  int length() {
    return (int) range.length();
  }

  /** Waits for the bytes; the array may be longer than they are. */
  byte[] bytes() throws IOException {
    try {
      return fetch.get();
    } catch (ExecutionException e) {
      throw rethrown(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted = new InterruptedIOException("interrupted while reading");
      interrupted.initCause(e);
      throw interrupted;
    }
  }

  /** Nobody wants the bytes any more; a fetch ends with the read that it is in. */
  void drop() {
    if (state.getAndSet(State.DROPPED) != State.FETCHING) {
      ahead.giveRoomBack();
    }
  }

  /** Gives up the array, and with it the room, to another part. */
  private byte[] fetch(byte[] array) throws IOException {
    if (!state.compareAndSet(State.WAITING, State.FETCHING)) {
      return array;
    }
    try {
      byte[] bytes = array.length < length() ? new byte[length()] : array;
      fill(bytes);
      return bytes;
    } finally {
      if (!state.compareAndSet(State.FETCHING, State.ENDED)) {
        ahead.giveRoomBack();
      }
    }
  }

  private void fill(byte[] bytes) throws IOException {
    try (S3ObjectStream in = S3ObjectStream.goOn(reading, range)) {
      int filled = 0;
      while (filled < length() && state.get() == State.FETCHING) {
        if (ahead.isClosed()) {
          throw closed(new IOException("closed at byte " + (range.from() + filled)));
        }
        filled += in.read(bytes, filled, Math.min(SLICE, length() - filled));
      }
    }
  }

  private As2Exception closed(Exception cause) {
    return reading.unavailable(": the store has been closed", cause);
  }

  private static IOException rethrown(ExecutionException failed) {
    if (failed.getCause() instanceof IOException fault) {
      return fault;
    }
    throw new IllegalStateException(failed.getCause());
  }
}
