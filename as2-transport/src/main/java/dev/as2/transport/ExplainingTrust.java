package dev.as2.transport;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Decides as another trust does, and says on refusal which certificate it was and why. */
final class ExplainingTrust extends X509ExtendedTrustManager {
  private final X509ExtendedTrustManager trust;

  ExplainingTrust(X509ExtendedTrustManager trust) {
    this.trust = trust;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String keyType)
      throws CertificateException {
    try {
      trust.checkServerTrusted(chain, keyType);
    } catch (CertificateException e) {
      throw notTrusted(chain, e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String keyType, Socket socket)
      throws CertificateException {
    try {
      trust.checkServerTrusted(chain, keyType, socket);
    } catch (CertificateException e) {
      throw explained(chain, keyType, e, "the host");
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String keyType, SSLEngine engine)
      throws CertificateException {
    try {
      trust.checkServerTrusted(chain, keyType, engine);
    } catch (CertificateException e) {
      throw explained(chain, keyType, e, "host " + engine.getPeerHost());
    }
  }

  /** Where the chain holds by itself, it was the name that did not fit. */
  private CertificateException explained(
      X509Certificate[] chain, String keyType, CertificateException refusal, String host) {
    try {
      trust.checkServerTrusted(chain, keyType);
    } catch (CertificateException e) {
      return notTrusted(chain, e);
    }
    return new CertificateException(
        PartnerTrust.describe(chain) + ", does not name " + host + ": " + refusal.getMessage(),
        refusal);
  }

  private static CertificateException notTrusted(
      X509Certificate[] chain, CertificateException cause) {
    return new CertificateException(
        PartnerTrust.describe(chain) + ", is not trusted: " + cause.getMessage(), cause);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String keyType)
      throws CertificateException {
    trust.checkClientTrusted(chain, keyType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String keyType, Socket socket)
      throws CertificateException {
    trust.checkClientTrusted(chain, keyType, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String keyType, SSLEngine engine)
      throws CertificateException {
    trust.checkClientTrusted(chain, keyType, engine);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return trust.getAcceptedIssuers();
  }
}
