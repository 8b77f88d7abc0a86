package dev.as2.benchmarks.capacity;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * So many places, first come, first served: cores, threads, connections. Who has a place keeps it
 * until it is given back.
 */
final class Station {
  private final Clockwork clock;
  private final int places;
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private int taken;
  private double busy;
  private double since;

  Station(Clockwork clock, int places) {
    this.clock = clock;
    this.places = places;
  }

  /** Takes a place, now or when one is free. */
  void enter(Runnable then) {
    if (taken < places) {
      count(1);
      then.run();
    } else {
      waiting.add(then);
    }
  }

  /** Gives it back; the next one has it at once. */
  void leave() {
    Runnable next = waiting.poll();
    if (next == null) {
      count(-1);
    } else {
      clock.after(0, next);
    }
  }

  /** Takes a place for some time. */
  void serve(double seconds, Runnable then) {
    enter(() ->
        clock.after(
            seconds,
            () -> {
              leave();
              then.run();
            }));
  }

  private void count(int change) {
    busy += taken * (clock.now() - since);
    since = clock.now();
    taken += change;
  }

  /** Forgets what was until now. */
  void reset() {
    count(0);
    busy = 0;
  }

  /** The share of all places that was taken since then. */
  double use(double seconds) {
    count(0);
    return busy / (seconds * places);
  }
}
