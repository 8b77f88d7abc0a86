package dev.as2.transport;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One timer, running or not. For use on its event loop only. */
final class Deadline {
  private final EventExecutor loop;
  private final Consumer<Throwable> broken;
  private @Nullable Future<?> running;

  /**
   * @param broken told what {@code late} throws, which would be lost on the event loop
   */
  Deadline(EventExecutor loop, Consumer<Throwable> broken) {
    this.loop = loop;
    this.broken = broken;
  }

  /** Starts it anew: {@code late} runs on the event loop unless it is stopped before. */
  void start(Duration after, Runnable late) {
    stop();
    running = loop.schedule(() -> run(late), after.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void run(Runnable late) {
    try {
      late.run();
    } catch (RuntimeException | Error e) {
      broken.accept(e);
    }
  }

  void stop() {
    if (running != null) {
      running.cancel(false);
      running = null;
    }
  }
}
