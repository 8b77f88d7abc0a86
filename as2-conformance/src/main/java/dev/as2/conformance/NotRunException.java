package dev.as2.conformance;

import java.io.IOException;

/** A scenario needs what the run was not given. */
final class NotRunException extends IOException {
  private static final long serialVersionUID = 1;

  /**
   * @param give what is to be given, after "Not run: give"
   */
  NotRunException(String give) {
    super("Not run: give " + give + ".");
  }
}
