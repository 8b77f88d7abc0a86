package dev.as2.conformance;

import dev.as2.core.TransportOptions;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * How senders reach a scripted partner, and how it reaches them with asynchronous MDNs.
 *
 * @param tls shows who the partner is; it speaks plain HTTP where this is empty
 * @param mdns how MDNs are posted; a proxy is not used
 */
public record PartnerTransport(Optional<SSLContext> tls, TransportOptions mdns) {
  /** Plain HTTP, and what the JDK's authorities vouch for. */
  public static final PartnerTransport PLAIN =
      new PartnerTransport(Optional.empty(), TransportOptions.DEFAULT);

  /**
   * The same over TLS.
   *
   * @param key of the first certificate
   * @param chain the partner's certificate first, then those that vouch for it
   * @throws IOException where they cannot be used
   */
  public PartnerTransport withTls(PrivateKey key, List<X509Certificate> chain) throws IOException {
    char[] password = {};
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, password);
      store.setKeyEntry("tls", key, password, chain.toArray(X509Certificate[]::new));
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, password);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return new PartnerTransport(Optional.of(context), mdns);
    } catch (GeneralSecurityException e) {
      throw new IOException("the partner's TLS certificate cannot be used: " + e.getMessage(), e);
    }
  }
}
