package dev.as2.daemon.state;

import java.io.IOException;

/**
 * The database or a key did not do what was asked. The message is one sentence for a person, and
 * holds no password. What was to be written is not there, unless the sentence says that this is
 * unknown. A locked, full or unreachable database is such a fault, and may be over at the next
 * call.
 */
public final class StateException extends IOException {
  private static final long serialVersionUID = 1L;

  StateException(String sentence) {
    super(sentence);
  }

  StateException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
