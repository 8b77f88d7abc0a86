package dev.as2.interop;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * What we believe of a partner, right or wrong.
 *
 * @param as2Id its name
 * @param url where it takes messages
 * @param encryption what to encrypt to
 * @param signing what it signs with
 * @param tls the one certificate that it may show, where the URL is https
 */
record Counterpart(
    String as2Id,
    URI url,
    X509Certificate encryption,
    X509Certificate signing,
    Optional<X509Certificate> tls) {

  Counterpart withAs2Id(String name) {
    return new Counterpart(name, url, encryption, signing, tls);
  }

  Counterpart withEncryption(X509Certificate certificate) {
    return new Counterpart(as2Id, url, certificate, signing, tls);
  }

  Counterpart withSigning(X509Certificate certificate) {
    return new Counterpart(as2Id, url, encryption, certificate, tls);
  }

  Counterpart withTls(X509Certificate certificate) {
    return new Counterpart(as2Id, url, encryption, signing, Optional.of(certificate));
  }
}
