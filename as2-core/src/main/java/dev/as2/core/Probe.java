package dev.as2.core;

import dev.as2.core.SendResult.Failure;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * How far the way to a partner is open: AWS's TestConnection. Nothing of HTTP is said on it, but
 * what opens a proxy's tunnel.
 *
 * @param reached the last step that was begun
 * @param failure why that step failed; empty where the way is open
 * @param address where the connection led, which is the proxy where there is one
 * @param session what TLS agreed on, where it was spoken and did
 */
public record Probe(
    Step reached,
    Optional<Failure> failure,
    Optional<InetSocketAddress> address,
    Optional<Session> session) {

  /** What is tried, one after the other. */
  public enum Step {
    /** The connector, its profiles, certificates and secrets. */
    CONFIGURATION,
    /** The host's addresses. */
    LOOKUP,
    /** TCP, to the partner or its proxy. */
    CONNECTION,
    /** The proxy's tunnel; for https through a proxy. */
    PROXY,
    /** The handshake; for https. */
    TLS
  }

  /**
   * What TLS agreed on.
   *
   * @param protocol for example {@code TLSv1.3}
   * @param cipher the cipher suite's name
   * @param chain the partner's certificates as it sent them, its own first
   */
  public record Session(String protocol, String cipher, List<X509Certificate> chain) {
    public Session {
      chain = List.copyOf(chain);
    }
  }

  /** A step that failed before there was a connection. */
  public static Probe failed(Step step, As2Exception why) {
    return new Probe(
        step,
        Optional.of(new Failure(why.code(), why.sentence())),
        Optional.empty(),
        Optional.empty());
  }
}
