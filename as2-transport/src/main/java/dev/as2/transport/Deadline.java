package dev.as2.transport;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One timer, running or not. For use on its event loop only. */
final class Deadline {
  private final EventExecutor loop;
  private @Nullable Future<?> running;

  Deadline(EventExecutor loop) {
    this.loop = loop;
  }

  /** Starts it anew: {@code late} runs on the event loop unless it is stopped before. */
  void start(Duration after, Runnable late) {
    stop();
    running = loop.schedule(late, after.toNanos(), TimeUnit.NANOSECONDS);
  }

  void stop() {
    if (running != null) {
      running.cancel(false);
      running = null;
    }
  }
}
