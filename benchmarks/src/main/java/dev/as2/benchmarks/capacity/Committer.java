package dev.as2.benchmarks.capacity;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A daemon's writers: each takes all writes that wait, up to a bound, sends their statements one
 * after the other, and commits once for all.
 */
final class Committer {
  private static final int BATCH = 256;

  private final Clockwork clock;
  private final Server server;
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private int free;
  private long commits;

  Committer(Clockwork clock, Server server, int writers) {
    this.clock = clock;
    this.server = server;
    this.free = writers;
  }

  /** Writes; goes on when that is durable. */
  void write(Runnable then) {
    waiting.add(then);
    if (free > 0) {
      free--;
      clock.after(0, this::begin);
    }
  }

  private void begin() {
    List<Runnable> batch = new ArrayList<>();
    while (!waiting.isEmpty() && batch.size() < BATCH) {
      batch.add(waiting.remove());
    }
    if (batch.isEmpty()) {
      free++;
      return;
    }
    commits++;
    server.statements(
        batch.size(),
        () ->
            server.commit(() -> {
              batch.forEach(Runnable::run);
              begin();
            }));
  }

  long commits() {
    return commits;
  }
}
