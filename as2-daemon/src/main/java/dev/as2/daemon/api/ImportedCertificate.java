package dev.as2.daemon.api;

import dev.as2.core.CertificateEntry;
import dev.as2.core.CertificateEntry.Usage;
import dev.as2.core.CertificateId;
import dev.as2.daemon.aws.CertificateText;
import dev.as2.daemon.aws.PrivateKeys;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a call of ImportCertificate brings: the certificate, those that vouch for it, and perhaps
 * its key.
 */
record ImportedCertificate(
    Usage usage,
    X509Certificate certificate,
    List<X509Certificate> chain,
    Optional<PrivateKey> key) {
  /** AWS's bounds of RSA keys, in bits. */
  private static final int MIN_BITS = 2048;

  private static final int MAX_BITS = 4096;

  /**
   * @throws ApiException naming the member that cannot be taken
   */
  static ImportedCertificate of(Call call) throws ApiException {
    List<X509Certificate> all = new ArrayList<>(certificates(call, "Certificate"));
    X509Certificate own = all.remove(0);
    if (call.has("CertificateChain")) {
      if (!all.isEmpty()) {
        throw ApiException.invalid(
            "Certificate holds a chain already, so there must be no CertificateChain.");
      }
      all.addAll(certificates(call, "CertificateChain"));
    }
    if (all.stream().anyMatch(each -> isIssuer(own, each))) {
      throw ApiException.invalid(
          "The first certificate issued another one: the one to import comes first, and then those"
              + " that vouch for it.");
    }
    Usage usage = Usage.valueOf(call.required("Usage"));
    checkKey(usage, own);
    Optional<PrivateKey> key =
        call.has("PrivateKey") ? Optional.of(key(call.required("PrivateKey"))) : Optional.empty();
    return new ImportedCertificate(usage, own, all, key);
  }

  private static List<X509Certificate> certificates(Call call, String member) throws ApiException {
    String pem = call.required(member);
    if (!pem.contains("-----BEGIN CERTIFICATE-----")) {
      throw ApiException.invalid(member + " has no certificate in PEM in it.");
    }
    try {
      return CertificateText.read(octets(pem));
    } catch (IllegalArgumentException e) {
      throw ApiException.invalid(member + " " + Sentence.of(e));
    }
  }

  private static boolean isIssuer(X509Certificate issuer, X509Certificate other) {
    return !issuer.equals(other)
        && issuer.getSubjectX500Principal().equals(other.getIssuerX500Principal());
  }

  private static void checkKey(Usage usage, X509Certificate certificate) throws ApiException {
    PublicKey key = certificate.getPublicKey();
    if (key instanceof RSAPublicKey rsa) {
      int bits = rsa.getModulus().bitLength();
      if (bits < MIN_BITS || bits > MAX_BITS) {
        throw ApiException.invalid(
            "The certificate's RSA key has %d bits, not %d to %d."
                .formatted(bits, MIN_BITS, MAX_BITS));
      }
      return;
    }
    if (!(key instanceof ECPublicKey)) {
      throw ApiException.invalid(
          "The certificate's key is %s, not RSA or EC.".formatted(key.getAlgorithm()));
    }
    if (usage == Usage.ENCRYPTION) {
      throw ApiException.invalid(
          "The certificate's key is EC, and messages can be encrypted to RSA keys only.");
    }
  }

  private static PrivateKey key(String pem) throws ApiException {
    try {
      return PrivateKeys.pem(octets(pem), Optional::empty);
    } catch (IllegalArgumentException e) {
      throw ApiException.invalid("PrivateKey " + Sentence.of(e));
    }
  }

  private static byte[] octets(String pem) {
    return pem.getBytes(StandardCharsets.ISO_8859_1);
  }

  Instant from() {
    return certificate.getNotBefore().toInstant();
  }

  Instant to() {
    return certificate.getNotAfter().toInstant();
  }

  /**
   * @throws ApiException where the dates leave the certificate's validity, or the key does not fit
   */
  CertificateEntry entry(CertificateId id, Instant active, Instant inactive) throws ApiException {
    try {
      return new CertificateEntry(id, usage, certificate, chain, key, active, inactive);
    } catch (IllegalArgumentException e) {
      throw ApiException.invalid(Sentence.of(e));
    }
  }

  /** Subject and usage; never the key. */
  @Override
  public String toString() {
    return certificate.getSubjectX500Principal() + " (" + usage + ")";
  }
}
