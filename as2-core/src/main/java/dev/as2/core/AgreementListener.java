package dev.as2.core;

import dev.as2.core.SendResult.Failure;
import java.net.URI;
import java.util.Optional;

/**
 * Hears what is received. Called on the threads that do the work: return quickly, throw nothing.
 */
public interface AgreementListener {
  /** Hears nothing. */
  AgreementListener NONE = new AgreementListener() {};

  /** A message was accepted or refused; what is to be written is written, the answer is not out. */
  default void received(Reception reception) {}

  /** A message that was accepted before came again, and gets the answer that it got. */
  default void repeated(MessageKey key) {}

  /**
   * The asynchronous MDN of a message was delivered, or is not tried any more.
   *
   * @param url where to
   * @param failure why it could not be delivered; empty where it was
   */
  default void delivered(MessageKey key, URI url, Optional<Failure> failure) {}
}
