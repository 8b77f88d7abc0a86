package dev.as2.daemon.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.Profile;
import dev.as2.daemon.aws.Json;
import dev.as2.daemon.state.Resources;
import dev.as2.daemon.state.Resources.Kind;
import dev.as2.daemon.state.Resources.Resource;
import dev.as2.daemon.state.ServeLimits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Resources as operations see them: with ARNs, quotas, pages, and the errors that AWS has. */
final class Catalog {
  private final Resources resources;
  private final Arns arns;
  private final Quotas quotas;

  /**
   * What looks at one resource and writes another does so alone, as far as this process goes.
   * Between several daemons a profile can still go while a connector to it is made: sending by it
   * then says so.
   */
  private final ReentrantLock alone = new ReentrantLock();

  Catalog(Resources resources, Arns arns, Quotas quotas) {
    this.resources = resources;
    this.arns = arns;
    this.quotas = quotas;
  }

  /** Something that looks first and writes then. */
  @FunctionalInterface
  interface Step<T> {
    T run() throws ApiException, IOException;
  }

  <T> T alone(Step<T> step) throws ApiException, IOException {
    alone.lock();
    try {
      return step.run();
    } finally {
      alone.unlock();
    }
  }

  Arns arns() {
    return arns;
  }

  Optional<Resource> find(Kind kind, String id) throws IOException {
    return resources.find(kind, id);
  }

  Resource existing(Kind kind, String id) throws ApiException, IOException {
    Optional<Resource> found = find(kind, id);
    if (found.isEmpty()) {
      throw ApiException.notFound(kind, id);
    }
    return found.get();
  }

  /** Adds a resource where the quota has room for it. */
  void create(Resource resource, Optional<byte[]> privateKey) throws ApiException, IOException {
    Kind kind = resource.kind();
    int quota =
        switch (kind) {
          case CONNECTOR -> quotas.connectors();
          case PROFILE -> quotas.profiles();
          case CERTIFICATE -> quotas.certificates();
          case AGREEMENT -> quotas.agreements();
        };
    if (resources.count(kind) >= quota) {
      throw ApiException.invalid(
          "There are %d %ss already, as many as the quota allows."
              .formatted(quota, KindName.inArn(kind)));
    }
    if (resources.find(kind, resource.id()).isPresent()) {
      throw ApiException.exists(kind, resource.id());
    }
    resources.create(resource, privateKey);
  }

  Resource update(Kind kind, String id, Resources.Change<ApiException> change)
      throws ApiException, IOException {
    Optional<Resource> changed = resources.update(kind, id, change);
    if (changed.isEmpty()) {
      throw ApiException.notFound(kind, id);
    }
    return changed.get();
  }

  /** A profile that a member names is there, and of the right type. */
  void profile(String member, String id, Profile.Type type) throws ApiException, IOException {
    String actual = existing(Kind.PROFILE, id).members().path("ProfileType").asText();
    if (!actual.equals(type.name())) {
      throw ApiException.invalid(
          "%s is %s, whose ProfileType is %s, not %s.".formatted(member, id, actual, type.name()));
    }
  }

  /** Nothing of {@code userKind} needs a resource. */
  void requireUnused(Kind kind, String id, Kind userKind, Predicate<Resource> uses)
      throws ApiException, IOException {
    existing(kind, id);
    Optional<Resource> user = all(userKind).stream().filter(uses).findFirst();
    if (user.isPresent()) {
      throw ApiException.invalid(
          "%s %s is still in use by %s %s."
              .formatted(KindName.of(kind), id, KindName.inArn(userKind), user.get().id()));
    }
  }

  void delete(Kind kind, String id) throws ApiException, IOException {
    if (!resources.delete(kind, id)) {
      throw ApiException.notFound(kind, id);
    }
  }

  /** All of a kind. */
  List<Resource> all(Kind kind) throws IOException {
    List<Resource> all = new ArrayList<>();
    List<Resource> some = resources.list(kind, Optional.empty(), ServeLimits.API_PAGE);
    while (!some.isEmpty()) {
      all.addAll(some);
      Optional<String> last = Optional.of(some.get(some.size() - 1).id());
      some = resources.list(kind, last, ServeLimits.API_PAGE);
    }
    return all;
  }

  /** The answer of a list operation. */
  ObjectNode list(Call call, Kind kind, Listed listed) throws ApiException, IOException {
    String question = call.operation() + "?" + listed.restriction();
    Pattern form = Pattern.compile(kind.prefix() + "[0-9a-f]{17}");
    Optional<String> after = PageToken.position(call, question, form);
    int most = call.request().path("MaxResults").asInt(ServeLimits.API_PAGE);
    ObjectNode answer = Json.object();
    ArrayNode shown = answer.putArray(KindName.of(kind) + "s");
    String last = "";
    // One more than is shown tells whether there is a next page.
    List<Resource> some = first(kind, after, most + 1);
    while (!some.isEmpty()) {
      for (Resource each : some) {
        if (!listed.wanted().test(each)) {
          continue;
        }
        if (shown.size() == most) {
          return answer.put("NextToken", PageToken.after(question, last));
        }
        last = each.id();
        shown.add(summary(listed.shown().apply(each), listed.members()));
      }
      some = resources.list(kind, Optional.of(some.get(some.size() - 1).id()), most + 1);
    }
    return answer;
  }

  private List<Resource> first(Kind kind, Optional<String> after, int limit)
      throws ApiException, IOException {
    try {
      return resources.list(kind, after, limit);
    } catch (IllegalArgumentException e) {
      throw PageToken.unknown(); // what it names never was, or is long gone
    }
  }

  /**
   * What a list shows.
   *
   * @param restriction in a word, empty where there is none
   * @param shown as what a resource is shown
   * @param members what each element has besides its ARN
   */
  record Listed(
      String restriction,
      Predicate<Resource> wanted,
      UnaryOperator<Resource> shown,
      List<String> members) {
    /** All of a kind. */
    static Listed all(String... members) {
      return new Listed("", any -> true, UnaryOperator.identity(), List.of(members));
    }

    Listed where(String name, Predicate<Resource> condition) {
      return new Listed(name, condition, shown, members);
    }

    Listed as(UnaryOperator<Resource> view) {
      return new Listed(restriction, wanted, view, members);
    }
  }

  private ObjectNode summary(Resource resource, List<String> members) {
    ObjectNode summary = described(resource);
    List<String> shown = new ArrayList<>(members);
    shown.add("Arn");
    return summary.retain(shown);
  }

  /** What a Describe operation shows of any resource. */
  ObjectNode described(Resource resource) {
    ObjectNode node = Json.object();
    node.put("Arn", arns.of(resource));
    node.put(KindName.of(resource.kind()) + "Id", resource.id());
    node.setAll(resource.members().deepCopy());
    node.set("Tags", tags(resource.tags()));
    return node;
  }

  /** AWS's list of tags, in the order of their keys. */
  static ArrayNode tags(Map<String, String> tags) {
    ArrayNode list = Json.object().putArray("Tags");
    new TreeMap<>(tags)
        .forEach((key, value) -> list.addObject().put("Key", key).put("Value", value));
    return list;
  }
}
