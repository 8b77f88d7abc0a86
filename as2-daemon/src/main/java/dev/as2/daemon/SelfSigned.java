package dev.as2.daemon;

import dev.as2.core.CertificateEntry;
import dev.as2.core.CertificateEntry.Usage;
import dev.as2.core.CertificateId;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes RSA keys with certificates that vouch for themselves, as AS2 partners exchange them. */
final class SelfSigned {
  private static final SecureRandom RANDOM = new SecureRandom();

  private SelfSigned() {}

  /**
   * A key and its certificate.
   *
   * @param key RSA
   */
  record Pair(PrivateKey key, X509Certificate certificate) {
    CertificateEntry entry(CertificateId id, Usage usage) {
      return CertificateEntry.of(id, usage, certificate, Optional.of(key));
    }

    /** The certificate alone, as a partner has it. */
    CertificateEntry publicEntry(CertificateId id, Usage usage) {
      return CertificateEntry.of(id, usage, certificate, Optional.empty());
    }

    /** The certificate alone. */
    @Override
    public String toString() {
      return "Pair[" + certificate.getSubjectX500Principal() + "]";
    }
  }

  /**
   * A new key with its certificate, valid from now on.
   *
   * @param usages what it is for
   * @param commonName the subject's and issuer's CN; for TLS also the host name
   * @param keyBits size of the RSA key
   */
  static Pair create(Set<Usage> usages, String commonName, Duration validity, int keyBits) {
    // Whole seconds, as certificates have them; a little earlier, for partners' slow clocks.
    Instant from = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofMinutes(5));
    try {
      KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
      rsa.initialize(keyBits, RANDOM);
      KeyPair pair = rsa.generateKeyPair();
      X509Certificate certificate =
          certificate(pair, usages, commonName, from, from.plus(validity));
      return new Pair(pair.getPrivate(), certificate);
    } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
      throw new IllegalStateException("every JDK makes RSA keys and signs with SHA-256", e);
    }
  }

  private static X509Certificate certificate(
      KeyPair pair, Set<Usage> usages, String commonName, Instant from, Instant until)
      throws GeneralSecurityException, OperatorCreationException, CertIOException {
    X500Name name = new X500NameBuilder().addRDN(BCStyle.CN, commonName).build();
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            name,
            new BigInteger(127, RANDOM).setBit(126),
            Date.from(from),
            Date.from(until),
            name,
            pair.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(keyUsage(usages)));
    if (usages.contains(Usage.TLS) && commonName.matches("[A-Za-z0-9.-]+")) {
      GeneralName host = new GeneralName(GeneralName.dNSName, commonName);
      builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(host));
    }
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate())));
  }

  private static int keyUsage(Set<Usage> usages) {
    int bits = 0;
    for (Usage usage : usages) {
      bits |=
          switch (usage) {
            case SIGNING -> KeyUsage.digitalSignature | KeyUsage.nonRepudiation;
            case ENCRYPTION -> KeyUsage.keyEncipherment | KeyUsage.dataEncipherment;
            case TLS -> KeyUsage.digitalSignature | KeyUsage.keyEncipherment;
          };
    }
    return bits;
  }
}
