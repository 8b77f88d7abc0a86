package dev.as2.daemon;

import dev.as2.core.ConnectorRuntime;
import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Cancels what is under way when the process is told to end (Ctrl-C, SIGTERM), so that records say
 * so; the process ends when they are written and the command has told of it.
 */
final class Interruption implements AutoCloseable {
  private static final int LAST_WORDS_SECONDS = 2;

  private final ConnectorRuntime runtime;
  private final PrintWriter err;
  private final CountDownLatch told = new CountDownLatch(1);
  private final Thread hook = new Thread(this::end, "as2-interruption");

  Interruption(ConnectorRuntime runtime, PrintWriter err) {
    this.runtime = runtime;
    this.err = err;
  }

  /** Watches until it is closed. */
  void watch() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void end() {
    err.println("as2: Interrupted; cancelling what is under way.");
    runtime.close();
    try {
      boolean inTime = told.await(LAST_WORDS_SECONDS, TimeUnit.SECONDS);
      if (!inTime) {
        err.println("as2: Interrupted before everything was told; see the records.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    told.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending: the hook runs, and has just been told that it may end.
    }
  }
}
