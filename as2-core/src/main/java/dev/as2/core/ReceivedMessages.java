package dev.as2.core;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which messages were received, and what was answered: so that a message that comes again gets the
 * same answer and no second file (RFC 4130 §5.5), and an asynchronous MDN outlives its process.
 *
 * <p>Implementations are safe for use by several threads. Calls block, and what they wrote is
 * durable when they return.
 */
public interface ReceivedMessages {
  /** The answer to a message that was accepted, where there is one. */
  Optional<Kept> accepted(MessageKey key) throws IOException;

  /**
   * Keeps an answer. One to a message that was accepted stays for good: then that one is returned,
   * and this one is not kept.
   *
   * @return the answer that counts
   */
  Kept keep(Kept kept) throws IOException;

  /** The asynchronous MDN of this message was delivered, or is not to be tried any more. */
  void delivered(MessageKey key) throws IOException;

  /** Answers whose asynchronous MDN is still to be delivered, at most {@code limit}. */
  List<Kept> undelivered(int limit) throws IOException;

  /** Removes what was received before this moment. */
  void forget(Instant before) throws IOException;

  /**
   * What was answered.
   *
   * @param key to which message
   * @param received when it had come whole
   * @param accepted whether its files were stored
   * @param mic over what was received, where it could be computed
   * @param mdn the MDN's headers, an empty line and its body; no octet where none was asked for
   * @param deliverTo where the MDN is to be posted; empty where it was the answer
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Kept(
      MessageKey key,
      Instant received,
      boolean accepted,
      Optional<Mic> mic,
      byte[] mdn,
      Optional<URI> deliverTo) {}
}
