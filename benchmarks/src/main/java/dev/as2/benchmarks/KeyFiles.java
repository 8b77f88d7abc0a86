package dev.as2.benchmarks;

import dev.as2.benchmarks.contender.Keys;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
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
 * The two parties' RSA-2048 keys, in one PKCS #12 file per side: each has its own key and the other
 * one's certificate. Aliases and password are those of the contenders' protocol. Beside them are
 * {@code us.key}, {@code us.der} and {@code partner.der}.
 *
 * @param sender the senders' file: key "us", certificate "partner"
 * @param sink the sink's file: key "partner", certificate "us"
 */
record KeyFiles(Path sender, Path sink) {
  private static final char[] PASSWORD = Keys.PASSWORD.toCharArray();

  /** Makes both files in a folder. */
  static KeyFiles create(Path folder) throws IOException, GeneralSecurityException {
    Party us = Party.create(Keys.US);
    Party partner = Party.create(Keys.PARTNER);
    // The same once more, as the command imports it.
    Files.write(folder.resolve("us.key"), us.key.getEncoded());
    Files.write(folder.resolve("us.der"), us.certificate.getEncoded());
    Files.write(folder.resolve("partner.der"), partner.certificate.getEncoded());
    return new KeyFiles(
        store(folder.resolve("sender.p12"), us, partner),
        store(folder.resolve("sink.p12"), partner, us));
  }

  /** One entry of a file: a certificate, and its key where the file has it. */
  static X509Certificate certificate(Path file, String alias)
      throws IOException, GeneralSecurityException {
    return (X509Certificate) load(file).getCertificate(alias);
  }

  /** A key of a file. */
  static PrivateKey key(Path file, String alias) throws IOException, GeneralSecurityException {
    return (PrivateKey) load(file).getKey(alias, PASSWORD);
  }

  private static KeyStore load(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    return store;
  }

  private static Path store(Path file, Party own, Party other)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, PASSWORD);
    store.setKeyEntry(own.name, own.key, PASSWORD, new Certificate[] {own.certificate});
    store.setCertificateEntry(other.name, other.certificate);
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD);
    }
    return file;
  }

  private record Party(String name, PrivateKey key, X509Certificate certificate) {
    static Party create(String name) throws IOException, GeneralSecurityException {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      KeyPair pair = generator.generateKeyPair();
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
      return new Party(name, pair.getPrivate(), signed(unsigned, pair));
    }

    private static X509Certificate signed(JcaX509v3CertificateBuilder unsigned, KeyPair pair)
        throws IOException, GeneralSecurityException {
      try {
        byte[] der =
            unsigned
                .build(new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate()))
                .getEncoded();
        return (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(der));
      } catch (OperatorCreationException e) {
        throw new GeneralSecurityException("no certificate of CN=" + pair.getPublic(), e);
      }
    }

    @Override
    public String toString() {
      return "Party[" + name + "]";
    }
  }
}
