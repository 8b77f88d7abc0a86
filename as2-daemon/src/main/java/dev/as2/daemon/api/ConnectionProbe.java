package dev.as2.daemon.api;

import dev.as2.core.ConnectorId;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Tries whether a connector's partner can be reached. Safe for use by several threads. */
@FunctionalInterface
public interface ConnectionProbe {
  /**
   * Looks the host up, connects and does the TLS handshake; sends no request. The future need not
   * complete in time: whoever waits gives up on his own.
   *
   * @return what failed, in one sentence; empty where nothing did
   */
  CompletableFuture<Optional<String>> probe(ConnectorId connector);
}
