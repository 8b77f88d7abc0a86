package dev.as2.core;

/**
 * Hears what transfers do. Called on the threads that do the work: return quickly, throw nothing.
 */
public interface ConnectorListener {
  /** Hears nothing. */
  ConnectorListener NONE = new ConnectorListener() {};

  /**
   * Octets of a file were read for the message that is being sent; about every 64 KiB, and from
   * zero again with each attempt.
   *
   * @param bytes read so far in this attempt
   * @param total the file's length
   */
  default void progress(SendResult.Transfer transfer, long bytes, long total) {}

  /**
   * An attempt to send a message ended: with an answer, good or bad, or without one. Whether there
   * is another one is not yet said.
   */
  default void attempted(SendResult.Transfer transfer, SendResult.Attempt attempt) {}

  /** One of the four connector events happened. */
  default void event(ConnectorEvent event) {}

  /** A transfer ended; its result files are written. */
  default void ended(SendResult result) {}

  /** A transfer was abandoned: it has no result, and may be sent again with what was kept of it. */
  default void abandoned(SendResult.Transfer transfer, AbandonedException why) {}
}
