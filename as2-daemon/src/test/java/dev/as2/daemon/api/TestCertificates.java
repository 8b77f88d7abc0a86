package dev.as2.daemon.api;

import dev.as2.daemon.aws.CertificateText;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.RSAPublicKeySpec;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Certificates of all the kinds that one may try to import; the keys are made once. */
final class TestCertificates {
  static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
  static final Instant TO = Instant.parse("2056-01-01T00:00:00Z");

  private static final KeyPair OURS = rsa();
  private static final KeyPair OTHER = rsa();

  private TestCertificates() {}

  private static KeyPair rsa() {
    try {
      KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
      keys.initialize(2048);
      return keys.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK makes RSA keys", e);
    }
  }

  /** A certificate that its own key signed. */
  static String own() {
    return pem("CN=Us", "CN=Us", OURS.getPublic());
  }

  /** The key of {@link #own}. */
  static String ownKey() {
    return pem(OURS.getPrivate());
  }

  static String otherKey() {
    return pem(OTHER.getPrivate());
  }

  /** A certificate of {@link #own}'s key that {@link #authority} signed. */
  static String issued() {
    return pem("CN=Us", "CN=Authority", OURS.getPublic());
  }

  static String authority() {
    return pem("CN=Authority", "CN=Authority", OTHER.getPublic());
  }

  /** A key of so many bits; nobody has its private half. */
  static String ofBits(int bits) {
    try {
      BigInteger modulus = BigInteger.ONE.shiftLeft(bits - 1).setBit(0);
      RSAPublicKeySpec spec = new RSAPublicKeySpec(modulus, BigInteger.valueOf(65_537));
      return pem("CN=Us", "CN=Us", KeyFactory.getInstance("RSA").generatePublic(spec));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK takes RSA keys", e);
    }
  }

  static String elliptic() {
    try {
      KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
      keys.initialize(256);
      return pem("CN=Us", "CN=Us", keys.generateKeyPair().getPublic());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK makes EC keys", e);
    }
  }

  private static String pem(PrivateKey key) {
    return CertificateText.pem("PRIVATE KEY", key.getEncoded());
  }

  private static String pem(String subject, String issuer, PublicKey key) {
    try {
      PrivateKey signer =
          subject.equals(issuer) && subject.equals("CN=Us")
              ? OURS.getPrivate()
              : OTHER.getPrivate();
      X509Certificate certificate =
          new JcaX509CertificateConverter()
              .getCertificate(
                  new JcaX509v3CertificateBuilder(
                          new X500Name(issuer),
                          BigInteger.valueOf(0xabcdef),
                          Date.from(FROM),
                          Date.from(TO),
                          new X500Name(subject),
                          key)
                      .build(new JcaContentSignerBuilder("SHA256withRSA").build(signer)));
      return CertificateText.pem(certificate);
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("a certificate can be made", e);
    }
  }
}
