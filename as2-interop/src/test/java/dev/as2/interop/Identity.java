package dev.as2.interop;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * One side of a partnership in a test: its AS2 id, and one RSA-2048 key with a self-signed
 * certificate that both signs and decrypts, as that is all that the peers can be given.
 */
public record Identity(String as2Id, PrivateKey key, X509Certificate certificate) {

  /** A new identity; its certificate is valid from yesterday for a year. */
  public static Identity selfSigned(String as2Id) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      KeyPair pair = generator.generateKeyPair();
      return new Identity(as2Id, pair.getPrivate(), certificate(as2Id, pair));
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("cannot make the test keys of " + as2Id, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static X509Certificate certificate(String name, KeyPair pair)
      throws GeneralSecurityException, OperatorCreationException, IOException {
    Instant from = Instant.now().minus(Duration.ofDays(1));
    X500Principal subject = new X500Principal("CN=" + name);
    var unsigned =
        new JcaX509v3CertificateBuilder(
            subject,
            BigInteger.valueOf(from.toEpochMilli()),
            Date.from(from),
            Date.from(from.plus(Duration.ofDays(366))),
            subject,
            pair.getPublic());
    byte[] der =
        unsigned
            .build(new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate()))
            .getEncoded();
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }

  /** The id alone, as the key is nobody's business. */
  @Override
  public String toString() {
    return "Identity[" + as2Id + "]";
  }
}
