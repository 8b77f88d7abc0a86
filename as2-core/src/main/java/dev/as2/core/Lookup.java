package dev.as2.core;

import dev.as2.core.As2Config.MdnResponse;
import dev.as2.core.CertificateEntry.Usage;
import dev.as2.core.TransportOptions.Trust;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Finds what a connector needs, a step each; a step fails where what it looks for is missing.
 *
 * @param connector the connector
 * @param options its options, read once
 * @param ours the local profile's certificates
 * @param theirs the partner profile's certificates
 */
record Lookup(
    Connector connector, ConnectorOptions options, Certificates ours, Certificates theirs) {

  /** What one step finds; the list is empty where nothing is needed. */
  interface Step {
    List<CertificateEntry> look() throws As2Exception;
  }

  static Lookup of(Connector connector, Registry registry, Instant now) throws As2Exception {
    As2Config as2 = connector.as2();
    Profile local = profile(registry, as2.localProfileId(), Profile.Type.LOCAL);
    Profile partner = profile(registry, as2.partnerProfileId(), Profile.Type.PARTNER);
    return new Lookup(
        connector,
        connector.options(),
        new Certificates(registry, local, now),
        new Certificates(registry, partner, now));
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

  List<Step> steps() {
    return List.of(
        this::signing, this::encryption, this::verification, this::trusted, this::client);
  }

  /** Our certificate and key, where messages are signed. */
  List<CertificateEntry> signing() throws As2Exception {
    if (connector.as2().signingAlgorithm().isEmpty()) {
      return List.of();
    }
    CertificateEntry signer =
        ours.newest(Usage.SIGNING, FailureCode.SIGNING_FAILED_NO_SIGNING_KEY_FOUND, true);
    String algorithm = signer.certificate().getPublicKey().getAlgorithm();
    if (!algorithm.equals("RSA") && !algorithm.equals("EC")) {
      throw new As2Exception(
          FailureCode.SIGNING_FAILED,
          "The key of certificate %s is %s, and has to be RSA or EC.".formatted(signer, algorithm));
    }
    return List.of(signer);
  }

  /** The partner's certificate, where messages are encrypted. */
  List<CertificateEntry> encryption() throws As2Exception {
    if (connector.as2().encryptionAlgorithm().isEmpty()) {
      return List.of();
    }
    CertificateEntry recipient =
        theirs.newest(Usage.ENCRYPTION, FailureCode.ENCRYPT_FAILED_NO_ENCRYPTION_KEY_FOUND, false);
    String algorithm = recipient.certificate().getPublicKey().getAlgorithm();
    if (!algorithm.equals("RSA")) {
      throw new As2Exception(
          FailureCode.ENCRYPTION_FAILED,
          "The key of certificate %s is %s, and messages can be encrypted to RSA keys only."
              .formatted(recipient, algorithm));
    }
    return List.of(recipient);
  }

  /** Those by which the partner's MDNs are verified. */
  List<CertificateEntry> verification() throws As2Exception {
    List<CertificateEntry> active = theirs.active(Usage.SIGNING);
    As2Config as2 = connector.as2();
    if (active.isEmpty()
        && as2.mdnResponse() != MdnResponse.NONE
        && as2.mdnSigningAlgorithm().resolve(as2.signingAlgorithm()).isPresent()) {
      throw new As2Exception(
          FailureCode.VERIFICATION_FAILED_NO_MATCHING_KEY_FOUND,
          "Partner profile %s (%s) has no active SIGNING certificate, so its signed MDN could not be verified."
              .formatted(theirs.profile().id(), theirs.profile().as2Id()));
    }
    return active;
  }

  /** Those by which the partner's server is recognised; none where there is no TLS. */
  List<CertificateEntry> trusted() throws As2Exception {
    Trust trust = options.tls().trust();
    List<CertificateEntry> active = theirs.active(Usage.TLS);
    if (active.isEmpty() && trust != Trust.DEFAULT && isHttps()) {
      throw new As2Exception(
          FailureCode.INVALID_CONFIGURATION,
          "%s is %s, and partner profile %s (%s) has no active TLS certificate to recognise the server by."
              .formatted(
                  ConnectorOption.TRUST.tag(),
                  trust,
                  theirs.profile().id(),
                  theirs.profile().as2Id()));
    }
    return active;
  }

  private boolean isHttps() {
    return connector.url().getScheme().toLowerCase(Locale.ROOT).equals("https");
  }

  /** Our certificate and key for mutual TLS, where it is used. */
  List<CertificateEntry> client() throws As2Exception {
    return options.tls().presentClientCertificate()
        ? List.of(ours.newest(Usage.TLS, FailureCode.INVALID_CONFIGURATION, true))
        : List.of();
  }

  /** One profile's certificates. */
  record Certificates(Registry registry, Profile profile, Instant now) {
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

    List<CertificateEntry> active(Usage usage) throws As2Exception {
      return all(usage).stream().filter(c -> c.isActive(now)).toList();
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
                          all.isEmpty() ? "none of this usage" : named(all))));
    }

    private static String named(List<CertificateEntry> entries) {
      return entries.stream().map(CertificateEntry::toString).collect(Collectors.joining(", "));
    }
  }
}
