package dev.as2.transport;

import dev.as2.core.TransportOptions.Tls;
import dev.as2.core.TransportOptions.Trust;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Whose certificates are believed, as the JDK's TLS asks for it. */
final class PartnerTrust {
  private PartnerTrust() {}

  /**
   * The trust that {@code tls} describes.
   *
   * @throws CertificateException where it believes nobody
   */
  static X509ExtendedTrustManager of(Tls tls) throws GeneralSecurityException, IOException {
    if (tls.trust() != Trust.DEFAULT && tls.certificates().isEmpty()) {
      throw new CertificateException(
          "trust is " + tls.trust() + " and no TLS certificate is given");
    }
    return switch (tls.trust()) {
      case PINNED -> new PinnedTrust(tls.certificates());
      case PRIVATE_CA -> new ExplainingTrust(anchoredIn(tls.certificates()));
      case DEFAULT -> new ExplainingTrust(anchoredIn(withAuthorities(tls.certificates())));
    };
  }

  private static List<X509Certificate> withAuthorities(List<X509Certificate> certificates)
      throws GeneralSecurityException {
    List<X509Certificate> all = new ArrayList<>(certificates);
    all.addAll(List.of(pkix(null).getAcceptedIssuers()));
    return all;
  }

  /** PKIX validation with these anchors and no others. */
  static X509ExtendedTrustManager anchoredIn(List<X509Certificate> anchors)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    for (X509Certificate anchor : anchors) {
      store.setCertificateEntry("anchor-" + store.size(), anchor);
    }
    return pkix(store);
  }

  private static X509ExtendedTrustManager pkix(@org.jspecify.annotations.Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager trust) {
        return trust;
      }
    }
    throw new CertificateException("this JDK has no PKIX trust manager");
  }

  /** The certificate as a person recognises it. */
  static String describe(X509Certificate[] chain) {
    return "certificate of "
        + chain[0].getSubjectX500Principal().getName()
        + ", issued by "
        + chain[0].getIssuerX500Principal().getName()
        + ", valid until "
        + chain[0].getNotAfter().toInstant();
  }
}
