package dev.as2.transport;

import dev.as2.core.As2Response.Timings;
import java.time.Duration;

/** When the parts of one POST began. For use by one thread at a time. */
final class Moments {
  private final long asked = System.nanoTime();
  private long open = asked;
  private long written = asked;
  private long answered = asked;
  private boolean reused;

  /** The connection is usable. */
  void open() {
    open = System.nanoTime();
    reused = false;
  }

  /** The connection is usable, and was before. */
  void reused() {
    open();
    reused = true;
  }

  /** The last octet of the message left. */
  void written() {
    written = System.nanoTime();
  }

  /** The first octet of the answer came. */
  void answered() {
    answered = System.nanoTime();
  }

  /** The durations, now that the answer's last octet came. */
  Timings timings(boolean sentWhole) {
    long now = System.nanoTime();
    return new Timings(
        Duration.ofNanos(reused ? 0 : open - asked),
        Duration.ofNanos((sentWhole ? written : answered) - open),
        Duration.ofNanos(sentWhole ? answered - written : 0),
        Duration.ofNanos(now - answered));
  }
}
