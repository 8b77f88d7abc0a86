package dev.as2.benchmarks;

import java.io.IOException;

/** One kind of work that makes one row. */
interface Bench {
  String id();

  Unit unit();

  /**
   * Does the work, as often as it takes.
   *
   * @throws IOException where our own side of it fails; a peer's failure is in the row
   */
  Row run(Lab lab) throws IOException;
}
