package dev.as2.benchmarks.contender;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** A sender that keeps many messages in flight without a thread for each. */
@FunctionalInterface
public interface AsyncSender {

  /**
   * Begins to send the file as one message.
   *
   * @return ends when the partner has answered with success, and fails otherwise
   * @throws Exception if the message could not even be begun
   */
  CompletableFuture<?> send(Path file) throws Exception;
}
