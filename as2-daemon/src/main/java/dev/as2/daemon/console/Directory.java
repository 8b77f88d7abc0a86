package dev.as2.daemon.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.daemon.state.Resources;
import dev.as2.daemon.state.Resources.Kind;
import dev.as2.daemon.state.Resources.Resource;
import dev.as2.daemon.state.ServeLimits;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What people call connectors and partners, as it was a few seconds ago. Holds all connectors and
 * profiles, and of certificates the dates: quotas bound how many there are. Safe for use by several
 * threads.
 */
final class Directory {
  private static final Duration FRESH = Duration.ofSeconds(ServeLimits.CONSOLE_NAMES_SECONDS);

  private final Resources resources;
  private final Clock clock;
  private @Nullable Names names;
  private Instant read = Instant.MIN;

  Directory(Resources resources, Clock clock) {
    this.resources = resources;
    this.clock = clock;
  }

  /**
   * A connector.
   *
   * @param name its tag {@code Name}, or else its partner's name
   * @param partner the partner's AS2 name; empty where its profile is gone
   * @param local our AS2 name; empty where our profile is gone
   */
  record KnownConnector(
      String id,
      String name,
      String partner,
      String local,
      ObjectNode members,
      Map<String, String> tags) {
    /** Whether a text in lower case is a part of what people call it. */
    boolean isCalled(String text) {
      return Stream.of(id, name, partner, local, members.path("Url").asText())
          .anyMatch(each -> each.toLowerCase(Locale.ROOT).contains(text));
    }
  }

  /** A profile. */
  record KnownProfile(String id, String as2Id, String type, List<String> certificateIds) {
    KnownProfile {
      certificateIds = List.copyOf(certificateIds);
    }
  }

  /**
   * A certificate.
   *
   * @param begins when it may first be used
   * @param ends when it may be used no more
   */
  record KnownCertificate(String id, String usage, Instant begins, Instant ends) {}

  /**
   * An agreement.
   *
   * @param name its description, or else the partner's AS2 name
   * @param partner the partner's AS2 name; empty where there is no such profile
   * @param local our own
   */
  record KnownAgreement(
      String id,
      String name,
      String partner,
      String local,
      ObjectNode members,
      Map<String, String> tags) {
    KnownAgreement {
      tags = Map.copyOf(tags);
    }
  }

  /** All of them, by their ids, in the order of their creation. */
  record Names(
      Map<String, KnownConnector> connectors,
      Map<String, KnownProfile> profiles,
      Map<String, KnownCertificate> certificates,
      Map<String, KnownAgreement> agreements) {

    Optional<KnownConnector> connector(String id) {
      return Optional.ofNullable(connectors.get(id));
    }
  }

  /** The names as they are, or were a moment ago. */
  synchronized Names names() throws IOException {
    Instant now = clock.instant();
    Names known = names;
    if (known == null || now.isBefore(read) || now.isAfter(read.plus(FRESH))) {
      known = read();
      names = known;
      read = now;
    }
    return known;
  }

  private Names read() throws IOException {
    Map<String, KnownProfile> profiles = new LinkedHashMap<>();
    for (Resource each : all(Kind.PROFILE)) {
      profiles.put(each.id(), profile(each));
    }
    Map<String, KnownConnector> connectors = new LinkedHashMap<>();
    for (Resource each : all(Kind.CONNECTOR)) {
      connectors.put(each.id(), connector(each, profiles));
    }
    Map<String, KnownCertificate> certificates = new LinkedHashMap<>();
    for (Resource each : all(Kind.CERTIFICATE)) {
      certificates.put(each.id(), certificate(each));
    }
    Map<String, KnownAgreement> agreements = new LinkedHashMap<>();
    for (Resource each : all(Kind.AGREEMENT)) {
      agreements.put(each.id(), agreement(each, profiles));
    }
    return new Names(connectors, profiles, certificates, agreements);
  }

  private List<Resource> all(Kind kind) throws IOException {
    List<Resource> all = new ArrayList<>();
    List<Resource> some = resources.list(kind, Optional.empty(), ServeLimits.CONSOLE_LARGEST_PAGE);
    while (!some.isEmpty()) {
      all.addAll(some);
      Optional<String> last = Optional.of(some.get(some.size() - 1).id());
      some = resources.list(kind, last, ServeLimits.CONSOLE_LARGEST_PAGE);
    }
    return all;
  }

  private static KnownProfile profile(Resource resource) {
    JsonNode members = resource.members();
    List<String> certificates =
        StreamSupport.stream(members.path("CertificateIds").spliterator(), false)
            .map(JsonNode::asText)
            .toList();
    return new KnownProfile(
        resource.id(),
        members.path("As2Id").asText(),
        members.path("ProfileType").asText(),
        certificates);
  }

  private static KnownConnector connector(Resource resource, Map<String, KnownProfile> profiles) {
    JsonNode as2 = resource.members().path("As2Config");
    String partner = name(profiles, as2.path("PartnerProfileId").asText());
    String local = name(profiles, as2.path("LocalProfileId").asText());
    String name = resource.tags().getOrDefault("Name", "");
    return new KnownConnector(
        resource.id(),
        name.isBlank() ? partner : name,
        partner,
        local,
        resource.members(),
        resource.tags());
  }

  private static KnownAgreement agreement(Resource resource, Map<String, KnownProfile> profiles) {
    JsonNode members = resource.members();
    String partner = name(profiles, members.path("PartnerProfileId").asText());
    return new KnownAgreement(
        resource.id(),
        members.path("Description").asText(partner),
        partner,
        name(profiles, members.path("LocalProfileId").asText()),
        resource.members(),
        resource.tags());
  }

  private static String name(Map<String, KnownProfile> profiles, String id) {
    return Optional.ofNullable(profiles.get(id)).map(KnownProfile::as2Id).orElse("");
  }

  private static KnownCertificate certificate(Resource resource) {
    Instant inactive = time(resource, "InactiveDate");
    Instant notAfter = time(resource, "NotAfterDate");
    return new KnownCertificate(
        resource.id(),
        resource.members().path("Usage").asText(),
        time(resource, "ActiveDate"),
        inactive.isBefore(notAfter) ? inactive : notAfter);
  }

  private static Instant time(Resource resource, String name) {
    return Instant.ofEpochSecond(resource.members().path(name).asLong());
  }
}
