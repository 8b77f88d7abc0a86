package dev.as2.benchmarks.capacity;

import java.util.Comparator;
import java.util.Map;

/**
 * How a cell bore what came.
 *
 * @param rate messages a second that ended
 * @param growth how many more are under way after each second
 * @param use of each thing the share that was taken
 * @param commits a second
 * @param flushes of the database's log, a second
 * @param underWay the most messages at once
 * @param median seconds from acceptance to the end
 * @param slow the same of the slowest hundredth
 */
record Load(
    double rate,
    double growth,
    Map<String, Double> use,
    double commits,
    double flushes,
    long underWay,
    double median,
    double slow) {

  /** What is used most. */
  String tightest() {
    return use.entrySet().stream()
        .max(Comparator.comparingDouble(Map.Entry::getValue))
        .orElseThrow()
        .getKey();
  }

  double most() {
    return use.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
  }

  /** Nothing is used by more than a share, and nothing piles up. */
  boolean holds(double share) {
    return most() <= share && growth < rate / 20; // chance alone makes them a few more or less
  }
}
