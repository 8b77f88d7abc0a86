package dev.as2.core;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where a transfer stands: at rest (waiting for a thread, for its partner, for its next attempt),
 * in a step, or at its end. It is abandoned only while it rests, so that its journal hears nothing
 * afterwards. Safe for use by several threads.
 */
final class Course {
  private enum Phase {
    RESTS,
    STEPS,
    ENDS,
    ABANDONED
  }

  private final Consumer<AbandonedException> whenAbandoned;
  private Phase phase = Phase.RESTS; // this and below: guarded by this
  private @Nullable AbandonedException wanted;

  /**
   * @param whenAbandoned runs at most once, with the reason
   */
  Course(Consumer<AbandonedException> whenAbandoned) {
    this.whenAbandoned = whenAbandoned;
  }

  /** Begins a step, or goes on with one; false where the transfer is abandoned. */
  synchronized boolean step() {
    if (phase == Phase.RESTS) {
      phase = Phase.STEPS;
    }
    return phase == Phase.STEPS;
  }

  /**
   * Ends a step: only now an abandonment that came meanwhile takes place.
   *
   * @return whether the transfer goes on
   */
  boolean rest() {
    AbandonedException why;
    synchronized (this) {
      if (phase != Phase.STEPS) {
        return phase == Phase.RESTS;
      }
      why = wanted;
      phase = why == null ? Phase.RESTS : Phase.ABANDONED;
    }
    if (why != null) {
      whenAbandoned.accept(why);
    }
    return why == null;
  }

  /** Begins the last step, which no abandonment stops; false where the transfer is abandoned. */
  synchronized boolean end() {
    boolean may = phase == Phase.RESTS || phase == Phase.STEPS;
    if (may) {
      phase = Phase.ENDS;
    }
    return may;
  }

  /** Abandons the transfer, now or after the step that it is in; never in its last one. */
  void abandon(AbandonedException why) {
    synchronized (this) {
      if (phase == Phase.STEPS && wanted == null) {
        wanted = why;
      }
      if (phase != Phase.RESTS) {
        return;
      }
      phase = Phase.ABANDONED;
    }
    whenAbandoned.accept(why);
  }

  /** Abandons the transfer within its last step, as that could not be made durable. */
  void abandonEnd(AbandonedException why) {
    synchronized (this) {
      phase = Phase.ABANDONED;
    }
    whenAbandoned.accept(why);
  }
}
