package dev.as2.conformance;

import java.io.IOException;

/** What is written into a connection, octet by octet. */
@FunctionalInterface
interface RawScript {
  /**
   * @throws IOException where the endpoint takes no more
   */
  void play(RawConnection with) throws IOException;
}
