package dev.as2.daemon.queue;

import java.util.HashMap;
import java.util.Map;

/**
 * The places that all lanes share, one for each message under way. A lane may always have its equal
 * share; more only while a quarter of all places stays free, so that whoever comes next finds some.
 * Safe for use by several threads; nobody waits.
 */
final class Slots {
  private final int total;
  private final Map<Object, Integer> held = new HashMap<>();
  private int taken;

  Slots(int total) {
    this.total = total;
  }

  /** A lane begins: the shares of the others become smaller. */
  synchronized void enter(Object lane) {
    held.putIfAbsent(lane, 0);
  }

  /** A lane ends; what it still holds is given back one by one. */
  synchronized void exit(Object lane) {
    held.remove(lane);
  }

  /**
   * Takes places for a lane.
   *
   * @param wanted how many it could use
   * @return how many it got, from none to all
   */
  synchronized int take(Object lane, int wanted) {
    int free = total - taken;
    int owed = Math.max(0, Math.max(1, total / held.size()) - held.getOrDefault(lane, 0));
    int spare = Math.max(0, free - total / 4);
    int got = Math.max(0, Math.min(wanted, Math.min(free, Math.max(owed, spare))));
    taken += got;
    held.merge(lane, got, Integer::sum);
    return got;
  }

  /** Takes a place whether there is one or not, for what is under way already. */
  synchronized void force(Object lane) {
    taken++;
    held.merge(lane, 1, Integer::sum);
  }

  /** Gives places back. */
  synchronized void giveBack(Object lane, int places) {
    taken -= places;
    held.computeIfPresent(lane, (any, count) -> count - places);
  }

  synchronized int taken() {
    return taken;
  }
}
