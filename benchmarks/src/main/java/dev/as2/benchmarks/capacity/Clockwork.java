package dev.as2.benchmarks.capacity;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Simulated time: things happen in their order, and at the same time in the order they were set. */
final class Clockwork {
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingDouble(Event::time).thenComparingLong(Event::number));
  private double now;
  private long number;

  private record Event(double time, long number, Runnable what) {}

  /** Seconds since the beginning. */
  double now() {
    return now;
  }

  void after(double seconds, Runnable what) {
    events.add(new Event(now + seconds, number++, what));
  }

  /** Lets everything happen that is due until then. */
  void run(double until) {
    while (!events.isEmpty() && events.peek().time() <= until) {
      Event next = events.remove();
      now = next.time();
      next.what().run();
    }
    now = until;
  }
}
