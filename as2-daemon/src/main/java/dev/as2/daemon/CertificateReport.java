package dev.as2.daemon;

import dev.as2.core.CertificateEntry;
import java.io.PrintWriter;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** What people compare and look up when they exchange certificates, a line each. */
record CertificateReport(Map<String, String> lines) {
  private static final DateTimeFormatter TIMES =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

  static CertificateReport of(CertificateEntry entry) {
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("Certificate", entry.id().value());
    lines.put("Usage", entry.usage().name());
    lines.putAll(of(entry.certificate()).lines());
    if (!entry.chain().isEmpty()) {
      lines.put("Chain", entry.chain().size() + " more certificates");
    }
    lines.put("Private key", entry.privateKey().isPresent() ? "there, and it fits" : "none");
    X509Certificate own = entry.certificate();
    if (!entry.activeDate().equals(own.getNotBefore().toInstant())
        || !entry.inactiveDate().equals(own.getNotAfter().toInstant())) {
      lines.put(
          "Used", TIMES.format(entry.activeDate()) + " to " + TIMES.format(entry.inactiveDate()));
    }
    return new CertificateReport(lines);
  }

  static CertificateReport of(X509Certificate certificate) {
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("Subject", certificate.getSubjectX500Principal().getName());
    String issuer = certificate.getIssuerX500Principal().getName();
    boolean own =
        certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal());
    lines.put("Issuer", own ? "itself" : issuer);
    lines.put("Serial", certificate.getSerialNumber().toString(16));
    lines.put("Valid", validity(certificate, Instant.now()));
    lines.put("Key", key(certificate));
    lines.put("SHA-256", fingerprint(certificate));
    return new CertificateReport(lines);
  }

  private static String validity(X509Certificate certificate, Instant now) {
    Instant from = certificate.getNotBefore().toInstant();
    Instant until = certificate.getNotAfter().toInstant();
    String remark;
    if (now.isBefore(from)) {
      remark = "not yet valid";
    } else if (now.isAfter(until)) {
      remark = "EXPIRED " + ChronoUnit.DAYS.between(until, now) + " days ago";
    } else {
      remark = ChronoUnit.DAYS.between(now, until) + " days left";
    }
    return TIMES.format(from) + " to " + TIMES.format(until) + " (" + remark + ")";
  }

  private static String key(X509Certificate certificate) {
    String algorithm = certificate.getPublicKey().getAlgorithm();
    return certificate.getPublicKey() instanceof RSAPublicKey rsa
        ? algorithm + " " + rsa.getModulus().bitLength() + " bits"
        : algorithm;
  }

  private static String fingerprint(X509Certificate certificate) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256, and what was read can be encoded", e);
    }
  }

  void print(PrintWriter out) {
    lines.forEach((name, value) -> out.printf("%-12s %s%n", name, value));
  }
}
