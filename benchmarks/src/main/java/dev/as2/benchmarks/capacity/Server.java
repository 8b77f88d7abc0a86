package dev.as2.benchmarks.capacity;

import java.util.ArrayList;
import java.util.List;

/** A database's server: cores, the way to it, and a log that is flushed for all who wait at once. */
final class Server {
  private final Clockwork clock;
  private final Station cores;
  private final double cpuOfWrite;
  private final double wayOfStatement;
  private final double flush;
  private List<Runnable> waiting = new ArrayList<>();
  private boolean flushing;
  private long flushes;
  private double flushingSeconds;

  Server(Clockwork clock, Costs costs, int cores) {
    this.clock = clock;
    this.cores = new Station(clock, cores);
    this.cpuOfWrite = costs.of("databaseCpuPerTransfer") / costs.of("writesPerTransfer");
    this.wayOfStatement = costs.of("databaseRoundTrip") * costs.of("statementsPerWrite");
    this.flush = costs.of("logFlush");
  }

  /** So many writes, one after the other on one connection. */
  void statements(int count, Runnable then) {
    clock.after(count * wayOfStatement, () -> cores.serve(count * cpuOfWrite, then));
  }

  /** Goes on when the log is on the disk. */
  void commit(Runnable then) {
    waiting.add(then);
    if (!flushing) {
      flushing = true;
      clock.after(wayOfStatement, this::flush);
    }
  }

  private void flush() {
    List<Runnable> these = waiting;
    waiting = new ArrayList<>();
    flushes++;
    flushingSeconds += flush;
    clock.after(
        flush,
        () -> {
          flushing = !waiting.isEmpty();
          if (flushing) {
            clock.after(0, this::flush);
          }
          these.forEach(Runnable::run);
        });
  }

  Station cores() {
    return cores;
  }

  void reset() {
    cores.reset();
    flushes = 0;
    flushingSeconds = 0;
  }

  long flushes() {
    return flushes;
  }

  double flushingSeconds() {
    return flushingSeconds;
  }
}
