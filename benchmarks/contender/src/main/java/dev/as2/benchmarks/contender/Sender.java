package dev.as2.benchmarks.contender;

import java.nio.file.Path;

/** A peer whose call returns when its message is answered. Used by many threads at once. */
@FunctionalInterface
public interface Sender {

  /**
   * Sends the file as one message, and returns when the partner has answered with success.
   *
   * @throws Exception if the message was not taken, or its MDN is not what was asked for
   */
  void send(Path file) throws Exception;
}
