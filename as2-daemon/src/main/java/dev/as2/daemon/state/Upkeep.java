package dev.as2.daemon.state;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Work that comes back from time to time. */
public final class Upkeep {
  private Upkeep() {}

  /** A scheduler with one thread, which keeps no process alive. */
  public static ScheduledExecutorService scheduler(String name) {
    return Executors.newSingleThreadScheduledExecutor(task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    });
  }
}
