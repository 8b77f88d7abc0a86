package dev.as2.daemon.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.As2Exception;
import dev.as2.core.ProfileId;
import dev.as2.daemon.aws.Json;
import dev.as2.daemon.aws.Members;
import dev.as2.daemon.aws.ProfileJson;
import dev.as2.daemon.state.Resources.Kind;
import dev.as2.daemon.state.Resources.Resource;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** CreateProfile and its like. */
final class ProfileOperations {
  private static final String CERTIFICATES = "CertificateIds";

  private final Catalog catalog;
  private final RandomGenerator random;

  ProfileOperations(Catalog catalog, RandomGenerator random) {
    this.catalog = catalog;
    this.random = random;
  }

  Optional<ObjectNode> create(Call call) throws ApiException, IOException {
    String id = ProfileId.random(random).value();
    ObjectNode members =
        Json.object()
            .put("ProfileId", id)
            .put("ProfileType", call.required("ProfileType"))
            .put("As2Id", call.required("As2Id"));
    List<String> certificates = call.texts(CERTIFICATES).orElse(List.of());
    set(members, certificates);
    Map<String, String> tags = call.tags();
    Resource made = checked(new Resource(Kind.PROFILE, id, members, tags));
    catalog.alone(() -> {
      certificates(certificates);
      catalog.create(made, Optional.empty());
      return made;
    });
    return Optional.of(Json.object().put("ProfileId", id));
  }

  Optional<ObjectNode> update(Call call) throws ApiException, IOException {
    String id = call.id(Kind.PROFILE);
    Optional<List<String>> certificates = call.texts(CERTIFICATES);
    catalog.alone(() -> {
      catalog.existing(Kind.PROFILE, id);
      certificates(certificates.orElse(List.of()));
      return catalog.update(
          Kind.PROFILE,
          id,
          before -> {
            ObjectNode members = before.members().deepCopy();
            certificates.ifPresent(all -> set(members, all));
            return checked(new Resource(Kind.PROFILE, id, members, before.tags()));
          });
    });
    return Optional.of(Json.object().put("ProfileId", id));
  }

  private static void set(ObjectNode members, List<String> certificates) {
    ArrayNode ids = members.putArray(CERTIFICATES);
    certificates.forEach(ids::add);
  }

  private void certificates(List<String> ids) throws ApiException, IOException {
    for (String id : ids) {
      catalog.existing(Kind.CERTIFICATE, id);
    }
  }

  private static Resource checked(Resource made) throws ApiException {
    String name = "profile " + made.id();
    ObjectNode tree = Json.object();
    tree.set("Profile", made.members());
    try {
      ProfileJson.read(Members.of(name, tree));
    } catch (As2Exception e) {
      throw ApiException.invalid(Sentence.without(name, e));
    }
    return made;
  }

  Optional<ObjectNode> describe(Call call) throws ApiException, IOException {
    Resource found = catalog.existing(Kind.PROFILE, call.id(Kind.PROFILE));
    ObjectNode answer = Json.object();
    answer.set("Profile", catalog.described(found));
    return Optional.of(answer);
  }

  Optional<ObjectNode> list(Call call) throws ApiException, IOException {
    Catalog.Listed listed = Catalog.Listed.all("ProfileId", "As2Id", "ProfileType");
    Optional<String> type = call.text("ProfileType");
    if (type.isPresent()) {
      listed = listed.where(type.get(), each -> type(each).equals(type.get()));
    }
    return Optional.of(catalog.list(call, Kind.PROFILE, listed));
  }

  private static String type(Resource profile) {
    return profile.members().path("ProfileType").asText();
  }

  Optional<ObjectNode> delete(Call call) throws ApiException, IOException {
    String id = call.id(Kind.PROFILE);
    return catalog.alone(() -> {
      catalog.requireUnused(Kind.PROFILE, id, Kind.CONNECTOR, each -> sendsWith(each, id));
      catalog.requireUnused(
          Kind.PROFILE, id, Kind.AGREEMENT, each -> AgreementOperations.uses(each, id));
      catalog.delete(Kind.PROFILE, id);
      return Optional.empty();
    });
  }

  private static boolean sendsWith(Resource connector, String profile) {
    ObjectNode as2 = connector.members().withObjectProperty("As2Config");
    return as2.path("LocalProfileId").asText().equals(profile)
        || as2.path("PartnerProfileId").asText().equals(profile);
  }
}
