package dev.as2.daemon.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.daemon.aws.Json;
import dev.as2.daemon.console.Directory.KnownAgreement;
import dev.as2.daemon.console.Directory.KnownCertificate;
import dev.as2.daemon.console.Directory.KnownConnector;
import dev.as2.daemon.console.Directory.KnownProfile;
import dev.as2.daemon.console.Directory.Names;
import dev.as2.daemon.state.Resources;
import dev.as2.daemon.state.Resources.Kind;
import dev.as2.daemon.state.Resources.Resource;
import dev.as2.daemon.state.ServeLimits;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * Connectors, agreements, profiles and certificates, a page at a time, with what people ask of
 * them.
 */
final class ResourceLists {
  private final Directory directory;
  private final Resources resources;
  private final Clock clock;

  ResourceLists(Directory directory, Resources resources, Clock clock) {
    this.directory = directory;
    this.resources = resources;
    this.clock = clock;
  }

  /** In the order of their names. */
  ObjectNode connectors(Visit visit) throws Refusal, IOException {
    String text = text(visit);
    List<KnownConnector> found =
        directory.names().connectors().values().stream()
            .filter(each -> each.isCalled(text))
            .sorted(
                Comparator.comparing(KnownConnector::name, String.CASE_INSENSITIVE_ORDER)
                    .thenComparing(KnownConnector::id))
            .toList();
    return page(visit, "connectors", found, ResourceLists::connector);
  }

  private static void connector(KnownConnector connector, ObjectNode node) {
    node.put("id", connector.id());
    node.put("name", connector.name());
    node.put("partner", connector.partner());
    node.put("local", connector.local());
    node.set("members", connector.members());
    new TreeMap<>(connector.tags()).forEach(node.putObject("tags")::put);
  }

  /** In the order of their creation. */
  ObjectNode agreements(Visit visit) throws Refusal, IOException {
    String text = text(visit);
    List<KnownAgreement> found =
        directory.names().agreements().values().stream()
            .filter(each -> contains(text, each.id(), each.name(), each.partner(), each.local()))
            .toList();
    return page(visit, "agreements", found, ResourceLists::agreement);
  }

  private static void agreement(KnownAgreement agreement, ObjectNode node) {
    node.put("id", agreement.id());
    node.put("name", agreement.name());
    node.put("partner", agreement.partner());
    node.put("local", agreement.local());
    node.set("members", agreement.members());
    new TreeMap<>(agreement.tags()).forEach(node.putObject("tags")::put);
  }

  /** In the order of their creation. */
  ObjectNode profiles(Visit visit) throws Refusal, IOException {
    String text = text(visit);
    Names names = directory.names();
    Instant now = clock.instant();
    List<KnownProfile> found =
        names.profiles().values().stream()
            .filter(each -> contains(text, each.id(), each.as2Id(), each.type()))
            .toList();
    return page(visit, "profiles", found, (each, node) -> profile(each, names, now, node));
  }

  private static void profile(KnownProfile profile, Names names, Instant now, ObjectNode node) {
    node.put("id", profile.id());
    node.put("as2Id", profile.as2Id());
    node.put("type", profile.type());
    ArrayNode certificates = node.putArray("certificates");
    for (String id : profile.certificateIds()) {
      KnownCertificate certificate = names.certificates().get(id);
      if (certificate == null) {
        certificates.addObject().put("id", id);
      } else {
        Validity.show(certificates.addObject(), certificate, now);
      }
    }
  }

  /** Those that end first come first; with how many need somebody. */
  ObjectNode certificates(Visit visit) throws Refusal, IOException {
    String text = text(visit);
    Names names = directory.names();
    Instant now = clock.instant();
    List<KnownCertificate> found =
        names.certificates().values().stream()
            .filter(each -> contains(text, each.id(), each.usage(), users(each, names)))
            .sorted(
                Comparator.comparing(KnownCertificate::ends).thenComparing(KnownCertificate::id))
            .toList();
    ObjectNode answer =
        page(visit, "certificates", found, (each, node) -> Validity.show(node, each, now));
    for (var node : answer.path("certificates")) {
      detail((ObjectNode) node, names);
    }
    long urgent =
        names.certificates().values().stream()
            .filter(each -> Validity.of(each, now).isUrgent())
            .count();
    return answer.put("urgent", urgent);
  }

  private static String users(KnownCertificate certificate, Names names) {
    return String.join(" ", users(certificate.id(), names).map(KnownProfile::as2Id).toList());
  }

  private static Stream<KnownProfile> users(String certificateId, Names names) {
    return names.profiles().values().stream()
        .filter(each -> each.certificateIds().contains(certificateId));
  }

  private void detail(ObjectNode node, Names names) throws IOException {
    String id = node.path("id").asText();
    Optional<Resource> resource = resources.find(Kind.CERTIFICATE, id);
    resource.ifPresent(each -> CertificateFacts.show(node, each.members()));
    ArrayNode profiles = node.putArray("profiles");
    users(id, names)
        .limit(ServeLimits.CONSOLE_SEARCHED_CONNECTORS)
        .forEach(each ->
            profiles
                .addObject()
                .put("id", each.id())
                .put("as2Id", each.as2Id())
                .put("type", each.type()));
  }

  /** What is searched for, in small letters; empty for everything. */
  static String text(Visit visit) throws Refusal {
    return visit
        .query()
        .text("text", ServeLimits.CONSOLE_SEARCH_CHARACTERS)
        .orElse("")
        .strip()
        .toLowerCase(Locale.ROOT);
  }

  private static boolean contains(String text, String... names) {
    return Stream.of(names).anyMatch(each -> each.toLowerCase(Locale.ROOT).contains(text));
  }

  /** How many are to be shown. */
  static int limit(Visit visit) throws Refusal {
    return Math.toIntExact(
        visit
            .query()
            .number("limit", 1, ServeLimits.CONSOLE_LARGEST_PAGE)
            .orElse((long) ServeLimits.CONSOLE_PAGE));
  }

  /** {@code total}, the page's part of them, and {@code next} where there are more. */
  private static <T> ObjectNode page(
      Visit visit, String name, List<T> found, BiConsumer<T, ObjectNode> show) throws Refusal {
    int from = Math.toIntExact(visit.query().number("from", 0, Integer.MAX_VALUE).orElse(0L));
    int limit = limit(visit);
    ObjectNode answer = Json.object().put("total", found.size());
    ArrayNode shown = answer.putArray(name);
    found.stream().skip(from).limit(limit).forEach(each -> show.accept(each, shown.addObject()));
    if (from + shown.size() < found.size()) {
      answer.put("next", from + shown.size());
    }
    return answer;
  }
}
