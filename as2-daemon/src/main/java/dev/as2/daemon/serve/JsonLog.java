package dev.as2.daemon.serve;

import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Makes the process log lines of JSON on its error stream. */
public final class JsonLog {
  private JsonLog() {}

  /** From now on, with the levels that are set. */
  public static void install() {
    Logger root = Logger.getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    ConsoleHandler lines = new ConsoleHandler();
    lines.setLevel(Level.ALL);
    lines.setFormatter(new JsonLines());
    root.addHandler(lines);
  }
}
