package dev.as2.daemon.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.daemon.state.Resources.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One call of an operation, from a caller who is known, and with the right shape.
 *
 * @param operation its name
 * @param request its members
 * @param accessKeyId who calls
 */
record Call(String operation, ObjectNode request, String accessKeyId) {
  boolean has(String name) {
    return request.hasNonNull(name);
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(request.get(name))
        .filter(each -> !each.isNull())
        .map(JsonNode::asText);
  }

  /** A member that the shape requires. */
  String required(String name) {
    return text(name).orElseThrow(() -> new IllegalStateException(name + " was validated"));
  }

  /** A member that names a resource: {@code ConnectorId} and the like. */
  String id(Kind kind) {
    return required(KindName.of(kind) + "Id");
  }

  /** Whole seconds; what certificates count in. */
  Optional<Instant> time(String name) {
    return Optional.ofNullable(request.get(name))
        .filter(each -> !each.isNull())
        .map(each -> Instant.ofEpochSecond((long) Math.floor(each.doubleValue())));
  }

  /** The strings of a list, each once, in their order; empty where there is no such member. */
  Optional<List<String>> texts(String name) {
    if (!has(name)) {
      return Optional.empty();
    }
    List<String> all = new ArrayList<>();
    request.path(name).forEach(each -> all.add(each.asText()));
    return Optional.of(all.stream().distinct().toList());
  }

  /**
   * {@code Tags}.
   *
   * @throws ApiException where two have the same key, or one is of AWS's own
   */
  Map<String, String> tags() throws ApiException {
    Map<String, String> tags = new TreeMap<>();
    for (JsonNode tag : request.path("Tags")) {
      String key = tag.path("Key").asText();
      if (key.startsWith("aws:")) {
        throw ApiException.invalid("Tag " + key + " begins with aws:, which is reserved.");
      }
      if (tags.put(key, tag.path("Value").asText()) != null) {
        throw ApiException.invalid("Two tags have the key " + key + ".");
      }
    }
    return tags;
  }
}
