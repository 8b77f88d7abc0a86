package dev.as2.transport;

import dev.as2.mime.BlockInput;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request's body between the event loop, which fills it, and a handler, which waits in it.
 *
 * <p>Asks for more only while it holds less than {@value #MOST_BYTES} bytes, so that it holds at
 * most one read of the socket more than that.
 */
final class RequestBody extends BlockInput {
  static final int MOST_BYTES = 256 << 10;

  private final Runnable wanted;
  private final Runnable drained;
  private final Deque<ByteBuf> parts = new ArrayDeque<>(); // this and all below: guarded by this
  private int held;
  private boolean asked;
  private boolean full;
  private boolean ended;
  private boolean abandoned;
  private @Nullable IOException broken;

  /**
   * @param wanted runs once, when the handler reads for the first time
   * @param drained runs each time that a full body has room again
   */
  RequestBody(Runnable wanted, Runnable drained) {
    this.wanted = wanted;
    this.drained = drained;
  }

  /** Takes a part over; gives whether there is room for another. */
  synchronized boolean add(ByteBuf part) {
    if (abandoned || !part.isReadable()) {
      part.release();
    } else {
      parts.add(part);
      held += part.readableBytes();
      notifyAll();
    }
    full = held >= MOST_BYTES;
    return !full;
  }

  /** The whole body has come. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** No more will come, and it is not whole. */
  synchronized void fail(IOException why) {
    if (!ended && broken == null) {
      broken = why;
      notifyAll();
    }
  }

  /** Whether the whole body has come. */
  synchronized boolean hasEnded() {
    return ended;
  }

  /** Whether it waits for octets, rather than its octets for the handler. */
  synchronized boolean isWaiting() {
    return !ended && !full;
  }

  /** Nobody will read it any more. */
  synchronized void abandon() {
    abandoned = true;
    parts.forEach(ByteBuf::release);
    parts.clear();
    held = 0;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    ask();
    return take(into, offset, length);
  }

  private void ask() {
    boolean first;
    synchronized (this) {
      first = !asked;
      asked = true;
    }
    if (first) {
      wanted.run();
    }
  }

  private int take(byte[] into, int offset, int length) throws IOException {
    boolean room;
    int some;
    synchronized (this) {
      ByteBuf part = awaitPart();
      if (part == null) {
        return -1;
      }
      some = Math.min(length, part.readableBytes());
      part.readBytes(into, offset, some);
      held -= some;
      if (!part.isReadable()) {
        parts.remove().release();
      }
      room = full && held <= MOST_BYTES / 2;
      full = full && !room;
    }
    if (room) {
      drained.run();
    }
    return some;
  }

  private @Nullable ByteBuf awaitPart() throws IOException {
    while (parts.isEmpty() && !ended && broken == null && !abandoned) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while the request was coming in");
      }
    }
    if (abandoned) {
      throw new IOException("the request has been answered");
    }
    if (parts.isEmpty() && broken != null) {
      throw new IOException(broken.getMessage(), broken);
    }
    return parts.peek();
  }

  /** How many bytes can be read without waiting. */
  @Override
  public synchronized int available() {
    return held;
  }
}
