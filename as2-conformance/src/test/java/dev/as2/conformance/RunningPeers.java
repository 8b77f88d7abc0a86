package dev.as2.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;

/**
 * The peers of a test run, and the identity of ours that they all know. Thread-safe; the first
 * caller that asks for a peer waits for its start.
 */
public final class RunningPeers implements AutoCloseable {
  private static final String HEAP = "1g";

  private final Identity ours = Identity.selfSigned("as2-ours");
  private final URI oursUrl = URI.create("http://127.0.0.1:" + Peer.freePort() + "/as2");
  private final Map<PeerProduct, Peer> running = new EnumMap<>(PeerProduct.class);

  /** Who messages to the peers come from. */
  public Identity ours() {
    return ours;
  }

  /** Where the peers post messages to us: a port that nobody listens on until a test does. */
  public URI oursUrl() {
    return oursUrl;
  }

  /** The peer of that product, started where it does not run yet. */
  public synchronized Peer peer(PeerProduct product) {
    return running.computeIfAbsent(product, this::start);
  }

  @Override
  public synchronized void close() {
    running.values().forEach(Peer::close);
  }

  private Peer start(PeerProduct product) {
    try {
      return Peer.start(product, HEAP, ours, oursUrl);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
