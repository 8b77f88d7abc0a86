package dev.as2.daemon.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.AgreementId;
import dev.as2.core.As2Exception;
import dev.as2.core.Profile;
import dev.as2.daemon.aws.AgreementJson;
import dev.as2.daemon.aws.Json;
import dev.as2.daemon.aws.Members;
import dev.as2.daemon.state.Resources.Kind;
import dev.as2.daemon.state.Resources.Resource;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * CreateAgreement and its like. Any server id of AWS's form will do: all of them are this daemon,
 * and an agreement is found only by the one that it was made with.
 */
final class AgreementOperations {
  private static final String BASE = "BaseDirectory";
  private static final String CUSTOM = "CustomDirectories";
  private static final String SERVER = "ServerId";
  private static final String LOCAL = "LocalProfileId";
  private static final String PARTNER = "PartnerProfileId";
  private static final String STATUS = "Status";

  /** What a call may set besides the directories. */
  private static final List<String> PLAIN =
      List.of(
          "Description",
          STATUS,
          LOCAL,
          PARTNER,
          "AccessRole",
          "PreserveFilename",
          "EnforceMessageSigning");

  private final Catalog catalog;
  private final RandomGenerator random;

  AgreementOperations(Catalog catalog, RandomGenerator random) {
    this.catalog = catalog;
    this.random = random;
  }

  Optional<ObjectNode> create(Call call) throws ApiException, IOException {
    String id = AgreementId.random(random).value();
    ObjectNode members = Json.object().put("AgreementId", id).put(SERVER, call.required(SERVER));
    Map<String, String> tags = call.tags();
    Resource made = checked(new Resource(Kind.AGREEMENT, id, changed(members, call), tags));
    catalog.alone(() -> {
      profiles(call);
      requireNoOther(made);
      catalog.create(made, Optional.empty());
      return made;
    });
    return Optional.of(Json.object().put("AgreementId", id));
  }

  Optional<ObjectNode> update(Call call) throws ApiException, IOException {
    String id = call.id(Kind.AGREEMENT);
    catalog.alone(() -> {
      Resource before = existing(call);
      profiles(call);
      requireNoOther(merged(before, call));
      return catalog.update(Kind.AGREEMENT, id, now -> merged(now, call));
    });
    return Optional.of(Json.object().put("AgreementId", id));
  }

  private static Resource merged(Resource before, Call call) throws ApiException {
    ObjectNode members = changed(before.members(), call);
    return checked(new Resource(before.kind(), before.id(), members, before.tags()));
  }

  /** Every member that a call names takes the place of the one before. */
  private static ObjectNode changed(ObjectNode before, Call call) throws ApiException {
    ObjectNode members = before.deepCopy();
    for (String name : PLAIN) {
      call.text(name).ifPresent(value -> members.put(name, value));
    }
    Optional<String> base = call.text(BASE).filter(path -> !path.isEmpty());
    if (base.isPresent() && call.has(CUSTOM)) {
      throw ApiException.invalid("BaseDirectory and CustomDirectories exclude each other.");
    }
    if (base.isPresent()) {
      members.put(BASE, base.get()).remove(CUSTOM);
    } else if (call.has(CUSTOM)) {
      members.remove(BASE);
      members.set(CUSTOM, call.request().get(CUSTOM).deepCopy());
    }
    return members;
  }

  /**
   * An agreement's members and tags with all defaults written out.
   *
   * @throws ApiException where they make no agreement that could receive
   */
  static Resource checked(Resource made) throws ApiException {
    String name = "agreement " + made.id();
    ObjectNode described = made.members().deepCopy();
    described.set("Tags", Catalog.tags(made.tags()));
    ObjectNode tree = Json.object();
    tree.set("Agreement", described);
    try {
      ObjectNode members =
          (ObjectNode)
              AgreementJson.write(AgreementJson.read(Members.of(name, tree))).path("Agreement");
      members.remove("Tags");
      return new Resource(made.kind(), made.id(), members, made.tags());
    } catch (As2Exception e) {
      throw ApiException.invalid(Sentence.without(name, e));
    }
  }

  /** The profiles that a call names are there, and on the right side. */
  private void profiles(Call call) throws ApiException, IOException {
    Optional<String> local = call.text(LOCAL);
    if (local.isPresent()) {
      catalog.profile(LOCAL, local.get(), Profile.Type.LOCAL);
    }
    Optional<String> partner = call.text(PARTNER);
    if (partner.isPresent()) {
      catalog.profile(PARTNER, partner.get(), Profile.Type.PARTNER);
    }
  }

  /** A message names its agreement by two AS2 names only, so that one of them may be active. */
  private void requireNoOther(Resource agreement) throws ApiException, IOException {
    if (!isActive(agreement)) {
      return;
    }
    List<String> names = names(agreement);
    for (Resource each : catalog.all(Kind.AGREEMENT)) {
      if (isActive(each) && !each.id().equals(agreement.id()) && names(each).equals(names)) {
        throw ApiException.exists(
            Kind.AGREEMENT,
            each.id(),
            "is active already for what %s sends to %s.".formatted(names.get(0), names.get(1)));
      }
    }
  }

  private static boolean isActive(Resource agreement) {
    return agreement.members().path(STATUS).asText().equals("ACTIVE");
  }

  private List<String> names(Resource agreement) throws ApiException, IOException {
    return List.of(name(agreement, PARTNER), name(agreement, LOCAL));
  }

  private String name(Resource agreement, String member) throws ApiException, IOException {
    String id = agreement.members().path(member).asText();
    return catalog.existing(Kind.PROFILE, id).members().path("As2Id").asText();
  }

  /** The agreement that a call names, of the server that it names. */
  private Resource existing(Call call) throws ApiException, IOException {
    Resource found = catalog.existing(Kind.AGREEMENT, call.id(Kind.AGREEMENT));
    if (!server(found).equals(call.required(SERVER))) {
      throw ApiException.notFound(Kind.AGREEMENT, found.id());
    }
    return found;
  }

  private static String server(Resource agreement) {
    return agreement.members().path(SERVER).asText();
  }

  Optional<ObjectNode> describe(Call call) throws ApiException, IOException {
    ObjectNode answer = Json.object();
    answer.set("Agreement", catalog.described(existing(call)));
    return Optional.of(answer);
  }

  Optional<ObjectNode> list(Call call) throws ApiException, IOException {
    String server = call.required(SERVER);
    Catalog.Listed listed =
        Catalog.Listed.all("AgreementId", "Description", STATUS, SERVER, LOCAL, PARTNER);
    return Optional.of(
        catalog.list(
            call, Kind.AGREEMENT, listed.where(server, each -> server(each).equals(server))));
  }

  Optional<ObjectNode> delete(Call call) throws ApiException, IOException {
    existing(call);
    catalog.delete(Kind.AGREEMENT, call.id(Kind.AGREEMENT));
    return Optional.empty();
  }

  /** Whether an agreement receives for a profile, or from it. */
  static boolean uses(Resource agreement, String profile) {
    return agreement.members().path(LOCAL).asText().equals(profile)
        || agreement.members().path(PARTNER).asText().equals(profile);
  }
}
