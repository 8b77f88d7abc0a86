package dev.as2.daemon.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.CertificateEntry;
import dev.as2.core.CertificateId;
import dev.as2.daemon.aws.Json;
import dev.as2.daemon.state.Resources.Kind;
import dev.as2.daemon.state.Resources.Resource;
import java.io.IOException;
import java.security.Key;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** ImportCertificate and its like. */
final class CertificateOperations {
  private static final String ACTIVE = "ActiveDate";
  private static final String INACTIVE = "InactiveDate";
  private static final String DESCRIPTION = "Description";

  private final Catalog catalog;
  private final Clock clock;
  private final RandomGenerator random;

  CertificateOperations(Catalog catalog, Clock clock, RandomGenerator random) {
    this.catalog = catalog;
    this.clock = clock;
    this.random = random;
  }

  Optional<ObjectNode> importCertificate(Call call) throws ApiException, IOException {
    CertificateId id = CertificateId.random(random);
    ImportedCertificate given = ImportedCertificate.of(call);
    CertificateEntry entry =
        given.entry(
            id, call.time(ACTIVE).orElse(given.from()), call.time(INACTIVE).orElse(given.to()));
    ObjectNode members = CertificateMembers.of(entry);
    call.text(DESCRIPTION).ifPresent(text -> members.put(DESCRIPTION, text));
    Map<String, String> tags = call.tags();
    Resource made = new Resource(Kind.CERTIFICATE, id.value(), members, tags);
    catalog.alone(() -> {
      catalog.create(made, entry.privateKey().map(Key::getEncoded));
      return made;
    });
    return Optional.of(Json.object().put("CertificateId", id.value()));
  }

  Optional<ObjectNode> update(Call call) throws ApiException, IOException {
    String id = call.id(Kind.CERTIFICATE);
    catalog.update(
        Kind.CERTIFICATE,
        id,
        before -> {
          ObjectNode members = before.members().deepCopy();
          call.time(ACTIVE).ifPresent(time -> members.put(ACTIVE, time.getEpochSecond()));
          call.time(INACTIVE).ifPresent(time -> members.put(INACTIVE, time.getEpochSecond()));
          call.text(DESCRIPTION).ifPresent(text -> members.put(DESCRIPTION, text));
          CertificateMembers.checkDates(id, members);
          return new Resource(Kind.CERTIFICATE, id, members, before.tags());
        });
    return Optional.of(Json.object().put("CertificateId", id));
  }

  Optional<ObjectNode> describe(Call call) throws ApiException, IOException {
    Resource found = catalog.existing(Kind.CERTIFICATE, call.id(Kind.CERTIFICATE));
    ObjectNode answer = Json.object();
    answer.set("Certificate", catalog.described(timed(found)));
    return Optional.of(answer);
  }

  Optional<ObjectNode> list(Call call) throws ApiException, IOException {
    Catalog.Listed listed =
        Catalog.Listed.all(
            "CertificateId", "Usage", "Status", ACTIVE, INACTIVE, "Type", DESCRIPTION);
    return Optional.of(catalog.list(call, Kind.CERTIFICATE, listed.as(this::timed)));
  }

  /** With the status that it has at this moment. */
  private Resource timed(Resource certificate) {
    Instant now = clock.instant();
    String status = "ACTIVE";
    if (now.isBefore(time(certificate, ACTIVE))) {
      status = "PENDING_ROTATION";
    } else if (!now.isBefore(time(certificate, INACTIVE))) {
      status = "INACTIVE";
    }
    ObjectNode members = certificate.members().deepCopy().put("Status", status);
    return new Resource(certificate.kind(), certificate.id(), members, certificate.tags());
  }

  private static Instant time(Resource certificate, String name) {
    return Instant.ofEpochSecond(certificate.members().path(name).asLong());
  }

  Optional<ObjectNode> delete(Call call) throws ApiException, IOException {
    String id = call.id(Kind.CERTIFICATE);
    return catalog.alone(() -> {
      catalog.requireUnused(Kind.CERTIFICATE, id, Kind.PROFILE, each -> has(each, id));
      catalog.delete(Kind.CERTIFICATE, id);
      return Optional.empty();
    });
  }

  private static boolean has(Resource profile, String certificate) {
    for (JsonNode each : profile.members().path("CertificateIds")) {
      if (each.asText().equals(certificate)) {
        return true;
      }
    }
    return false;
  }
}
