package dev.as2.daemon.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.CertificateEntry;
import dev.as2.daemon.aws.CertificateText;
import dev.as2.daemon.aws.Json;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.stream.Collectors;

/** A certificate as DescribeCertificate shows it, with times in seconds since 1970. */
final class CertificateMembers {
  private CertificateMembers() {}

  /** Without the private key, which is only mentioned. */
  static ObjectNode of(CertificateEntry entry) {
    X509Certificate certificate = entry.certificate();
    ObjectNode members =
        Json.object()
            .put("CertificateId", entry.id().value())
            .put("Usage", entry.usage().name())
            .put("Certificate", CertificateText.pem(certificate));
    if (!entry.chain().isEmpty()) {
      members.put(
          "CertificateChain",
          entry.chain().stream().map(CertificateText::pem).collect(Collectors.joining()));
    }
    return members
        .put("ActiveDate", entry.activeDate().getEpochSecond())
        .put("InactiveDate", entry.inactiveDate().getEpochSecond())
        .put("Serial", certificate.getSerialNumber().toString(16))
        .put("NotBeforeDate", certificate.getNotBefore().toInstant().getEpochSecond())
        .put("NotAfterDate", certificate.getNotAfter().toInstant().getEpochSecond())
        .put(
            "Type",
            entry.privateKey().isPresent() ? "CERTIFICATE_WITH_PRIVATE_KEY" : "CERTIFICATE");
  }

  /**
   * @throws ApiException where it is to be used outside its validity, or never
   */
  static void checkDates(String id, ObjectNode members) throws ApiException {
    Instant from = time(members, "NotBeforeDate");
    Instant to = time(members, "NotAfterDate");
    Instant active = time(members, "ActiveDate");
    Instant inactive = time(members, "InactiveDate");
    if (active.isBefore(from) || inactive.isAfter(to) || !active.isBefore(inactive)) {
      throw ApiException.invalid(
          "certificate %s is to be used from %s to %s, and is valid from %s to %s."
              .formatted(id, active, inactive, from, to));
    }
  }

  private static Instant time(ObjectNode members, String name) {
    return Instant.ofEpochSecond(members.path(name).asLong());
  }
}
