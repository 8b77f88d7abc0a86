package dev.as2.core;

import dev.as2.core.As2Config.MdnResponse;
import dev.as2.core.CertificateEntry.Usage;
import dev.as2.core.TransportOptions.ClientKey;
import dev.as2.core.TransportOptions.Tls;
import dev.as2.mime.DigestAlgorithm;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
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
 * @param tls how the partner is recognised
 */
record Partnership(
    Connector connector,
    ConnectorOptions options,
    Profile local,
    Profile partner,
    Optional<CertificateEntry> signing,
    Optional<CertificateEntry> encryption,
    List<X509Certificate> verification,
    Tls tls) {

  /**
   * Looks everything up and checks it, before anything is sent.
   *
   * @throws As2Exception naming what is missing, expired or contradictory
   */
  static Partnership resolve(Connector connector, Registry registry, Instant now)
      throws As2Exception {
    ConnectorOptions options = connector.options();
    As2Config as2 = connector.as2();
    Profile local = profile(registry, as2.localProfileId(), Profile.Type.LOCAL);
    Profile partner = profile(registry, as2.partnerProfileId(), Profile.Type.PARTNER);
    Certificates ours = new Certificates(registry, local, now);
    Certificates theirs = new Certificates(registry, partner, now);
    Partnership partnership =
        new Partnership(
            connector,
            options,
            local,
            partner,
            as2.signingAlgorithm().isPresent()
                ? Optional.of(
                    ours.newest(
                        Usage.SIGNING, FailureCode.SIGNING_FAILED_NO_SIGNING_KEY_FOUND, true))
                : Optional.empty(),
            as2.encryptionAlgorithm().isPresent()
                ? Optional.of(
                    theirs.newest(
                        Usage.ENCRYPTION,
                        FailureCode.ENCRYPT_FAILED_NO_ENCRYPTION_KEY_FOUND,
                        false))
                : Optional.empty(),
            theirs.active(Usage.SIGNING),
            new Tls(
                options.tls().trust(),
                theirs.active(Usage.TLS),
                options.tls().checkHostname(),
                options.tls().presentClientCertificate()
                    ? Optional.of(
                        clientKey(ours.newest(Usage.TLS, FailureCode.INVALID_CONFIGURATION, true)))
                    : Optional.empty()));
    partnership.checkThatMdnsCanBeVerified();
    return partnership;
  }

  private void checkThatMdnsCanBeVerified() throws As2Exception {
    if (mdnIsToBeSigned() && verification.isEmpty()) {
      throw new As2Exception(
          FailureCode.VERIFICATION_FAILED_NO_MATCHING_KEY_FOUND,
          "Partner profile %s (%s) has no active SIGNING certificate, so its signed MDN could not be verified."
              .formatted(partner.id(), partner.as2Id()));
    }
  }

  private static Profile profile(Registry registry, ProfileId id, Profile.Type type)
      throws As2Exception {
    Profile profile = registry.profile(id);
    if (profile.type() != type) {
      throw new As2Exception(
          FailureCode.INVALID_CONFIGURATION,
          "Profile %s is %s, and the connector uses it as %s.".formatted(id, profile.type(), type));
    }
    return profile;
  }

  private static ClientKey clientKey(CertificateEntry entry) {
    List<X509Certificate> chain = new ArrayList<>(List.of(entry.certificate()));
    chain.addAll(entry.chain());
    return new ClientKey(entry.privateKey().orElseThrow(), chain);
  }

  /** Whether an MDN is asked for. */
  boolean wantsMdn() {
    return connector.as2().mdnResponse() != MdnResponse.NONE;
  }

  /** The digest of the MDN's signature; empty where no signed MDN is asked for. */
  Optional<DigestAlgorithm> mdnSignature() {
    return wantsMdn()
        ? connector.as2().mdnSigningAlgorithm().resolve(connector.as2().signingAlgorithm())
        : Optional.empty();
  }

  boolean mdnIsToBeSigned() {
    return mdnSignature().isPresent();
  }

  /** The algorithm of the MIC: the signature's, else the one asked for (RFC 4130 §7.4.3). */
  DigestAlgorithm micAlgorithm() {
    return connector.as2().signingAlgorithm().or(this::mdnSignature).orElse(DigestAlgorithm.SHA256);
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

  /** One profile's certificates. */
  private record Certificates(Registry registry, Profile profile, Instant now) {
    List<CertificateEntry> all(Usage usage) throws As2Exception {
      List<CertificateEntry> all = new ArrayList<>();
      for (CertificateId id : profile.certificateIds()) {
        CertificateEntry entry = registry.certificate(id);
        if (entry.usage() == usage) {
          all.add(entry);
        }
      }
      return all;
    }

    List<X509Certificate> active(Usage usage) throws As2Exception {
      return all(usage).stream()
          .filter(c -> c.isActive(now))
          .map(CertificateEntry::certificate)
          .toList();
    }

    /** Of the active ones the one that stays active the longest. */
    CertificateEntry newest(Usage usage, FailureCode code, boolean withKey) throws As2Exception {
      List<CertificateEntry> all = all(usage);
      return all.stream()
          .filter(c -> c.isActive(now) && (!withKey || c.privateKey().isPresent()))
          .max(Comparator.comparing(CertificateEntry::inactiveDate))
          .orElseThrow(() ->
              new As2Exception(
                  code,
                  "Profile %s (%s) has no active %s certificate%s; it has %s."
                      .formatted(
                          profile.id(),
                          profile.as2Id(),
                          usage,
                          withKey ? " with a private key" : "",
                          all.isEmpty() ? "none of this usage" : all)));
    }
  }
}
