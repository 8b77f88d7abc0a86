package dev.as2.core;

import java.io.IOException;

/**
 * A transfer was left where it was, without a result: its runtime was parked or closed, what it
 * depends on to be durable failed, or its host waits for the MDN. Nothing says that the partner has
 * it, or has it not. The same order may be sent again, with what the journal has kept.
 */
public final class AbandonedException extends IOException {
  private static final long serialVersionUID = 1L;

  /** For a host that ends a wait (see {@link AsyncMdns#await}). */
  public AbandonedException(String message) {
    super(message);
  }

  AbandonedException(String message, Throwable cause) {
    super(message, cause);
  }
}
