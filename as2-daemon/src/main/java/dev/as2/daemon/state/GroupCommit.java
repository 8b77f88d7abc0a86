package dev.as2.daemon.state;

import dev.as2.daemon.state.Database.Work;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Writers that take all writes that wait, up to {@link ServeLimits#BATCH_WRITES}, and commit them
 * at once: while one commit waits for the disk, the next batch gathers. Safe for use by several
 * threads.
 */
final class GroupCommit {
  private final Batches batches;
  private final DatabaseFaults faults;
  private final List<Thread> writers = new ArrayList<>();
  private final Deque<Write<?>> waiting = new ArrayDeque<>();
  private final AtomicLong writes = new AtomicLong();
  private boolean closed;

  GroupCommit(Pools pools) {
    this.batches = new Batches(pools);
    this.faults = pools.faults();
    for (int i = 0; i < pools.writers(); i++) {
      Thread writer = new Thread(this::work, "as2-database-" + i);
      writer.setDaemon(true);
      writers.add(writer);
    }
    writers.forEach(Thread::start);
  }

  <T extends @Nullable Object> T run(Work<T> work) throws IOException {
    if (writers.contains(Thread.currentThread())) {
      throw new IllegalStateException("a write within a write would wait for itself");
    }
    Write<T> write = new Write<>(work);
    synchronized (waiting) {
      if (closed) {
        throw faults.closed();
      }
      waiting.add(write);
      waiting.notify();
    }
    T result = write.await(faults);
    writes.incrementAndGet();
    return result;
  }

  /** How many have ended well. */
  long writes() {
    return writes.get();
  }

  /** How many transactions carried them. */
  long commits() {
    return batches.commits();
  }

  private void work() {
    List<Write<?>> batch = next();
    while (!batch.isEmpty()) {
      batches.run(batch);
      batch = next();
    }
  }

  /** All that wait, up to a bound; none when there will be no more. */
  private List<Write<?>> next() {
    List<Write<?>> batch = new ArrayList<>();
    synchronized (waiting) {
      while (waiting.isEmpty() && !closed) {
        try {
          waiting.wait();
        } catch (InterruptedException e) {
          // Nobody has a reason to: writers end when they are closed, and lose no write before.
          throw new IllegalStateException("a writer of the database was interrupted", e);
        }
      }
      while (!waiting.isEmpty() && batch.size() < ServeLimits.BATCH_WRITES) {
        batch.add(waiting.remove());
      }
    }
    return batch;
  }

  /** Waits for what is under way. */
  void close() {
    synchronized (waiting) {
      closed = true;
      waiting.notifyAll();
    }
    boolean interrupted = false;
    for (Thread writer : writers) {
      while (writer.isAlive()) {
        try {
          writer.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
