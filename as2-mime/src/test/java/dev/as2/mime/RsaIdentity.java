package dev.as2.mime;

import static java.security.spec.RSAKeyGenParameterSpec.F4;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A key, RSA mostly, with its self-signed certificate, made for a test. */
public record RsaIdentity(PrivateKey key, X509Certificate certificate) {
  private static final AtomicLong SERIAL = new AtomicLong(System.nanoTime());

  /** A new one of 2048 bits, valid from yesterday for a year. */
  public static RsaIdentity selfSigned(String name) {
    Instant now = Instant.now();
    return selfSigned(name, now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(365)));
  }

  /** A new one of 2048 bits. */
  public static RsaIdentity selfSigned(String name, Instant from, Instant until) {
    return selfSigned(name, "RSA", new RSAKeyGenParameterSpec(2048, F4), from, until);
  }

  /** A new one of a kind: RSA2048, RSA4096, or a curve such as secp256r1; valid for a year. */
  public static RsaIdentity ofKind(String name, String kind) {
    Instant now = Instant.now();
    boolean rsa = kind.startsWith("RSA");
    AlgorithmParameterSpec spec =
        rsa
            ? new RSAKeyGenParameterSpec(Integer.parseInt(kind.substring(3)), F4)
            : new ECGenParameterSpec(kind);
    return selfSigned(
        name,
        rsa ? "RSA" : "EC",
        spec,
        now.minus(Duration.ofDays(1)),
        now.plus(Duration.ofDays(365)));
  }

  private static RsaIdentity selfSigned(
      String name, String algorithm, AlgorithmParameterSpec spec, Instant from, Instant until) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(spec);
      KeyPair pair = generator.generateKeyPair();
      X500Principal subject = new X500Principal("CN=" + name);
      var certificate =
          new JcaX509v3CertificateBuilder(
                  subject,
                  BigInteger.valueOf(SERIAL.incrementAndGet()),
                  Date.from(from),
                  Date.from(until),
                  subject,
                  pair.getPublic())
              .build(
                  new JcaContentSignerBuilder(
                          algorithm.equals("EC") ? "SHA256withECDSA" : "SHA256withRSA")
                      .build(pair.getPrivate()));
      return new RsaIdentity(
          pair.getPrivate(), new JcaX509CertificateConverter().getCertificate(certificate));
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("cannot make a key for " + name, e);
    }
  }
}
