package dev.as2.core;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a partner is reached: everything a client needs besides the message. Two requests with equal
 * options (and host) may share connections.
 *
 * @param timeouts how long each step may take
 * @param expectContinue whether to ask before the body is sent, and wait {@link
 *     Timeouts#continueWait} for the answer
 * @param proxy an HTTP proxy, where one stands between
 * @param tls how the other side is recognised; for https
 */
public record TransportOptions(
    Timeouts timeouts, boolean expectContinue, Optional<Proxy> proxy, Tls tls) {

  /** Default timeouts, no proxy, the JDK's certificate authorities. */
  public static final TransportOptions DEFAULT =
      new TransportOptions(Timeouts.DEFAULT, false, Optional.empty(), Tls.DEFAULT);

  /**
   * How long each step may take.
   *
   * @param connect until a TCP connection (through the proxy, if any) is open
   * @param handshake until TLS is established
   * @param continueWait until the body is sent without a {@code 100 Continue}
   * @param writeStall with the partner reading nothing, or less than {@link
   *     Limits#SLOWEST_BYTES_PER_SECOND}
   * @param firstByte from the message's last octet to the answer's first; interim 1xx answers start
   *     it anew
   * @param answer from the answer's first octet to its last
   */
  public record Timeouts(
      Duration connect,
      Duration handshake,
      Duration continueWait,
      Duration writeStall,
      Duration firstByte,
      Duration answer) {
    public static final Timeouts DEFAULT =
        new Timeouts(
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(3),
            Duration.ofSeconds(60),
            Duration.ofSeconds(300),
            Duration.ofSeconds(60));

    /**
     * @throws IllegalArgumentException where one is not positive
     */
    public Timeouts {
      for (Duration each :
          List.of(connect, handshake, continueWait, writeStall, firstByte, answer)) {
        if (each.isZero() || each.isNegative()) {
          throw new IllegalArgumentException("a timeout must be longer than zero: " + each);
        }
      }
    }
  }

  /** An HTTP proxy: https goes through it by CONNECT, http as a request to it. */
  public record Proxy(String host, int port) {
    public Proxy {
      if (host.isEmpty() || port < 1 || port > 65_535) {
        throw new IllegalArgumentException("proxy is not host:port: " + host + ":" + port);
      }
    }
  }

  /** Whose certificates are believed. */
  public enum Trust {
    /** Those that the JDK's authorities vouch for, and the partner's own TLS certificates. */
    DEFAULT,
    /** Those that the partner's TLS certificates vouch for (or are), and no others. */
    PRIVATE_CA,
    /** Those whose octets equal one of the partner's TLS certificates. */
    PINNED
  }

  /**
   * How the other side is recognised, and who we are.
   *
   * @param trust whose certificates are believed
   * @param certificates the partner's certificates of usage TLS
   * @param checkHostname whether the certificate must name the Url's host (not asked when PINNED)
   * @param client our certificate for mutual TLS
   */
  public record Tls(
      Trust trust,
      List<X509Certificate> certificates,
      boolean checkHostname,
      Optional<ClientKey> client) {
    public static final Tls DEFAULT = new Tls(Trust.DEFAULT, List.of(), true, Optional.empty());

    public Tls {
      certificates = List.copyOf(certificates);
    }
  }

  /**
   * A client certificate with its key.
   *
   * @param chain the certificate first, then those that vouch for it
   */
  public record ClientKey(PrivateKey key, List<X509Certificate> chain) {
    public ClientKey {
      chain = List.copyOf(chain);
    }

    @Override
    public String toString() {
      return "ClientKey[" + chain.get(0).getSubjectX500Principal() + "]";
    }
  }
}
