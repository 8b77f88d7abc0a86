package dev.as2.core;

import dev.as2.core.As2Config.MdnResponse;
import dev.as2.core.TransportOptions.ClientKey;
import dev.as2.core.TransportOptions.Tls;
import dev.as2.mime.ContentCipher;
import dev.as2.mime.DigestAlgorithm;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A connector with everything that its ids stand for, at one moment: what a message needs, or the
 * reason why there can be none.
 *
 * @param connector the connector
 * @param options its options
 * @param local who sends
 * @param partner who receives
 * @param signing our certificate and key, where messages are signed
 * @param encryption the partner's certificate, where messages are encrypted
 * @param verification the partner's active SIGNING certificates
 * @param trusted the partner's active TLS certificates
 * @param client our certificate and key for mutual TLS, where it is used
 */
record Partnership(
    Connector connector,
    ConnectorOptions options,
    Profile local,
    Profile partner,
    Optional<CertificateEntry> signing,
    Optional<CertificateEntry> encryption,
    List<CertificateEntry> verification,
    List<CertificateEntry> trusted,
    Optional<CertificateEntry> client) {
  Partnership {
    verification = List.copyOf(verification);
    trusted = List.copyOf(trusted);
  }

  /**
   * Looks everything up and checks it, before anything is sent.
   *
   * @throws As2Exception naming what is missing, expired or contradictory
   */
  static Partnership resolve(Connector connector, Registry registry, Instant now)
      throws As2Exception {
    Lookup lookup = Lookup.of(connector, registry, now);
    return new Partnership(
        connector,
        lookup.options(),
        lookup.ours().profile(),
        lookup.theirs().profile(),
        lookup.signing().stream().findFirst(),
        lookup.encryption().stream().findFirst(),
        lookup.verification(),
        lookup.trusted(),
        lookup.client().stream().findFirst());
  }

  /** How the partner is reached. */
  TransportOptions transport() {
    ConnectorOptions.Http http = options.http();
    return new TransportOptions(http.timeouts(), http.expectContinue(), http.proxy(), tls());
  }

  /** How the partner is recognised. */
  Tls tls() {
    return new Tls(
        options.tls().trust(),
        certificates(trusted),
        options.tls().checkHostname(),
        client.map(Partnership::clientKey));
  }

  /** Those by which the partner's MDNs are verified. */
  List<X509Certificate> verifying() {
    return certificates(verification);
  }

  private static List<X509Certificate> certificates(List<CertificateEntry> entries) {
    return entries.stream().map(CertificateEntry::certificate).toList();
  }

  static ClientKey clientKey(CertificateEntry entry) {
    List<X509Certificate> chain = new ArrayList<>(List.of(entry.certificate()));
    chain.addAll(entry.chain());
    return new ClientKey(entry.privateKey().orElseThrow(), chain);
  }

  /** Whether the MDN is to come on a connection of its own (RFC 4130 §7.2). */
  boolean wantsMdnLater() {
    return connector.as2().mdnResponse() == MdnResponse.ASYNC;
  }

  /** Whether an MDN is asked for. */
  boolean wantsMdn() {
    return connector.as2().mdnResponse() != MdnResponse.NONE;
  }

  /** The digest of the signature; empty where messages are not signed. */
  Optional<DigestAlgorithm> signature() {
    return connector.as2().signingAlgorithm().map(d -> options.crypto().digest().orElse(d));
  }

  /** The cipher; empty where messages are not encrypted. */
  Optional<ContentCipher> cipher() {
    return connector.as2().encryptionAlgorithm().map(c -> options.crypto().cipher().orElse(c));
  }

  /** The digest of the MDN's signature; empty where no signed MDN is asked for. */
  Optional<DigestAlgorithm> mdnSignature() {
    return wantsMdn()
        ? connector.as2().mdnSigningAlgorithm().resolve(signature())
        : Optional.empty();
  }

  boolean mdnIsToBeSigned() {
    return mdnSignature().isPresent();
  }

  /** The algorithm of the MIC: the signature's, else the one asked for (RFC 4130 §7.4.3). */
  DigestAlgorithm micAlgorithm() {
    return signature().or(this::mdnSignature).orElse(DigestAlgorithm.SHA256);
  }

  /**
   * The algorithms that a MIC may rightly have: partners use the signature's or the one asked for.
   */
  List<DigestAlgorithm> micAlgorithms() {
    return Stream.concat(Stream.of(micAlgorithm()), mdnSignature().stream()).distinct().toList();
  }

  /** The key that signs. */
  PrivateKey signingKey() {
    return signing.flatMap(CertificateEntry::privateKey).orElseThrow();
  }
}
