package dev.as2.core;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
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
  /** What a key signs to show that it is the certificate's. */
  private static final byte[] PROBE =
      "Does this key fit this certificate?".getBytes(StandardCharsets.US_ASCII);

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

  /** RSA keys are compared; what other keys sign has to verify with the certificate. */
  private static boolean fits(PrivateKey key, X509Certificate certificate) {
    PublicKey publicKey = certificate.getPublicKey();
    if (key instanceof RSAKey ours && publicKey instanceof RSAKey theirs) {
      return key.getAlgorithm().equals(publicKey.getAlgorithm())
          && ours.getModulus().equals(theirs.getModulus());
    }
    try {
      Signature signing = Signature.getInstance(signatureAlgorithm(publicKey));
      signing.initSign(key);
      signing.update(PROBE);
      byte[] signature = signing.sign();
      Signature verifying = Signature.getInstance(signatureAlgorithm(publicKey));
      verifying.initVerify(publicKey);
      verifying.update(PROBE);
      return verifying.verify(signature);
    } catch (GeneralSecurityException e) {
      // A key of another kind cannot even begin, nor one of another curve end.
      return false;
    }
  }

  /** Ed25519 and Ed448 sign under the name of their key. */
  private static String signatureAlgorithm(PublicKey key) {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC", "ECDSA" -> "SHA256withECDSA";
      case "DSA" -> "SHA256withDSA";
      default -> key.getAlgorithm();
    };
  }

  /** Id, usage, subject and dates; never the key. */
  @Override
  public String toString() {
    return "%s (%s, %s, used from %s to %s%s)"
        .formatted(
            id,
            certificate.getSubjectX500Principal(),
            usage,
            activeDate,
            inactiveDate,
            privateKey.isPresent() ? ", with private key" : "");
  }
}
