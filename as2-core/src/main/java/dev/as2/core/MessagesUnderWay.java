package dev.as2.core;

import java.io.InterruptedIOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Which messages are being received at the moment, each of them once. Thread-safe.
 *
 * <p>A sender whose connection broke sends again at once, and may be faster than the end of its
 * first connection is known here; so a copy waits a little.
 */
final class MessagesUnderWay {
  private final Set<MessageKey> keys = new HashSet<>();

  /**
   * Waits until no other connection brings this message, at most {@link Limits#COPY_WAIT_MILLIS}.
   *
   * @return whether the caller is the one who receives it now, and has to {@link #leave}
   */
  synchronized boolean enter(MessageKey key) throws InterruptedIOException {
    long began = System.nanoTime();
    while (!keys.add(key)) {
      long left =
          Limits.COPY_WAIT_MILLIS - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
      if (left <= 0) {
        return false;
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("the server is being closed");
      }
    }
    return true;
  }

  /** It is received, or not. */
  synchronized void leave(MessageKey key) {
    keys.remove(key);
    notifyAll();
  }
}
