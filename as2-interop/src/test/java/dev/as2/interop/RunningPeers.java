package dev.as2.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The peers of a test run, and the identity of ours that they all know. Thread-safe; the first
 * caller that asks for a peer waits for its start.
 */
public final class RunningPeers implements AutoCloseable {
  private static final String HEAP = "1g";

  private final Identity ours = Identity.selfSigned("as2-ours");
  private final URI oursUrl = URI.create("http://127.0.0.1:" + Peer.freePort() + "/as2");
  private final Map<PeerProduct, Peer> running = new EnumMap<>(PeerProduct.class);
  private final Map<PeerProduct, TlsFront> fronts = new EnumMap<>(PeerProduct.class);

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

  /**
   * The peer as a partner of ours: by http where messages are encrypted, and otherwise by https, as
   * the engine sends nothing in clear.
   */
  synchronized Counterpart counterpart(PeerProduct product, Layers layers) {
    Peer peer = peer(product);
    Counterpart open =
        new Counterpart(
            layers == Layers.PLAIN ? peer.as2IdOfPlain() : peer.as2Id(),
            peer.url(),
            peer.encryptionCertificate(),
            peer.signingCertificate(),
            Optional.empty());
    return layers.encrypt() ? open : behind(fronts.computeIfAbsent(product, this::front), open);
  }

  @Override
  public synchronized void close() throws IOException {
    for (TlsFront front : fronts.values()) {
      front.close();
    }
    running.values().forEach(Peer::close);
  }

  private static Counterpart behind(TlsFront front, Counterpart open) {
    return new Counterpart(
        open.as2Id(),
        front.url(),
        open.encryption(),
        open.signing(),
        Optional.of(front.certificate()));
  }

  private TlsFront front(PeerProduct product) {
    try {
      return new TlsFront(peer(product).url().getPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Peer start(PeerProduct product) {
    try {
      return Peer.start(product, HEAP, ours, oursUrl);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
