package dev.as2.daemon.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.As2Exception;
import dev.as2.core.Connector;
import dev.as2.core.ConnectorId;
import dev.as2.core.Profile;
import dev.as2.daemon.aws.ConnectorJson;
import dev.as2.daemon.aws.Json;
import dev.as2.daemon.aws.Members;
import dev.as2.daemon.state.Resources.Kind;
import dev.as2.daemon.state.Resources.Resource;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** CreateConnector and its like. */
final class ConnectorOperations {
  private static final String AS2_CONFIG = "As2Config";
  private static final String SECRET = "BasicAuthSecretId";

  /** What belongs to connectors of the other protocol. */
  private static final List<String> SFTP =
      List.of("SftpConfig", "SecurityPolicyName", "EgressConfig");

  /** What a connector has besides its {@code As2Config}. */
  private static final List<String> OUTER =
      List.of("Url", "AccessRole", "LoggingRole", "IpAddressType");

  private final Catalog catalog;
  private final RandomGenerator random;

  ConnectorOperations(Catalog catalog, RandomGenerator random) {
    this.catalog = catalog;
    this.random = random;
  }

  Optional<ObjectNode> create(Call call) throws ApiException, IOException {
    refuseSftp(call);
    if (!call.has(AS2_CONFIG)) {
      throw ApiException.invalid("As2Config is missing: a connector sends AS2.");
    }
    String id = ConnectorId.random(random).value();
    ObjectNode members = changed(Json.object().put("ConnectorId", id), call);
    Map<String, String> tags = call.tags();
    Resource made = checked(new Resource(Kind.CONNECTOR, id, members, tags));
    catalog.alone(() -> {
      profiles(call);
      catalog.create(made, Optional.empty());
      return made;
    });
    return Optional.of(Json.object().put("ConnectorId", id));
  }

  Optional<ObjectNode> update(Call call) throws ApiException, IOException {
    refuseSftp(call);
    String id = call.id(Kind.CONNECTOR);
    catalog.alone(() -> {
      catalog.existing(Kind.CONNECTOR, id);
      profiles(call);
      return catalog.update(Kind.CONNECTOR, id, before -> merged(before, call));
    });
    return Optional.of(Json.object().put("ConnectorId", id));
  }

  private static void refuseSftp(Call call) throws ApiException {
    for (String name : SFTP) {
      if (call.has(name)) {
        throw ApiException.invalid(name + " is for SFTP connectors, and there are AS2 ones only.");
      }
    }
  }

  private static Resource merged(Resource before, Call call) throws ApiException {
    ObjectNode members = changed(before.members(), call);
    return checked(new Resource(before.kind(), before.id(), members, before.tags()));
  }

  /** Every member that a call names takes the place of the one before, within As2Config too. */
  private static ObjectNode changed(ObjectNode before, Call call) {
    ObjectNode members = before.deepCopy();
    for (String name : OUTER) {
      call.text(name).ifPresent(value -> members.put(name, value));
    }
    ObjectNode as2 = members.withObjectProperty(AS2_CONFIG);
    for (Map.Entry<String, JsonNode> each : call.request().path(AS2_CONFIG).properties()) {
      if (!each.getValue().isNull() && Shapes.has("As2ConnectorConfig", each.getKey())) {
        as2.set(each.getKey(), each.getValue());
      }
    }
    if (as2.path(SECRET).asText().isEmpty()) {
      as2.remove(SECRET); // AWS's way to say that there is none any more
    }
    return members;
  }

  /**
   * A connector's members and tags with all defaults written out.
   *
   * @throws ApiException where they make no connector that could send
   */
  static Resource checked(Resource made) throws ApiException {
    String name = "connector " + made.id();
    ObjectNode described = made.members().deepCopy();
    described.set("Tags", Catalog.tags(made.tags()));
    ObjectNode tree = Json.object();
    tree.set("Connector", described);
    Connector connector;
    try {
      connector = ConnectorJson.read(Members.of(name, tree));
    } catch (As2Exception e) {
      throw ApiException.invalid(Sentence.without(name, e));
    }
    ObjectNode members = (ObjectNode) ConnectorJson.write(connector).path("Connector");
    members.remove("Tags");
    for (String each : OUTER) {
      if (made.members().has(each)) {
        members.set(each, made.members().get(each));
      }
    }
    return new Resource(made.kind(), made.id(), members, made.tags());
  }

  /** The profiles that a call names are there, and on the right side. */
  private void profiles(Call call) throws ApiException, IOException {
    profile(call, "LocalProfileId", Profile.Type.LOCAL);
    profile(call, "PartnerProfileId", Profile.Type.PARTNER);
  }

  private void profile(Call call, String member, Profile.Type type)
      throws ApiException, IOException {
    JsonNode id = call.request().path(AS2_CONFIG).path(member);
    if (id.isTextual()) { // an update may leave it as it is
      catalog.profile(member, id.asText(), type);
    }
  }

  Optional<ObjectNode> describe(Call call) throws ApiException, IOException {
    Resource found = catalog.existing(Kind.CONNECTOR, call.id(Kind.CONNECTOR));
    ObjectNode answer = Json.object();
    answer.set(
        "Connector",
        catalog.described(found).put("EgressType", "SERVICE_MANAGED").put("Status", "ACTIVE"));
    return Optional.of(answer);
  }

  Optional<ObjectNode> list(Call call) throws ApiException, IOException {
    return Optional.of(
        catalog.list(call, Kind.CONNECTOR, Catalog.Listed.all("ConnectorId", "Url")));
  }

  Optional<ObjectNode> delete(Call call) throws ApiException, IOException {
    catalog.delete(Kind.CONNECTOR, call.id(Kind.CONNECTOR));
    return Optional.empty();
  }
}
