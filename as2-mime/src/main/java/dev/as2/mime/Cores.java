package dev.as2.mime;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The processor's other cores, for work that a message's own thread would otherwise do itself.
 *
 * <p>Work is taken only where a helper is free, and nothing waits for one: whoever gets no helper
 * does the work itself, so that many messages at once neither starve nor block one another. A work
 * that was taken is running, or about to, whatever its giver does. The helpers are daemon threads,
 * which end when they have had nothing to do for a while. For use from any thread.
 */
final class Cores {
  /** Those of this process: as many helpers as there are processors. */
  static final Cores SHARED = new Cores(Runtime.getRuntime().availableProcessors());

  private static final int IDLE_SECONDS = 10;

  private final int helpers;
  private final Semaphore free;
  private final ThreadPoolExecutor threads;

  /**
   * @param helpers how many works run at a time at most; with 0 everybody does everything himself
   */
  Cores(int helpers) {
    this.helpers = helpers;
    this.free = new Semaphore(helpers);
    // The queue holds a work only while the thread that has just become free comes for it.
    this.threads =
        new ThreadPoolExecutor(
            Math.max(1, helpers),
            Math.max(1, helpers),
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Cores::thread);
    threads.allowCoreThreadTimeOut(true);
  }

  /** Inherits nothing from whoever happens to be the first to need it. */
  private static Thread thread(Runnable work) {
    Thread thread = new Thread(null, work, "as2-core", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
    return thread;
  }

  /** How many works run at a time at most. */
  int helpers() {
    return helpers;
  }

  /**
   * Has a work done by a helper, if one is free.
   *
   * @return what completes when the work has ended, and with its exception where it failed; empty
   *     where no helper is free, and then the work is the caller's to do
   */
  Optional<CompletableFuture<Void>> run(Runnable work) {
    if (!free.tryAcquire()) {
      return Optional.empty();
    }
    boolean taken = false;
    try {
      CompletableFuture<Void> ended = CompletableFuture.runAsync(() -> freeing(work), threads);
      taken = true;
      return Optional.of(ended);
    } finally {
      if (!taken) { // no thread could be started
        free.release();
      }
    }
  }

  /** Frees the helper before anybody hears that its work has ended. */
  private void freeing(Runnable work) {
    try {
      work.run();
    } finally {
      free.release();
    }
  }
}
