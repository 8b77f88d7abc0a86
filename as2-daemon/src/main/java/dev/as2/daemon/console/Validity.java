package dev.as2.daemon.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.daemon.console.Directory.KnownCertificate;
import java.time.Duration;
import java.time.Instant;

/** How a certificate stands at a moment, and how much that matters. */
enum Validity {
  /** It may not be used any more. */
  EXPIRED,
  /** It ends within a week. */
  CRITICAL,
  /** It ends within a month. */
  WARNING,
  /** It may not be used yet. */
  LATER,
  GOOD;

  private static final int CRITICAL_DAYS = 7;
  private static final int WARNING_DAYS = 30;

  static Validity of(KnownCertificate certificate, Instant now) {
    long days = daysLeft(certificate, now);
    if (!certificate.ends().isAfter(now)) {
      return EXPIRED;
    } else if (days < CRITICAL_DAYS) {
      return CRITICAL;
    } else if (days < WARNING_DAYS) {
      return WARNING;
    }
    return certificate.begins().isAfter(now) ? LATER : GOOD;
  }

  /** Whole days; negative where it has ended. */
  static long daysLeft(KnownCertificate certificate, Instant now) {
    return Math.floorDiv(Duration.between(now, certificate.ends()).toSeconds(), 86_400);
  }

  /** Whether somebody has to do something. */
  boolean isUrgent() {
    return this == EXPIRED || this == CRITICAL || this == WARNING;
  }

  /** Adds id, usage, dates, and how it stands. */
  static ObjectNode show(ObjectNode node, KnownCertificate certificate, Instant now) {
    return node.put("id", certificate.id())
        .put("usage", certificate.usage())
        .put("begins", certificate.begins().toString())
        .put("ends", certificate.ends().toString())
        .put("daysLeft", daysLeft(certificate, now))
        .put("validity", of(certificate, now).name());
  }
}
