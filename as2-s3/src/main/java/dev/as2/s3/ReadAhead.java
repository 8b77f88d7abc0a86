package dev.as2.s3;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The room and the threads that all large objects of a store share while they are read ahead. Room
 * is for whole parts: {@code totalBytes / partBytes} of them, each with one thread and one
 * connection at most. Nobody waits for room. Safe for use by several threads.
 */
final class ReadAhead implements AutoCloseable {
  private static final int IDLE_SECONDS = 5;

  private final Settings settings;
  private final Semaphore room;
  private final ThreadPoolExecutor threads;

  ReadAhead(Settings settings) {
    this.settings = settings;
    int parts = settings.totalParts();
    this.room = new Semaphore(parts);
    this.threads =
        new ThreadPoolExecutor(
            Math.max(parts, 1),
            Math.max(parts, 1),
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            daemons());
    this.threads.allowCoreThreadTimeOut(true);
  }

  /**
   * The sizes.
   *
   * @param fromBytes objects with at least so much left to read are read ahead
   * @param belowBytesPerSecond they are where a connection gives less than this
   * @param parts how many parts a stream holds at most; 0 where nothing is read ahead
   * @param totalBytes what all streams of the store hold at most
   */
  record Settings(
      long fromBytes, long belowBytesPerSecond, int partBytes, int parts, long totalBytes) {
    Settings {
      if (fromBytes < 0
          || belowBytesPerSecond < 0
          || partBytes <= 0
          || parts < 0
          || totalBytes < 0) {
        throw new IllegalArgumentException(
            ("The sizes of reading ahead are %d, %d, %d, %d, %d:"
                    + " none may be negative, nor a part empty")
                .formatted(fromBytes, belowBytesPerSecond, partBytes, parts, totalBytes));
      }
    }

    int totalParts() {
      return (int) Math.min(totalBytes / partBytes, Integer.MAX_VALUE);
    }
  }

  Settings settings() {
    return settings;
  }

  /** Whether an object with so many bytes left to read is read ahead. */
  boolean isWorth(long bytes) {
    return bytes >= settings.fromBytes() && bytes > settings.partBytes() && settings.parts() > 0;
  }

  /** Whether several connections should do what this one does. */
  boolean isTooSlow(S3ObjectStream connection) {
    double seconds = connection.waitedNanos() / 1e9;
    return connection.given() < settings.belowBytesPerSecond() * seconds;
  }

  /** Takes room for one part, where there is some. */
  boolean takeRoom() {
    return room.tryAcquire();
  }

  void giveRoomBack() {
    room.release();
  }

  /** How many parts there is room for now. */
  int room() {
    return room.availablePermits();
  }

  /** Who has room starts no more than it has room for, so that nothing waits here for a thread. */
  Executor threads() {
    return threads;
  }

  private static ThreadFactory daemons() {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, "as2-s3-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  boolean isClosed() {
    return threads.isShutdown();
  }

  /** Every fetch ends with the read that it is in, and fails. */
  @Override
  public void close() {
    threads.shutdown(); // no interrupts: the SDK's streams cannot be closed by who is interrupted
  }
}
