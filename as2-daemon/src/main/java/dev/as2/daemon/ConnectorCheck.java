package dev.as2.daemon;

import dev.as2.core.As2Config;
import dev.as2.core.As2Exception;
import dev.as2.core.CertificateEntry;
import dev.as2.core.CertificateEntry.Usage;
import dev.as2.core.CertificateId;
import dev.as2.core.Connector;
import dev.as2.core.Profile;
import dev.as2.core.ProfileId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Looks for what would keep a connector from sending, or soon will: a sentence each, naming the id.
 * For one thread.
 */
final class ConnectorCheck {
  private static final Duration SOON = Duration.ofDays(30);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu-MM-dd").withZone(ZoneOffset.UTC);

  private static final Comparator<CertificateEntry> BY_END =
      Comparator.comparing(CertificateEntry::inactiveDate);

  private final ConfigFolder config;
  private final Instant now = Instant.now();
  private final List<String> problems = new ArrayList<>();

  ConnectorCheck(ConfigFolder config) {
    this.config = config;
  }

  List<String> problems(Connector connector) {
    As2Config as2 = connector.as2();
    Optional<Profile> local = profile(as2.localProfileId(), Profile.Type.LOCAL);
    if (local.isPresent()) {
      List<CertificateEntry> ours = certificates(local.get());
      if (as2.signingAlgorithm().isPresent()) {
        needKey(local.get(), ours, Usage.SIGNING, "to sign with");
      }
      if (connector.options().tls().presentClientCertificate()) {
        needKey(local.get(), ours, Usage.TLS, "for mutual TLS");
      }
    }
    Optional<Profile> partner = profile(as2.partnerProfileId(), Profile.Type.PARTNER);
    if (partner.isPresent()) {
      List<CertificateEntry> theirs = certificates(partner.get());
      if (as2.encryptionAlgorithm().isPresent()) {
        need(partner.get(), theirs, Usage.ENCRYPTION, "to encrypt to");
      }
      if (wantsSignedMdn(as2)) {
        need(partner.get(), theirs, Usage.SIGNING, "to verify its MDN with");
      }
    }
    as2.basicAuthSecretId().ifPresent(this::secret);
    return List.copyOf(problems);
  }

  private static boolean wantsSignedMdn(As2Config as2) {
    return as2.mdnResponse() != As2Config.MdnResponse.NONE
        && as2.mdnSigningAlgorithm().resolve(as2.signingAlgorithm()).isPresent();
  }

  private Optional<Profile> profile(ProfileId id, Profile.Type type) {
    try {
      Profile profile = config.profile(id);
      if (profile.type() != type) {
        problems.add("Profile %s is %s, and is used as %s.".formatted(id, profile.type(), type));
      }
      return Optional.of(profile);
    } catch (As2Exception e) {
      problems.add(Sentences.message(e));
      return Optional.empty();
    }
  }

  private List<CertificateEntry> certificates(Profile profile) {
    List<CertificateEntry> all = new ArrayList<>();
    for (CertificateId id : profile.certificateIds()) {
      try {
        all.add(config.certificate(id));
      } catch (As2Exception e) {
        problems.add(Sentences.message(e));
      }
    }
    return all;
  }

  private void needKey(Profile profile, List<CertificateEntry> all, Usage usage, String purpose) {
    for (CertificateEntry each : all) {
      if (each.usage() == usage && each.privateKey().isEmpty()) {
        problems.add(
            "Certificate %s has no private key: there is neither certificates/%s.key.pem nor .p12."
                .formatted(each.id(), each.id()));
      }
    }
    Predicate<CertificateEntry> usable = each -> each.privateKey().isPresent();
    need(profile, all.stream().filter(usable).toList(), usage, purpose);
  }

  private void need(Profile profile, List<CertificateEntry> all, Usage usage, String purpose) {
    List<CertificateEntry> right = all.stream().filter(each -> each.usage() == usage).toList();
    Optional<CertificateEntry> active =
        right.stream().filter(each -> each.isActive(now)).max(BY_END);
    if (active.isPresent()) {
      Instant end = active.get().inactiveDate();
      if (end.isBefore(now.plus(SOON))) {
        problems.add(
            "Certificate %s (%s of %s) is only used until %s."
                .formatted(active.get().id(), usage, profile.as2Id(), DAY.format(end)));
      }
      return;
    }
    right.forEach(each -> problems.add(inactive(each)));
    problems.add(
        "Profile %s (%s) has no active %s certificate %s."
            .formatted(profile.id(), profile.as2Id(), usage, purpose));
  }

  private String inactive(CertificateEntry entry) {
    Instant expiry = entry.certificate().getNotAfter().toInstant();
    if (!now.isBefore(expiry)) {
      return "Certificate %s expired on %s.".formatted(entry.id(), DAY.format(expiry));
    }
    return "Certificate %s is used from %s to %s, and not now."
        .formatted(entry.id(), DAY.format(entry.activeDate()), DAY.format(entry.inactiveDate()));
  }

  private void secret(String id) {
    try {
      config.credentials(id);
    } catch (IOException e) {
      problems.add(Sentences.of(e));
    }
  }
}
