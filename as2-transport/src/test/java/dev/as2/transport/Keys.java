package dev.as2.transport;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A key with its certificate, made for a test. */
record Keys(PrivateKey key, X509Certificate certificate) {
  private static final AtomicLong SERIAL = new AtomicLong(1);

  /** An authority. */
  static Keys authority(String name) throws Exception {
    return make(name, Optional.empty(), Optional.empty());
  }

  /** A certificate that vouches for itself. */
  static Keys selfSigned(String name, String host) throws Exception {
    return make(name, Optional.of(host), Optional.empty());
  }

  /** A certificate for a host that this authority vouches for. */
  Keys issue(String name, String host) throws Exception {
    return make(name, Optional.of(host), Optional.of(this));
  }

  private static Keys make(String name, Optional<String> host, Optional<Keys> issuer)
      throws GeneralSecurityException, OperatorCreationException, CertIOException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    KeyPair pair = generator.generateKeyPair();
    X500Name subject = new X500Name("CN=" + name);
    X500Name by =
        issuer
            .map(i -> X500Name.getInstance(i.certificate.getSubjectX500Principal().getEncoded()))
            .orElse(subject);
    Instant now = Instant.now();
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            by,
            BigInteger.valueOf(SERIAL.getAndIncrement()),
            Date.from(now.minus(Duration.ofDays(1))),
            Date.from(now.plus(Duration.ofDays(1))),
            subject,
            pair.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(host.isEmpty()));
    if (host.isPresent()) {
      GeneralName alternative = new GeneralName(GeneralName.dNSName, host.get());
      builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(alternative));
    }
    PrivateKey signer = issuer.map(Keys::key).orElse(pair.getPrivate());
    return new Keys(
        pair.getPrivate(),
        new JcaX509CertificateConverter()
            .getCertificate(
                builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer))));
  }

  /** A server's context that shows this certificate. */
  SSLContext serverContext(String protocol) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("server", key, new char[0], new X509Certificate[] {certificate});
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, new char[0]);
    SSLContext context = SSLContext.getInstance(protocol);
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  ServerTls serverTls(X509Certificate... clientAuthorities) {
    return new ServerTls(key, List.of(certificate), List.of(clientAuthorities));
  }
}
