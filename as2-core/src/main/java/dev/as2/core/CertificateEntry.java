package dev.as2.core;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A certificate of a profile, with what it is for and when (AWS ImportCertificate).
 *
 * @param id its id
 * @param usage what it is for
 * @param certificate the certificate
 * @param chain those that vouch for it; may be empty
 * @param privateKey the key that fits it, for local profiles
 * @param activeDate from when it is used; inside the certificate's own validity
 * @param inactiveDate until when it is used; inside the certificate's own validity
 */
public record CertificateEntry(
    CertificateId id,
    Usage usage,
    X509Certificate certificate,
    List<X509Certificate> chain,
    Optional<PrivateKey> privateKey,
    Instant activeDate,
    Instant inactiveDate) {

  /**
   * @throws IllegalArgumentException where the dates leave the certificate's validity or contradict
   *     each other, or the key does not fit the certificate
   */
  public CertificateEntry {
    chain = List.copyOf(chain);
    if (activeDate.isBefore(certificate.getNotBefore().toInstant())
        || inactiveDate.isAfter(certificate.getNotAfter().toInstant())
        || !activeDate.isBefore(inactiveDate)) {
      throw new IllegalArgumentException(
          "certificate %s is to be used from %s to %s, and is valid from %s to %s"
              .formatted(
                  id,
                  activeDate,
                  inactiveDate,
                  certificate.getNotBefore().toInstant(),
                  certificate.getNotAfter().toInstant()));
    }
    if (privateKey.isPresent() && !fits(privateKey.get(), certificate)) {
      throw new IllegalArgumentException(
          "the private key does not fit certificate "
              + id
              + " ("
              + certificate.getSubjectX500Principal()
              + ")");
    }
  }

  /** What a certificate is for. */
  public enum Usage {
    SIGNING,
    ENCRYPTION,
    TLS
  }

  /** An entry that is used as long as its certificate is valid. */
  public static CertificateEntry of(
      CertificateId id, Usage usage, X509Certificate certificate, Optional<PrivateKey> privateKey) {
    return new CertificateEntry(
        id,
        usage,
        certificate,
        List.of(),
        privateKey,
        certificate.getNotBefore().toInstant(),
        certificate.getNotAfter().toInstant());
  }

  /** Whether it may be used at this moment. */
  public boolean isActive(Instant now) {
    return !now.isBefore(activeDate) && now.isBefore(inactiveDate);
  }

  /** Keys other than RSA cannot be compared here and are taken as they are. */
  private static boolean fits(PrivateKey key, X509Certificate certificate) {
    if (!key.getAlgorithm().equals(certificate.getPublicKey().getAlgorithm())) {
      return false;
    }
    return !(key instanceof RSAPrivateKey rsa)
        || rsa.getModulus().equals(((RSAPublicKey) certificate.getPublicKey()).getModulus());
  }

  /** Id, usage, subject and dates; never the key. */
  @Override
  public String toString() {
    return "CertificateEntry[%s %s %s %s to %s%s]"
        .formatted(
            id,
            usage,
            certificate.getSubjectX500Principal(),
            activeDate,
            inactiveDate,
            privateKey.isPresent() ? " with private key" : "");
  }
}
