package dev.as2.transport;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * How a server shows itself, and whom it admits.
 *
 * @param key the private key of the first certificate
 * @param chain the server's certificate first, then those that vouch for it
 * @param clientAuthorities where not empty, clients must show a certificate that one of these
 *     vouches for
 */
public record ServerTls(
    PrivateKey key, List<X509Certificate> chain, List<X509Certificate> clientAuthorities) {
  public ServerTls {
    chain = List.copyOf(chain);
    clientAuthorities = List.copyOf(clientAuthorities);
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("a TLS server needs a certificate");
    }
  }

  /** The server's name alone. */
  @Override
  public String toString() {
    return "ServerTls[" + chain.get(0).getSubjectX500Principal() + "]";
  }
}
