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

  /** One of the four connector events happened. */
  default void event(ConnectorEvent event) {}

  /** A transfer ended; its result files are written. */
  default void ended(SendResult result) {}
}
