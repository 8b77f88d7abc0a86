package dev.as2.daemon.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.daemon.aws.Json;
import dev.as2.daemon.state.Resources.Resource;
import dev.as2.daemon.state.ServeLimits;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * TagResource and its like; the tags of a connector or an agreement that begin with {@code as2:}
 * are checked.
 */
final class TagOperations {
  private static final Pattern POSITION = Pattern.compile("[0-9]{1,4}");

  private final Catalog catalog;

  TagOperations(Catalog catalog) {
    this.catalog = catalog;
  }

  Optional<ObjectNode> tag(Call call) throws ApiException, IOException {
    Map<String, String> more = call.tags();
    change(call, tags -> tags.putAll(more));
    return Optional.empty();
  }

  Optional<ObjectNode> untag(Call call) throws ApiException, IOException {
    List<String> keys = call.texts("TagKeys").orElse(List.of());
    change(call, tags -> keys.forEach(tags::remove));
    return Optional.empty();
  }

  private void change(Call call, Consumer<Map<String, String>> change)
      throws ApiException, IOException {
    Arns.Named named = named(call);
    catalog.update(
        named.kind(),
        named.id(),
        before -> {
          requireNamed(call, before);
          Map<String, String> tags = new HashMap<>(before.tags());
          change.accept(tags);
          if (tags.size() > ServeLimits.TAGS) {
            throw ApiException.invalid(
                "A resource has %d tags at the most.".formatted(ServeLimits.TAGS));
          }
          Resource after = new Resource(before.kind(), before.id(), before.members(), tags);
          return switch (after.kind()) {
            case CONNECTOR -> ConnectorOperations.checked(after);
            case AGREEMENT -> AgreementOperations.checked(after);
            case PROFILE, CERTIFICATE -> after;
          };
        });
  }

  /** An agreement's ARN names its server, too. */
  private void requireNamed(Call call, Resource found) throws ApiException {
    if (!catalog.arns().of(found).equals(call.required("Arn"))) {
      throw ApiException.notFound(found.kind(), found.id());
    }
  }

  private Arns.Named named(Call call) throws ApiException {
    String arn = call.required("Arn");
    return catalog
        .arns()
        .parse(arn)
        .orElseThrow(() ->
            ApiException.invalid(
                "Arn "
                    + Validation.quoted(arn)
                    + " is none of a connector, profile, certificate or agreement of this account."));
  }

  /** AWS has no ResourceNotFoundException for this one. */
  Optional<ObjectNode> list(Call call) throws ApiException, IOException {
    Arns.Named named = named(call);
    Optional<Resource> found = catalog.find(named.kind(), named.id());
    if (found.isEmpty() || !catalog.arns().of(found.get()).equals(call.required("Arn"))) {
      throw ApiException.invalid("Arn " + call.required("Arn") + " does not exist.");
    }
    String question = call.operation() + "?" + named.id();
    int from = PageToken.position(call, question, POSITION).map(Integer::valueOf).orElse(0);
    int most = call.request().path("MaxResults").asInt(ServeLimits.TAGS);
    ObjectNode answer = Json.object().put("Arn", call.required("Arn"));
    ArrayNode shown = answer.putArray("Tags");
    new TreeMap<>(found.get().tags())
        .entrySet().stream()
            .skip(from)
            .limit(most)
            .forEach(
                tag -> shown.addObject().put("Key", tag.getKey()).put("Value", tag.getValue()));
    if (from + shown.size() < found.get().tags().size()) {
      answer.put("NextToken", PageToken.after(question, String.valueOf(from + shown.size())));
    }
    return Optional.of(answer);
  }
}
