package dev.as2.daemon.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.daemon.api.Shape.Listing;
import dev.as2.daemon.api.Shape.Range;
import dev.as2.daemon.api.Shape.Structure;
import dev.as2.daemon.api.Shape.Text;
import dev.as2.daemon.state.ServeLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Holds a request against its shape. What violates a constraint is told in AWS's own form, and all
 * violations at once; a value of the wrong JSON type is told before anything else.
 *
 * <p>Members that the shape does not have are skipped, as AWS does: clients are newer than servers.
 */
final class Validation {
  private final List<String> violations = new ArrayList<>();
  private int count;

  private Validation() {}

  /**
   * @throws ApiException {@code SerializationException} or {@code ValidationException}
   */
  static void check(Structure shape, ObjectNode request) throws ApiException {
    JsonTypes.check(shape, request);
    Validation validation = new Validation();
    validation.structure(shape, request, "", false);
    if (validation.count > 0) {
      throw new ApiException(ErrorCode.VALIDATION, validation.sentence());
    }
  }

  private String sentence() {
    String more = count > violations.size() ? "; and " + (count - violations.size()) + " more" : "";
    return "%d validation error%s detected: %s%s"
        .formatted(count, count == 1 ? "" : "s", String.join("; ", violations), more);
  }

  private void structure(Structure shape, JsonNode node, String path, boolean secret) {
    shape
        .members()
        .forEach((name, member) -> {
          JsonNode value = node.path(name);
          String place = path + name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
          if (!value.isMissingNode() && !value.isNull()) {
            value(member.shape(), value, place, secret || shape.secret());
          } else if (member.required()) {
            add("Value null at '" + place + "'", "Member must not be null");
          }
        });
  }

  private void value(Shape shape, JsonNode value, String place, boolean secret) {
    if (shape instanceof Structure structure) {
      structure(structure, value, place + ".", secret);
      return;
    }
    if (shape instanceof Listing listing) {
      listing(listing, value, place, secret);
      return;
    }
    boolean hidden = secret || (shape instanceof Text text && text.secret());
    String subject = hidden ? "Value" : "Value '" + quoted(value.asText()) + "'";
    for (String constraint : violated(shape, value)) {
      add(subject + " at '" + place + "'", constraint);
    }
  }

  private void listing(Listing shape, JsonNode values, String place, boolean secret) {
    String subject =
        (secret ? "Value" : "Value '" + quoted(values.toString()) + "'") + " at '" + place + "'";
    length(shape.length(), values.size()).forEach(constraint -> add(subject, constraint));
    int number = 0;
    boolean elements = false;
    for (JsonNode each : values) {
      number++;
      if (shape.of() instanceof Structure structure) {
        structure(structure, each, place + "." + number + ".member.", secret);
      } else {
        elements |= !violated(shape.of(), each).isEmpty();
      }
    }
    if (elements) {
      // AWS does not say which element it is, and lists all that any of them has to hold.
      add(subject, "Member must satisfy constraint: [" + String.join(", ", all(shape.of())) + "]");
    }
  }

  private void add(String subject, String constraint) {
    count++;
    if (violations.size() < ServeLimits.API_QUOTED_VIOLATIONS) {
      violations.add(subject + " failed to satisfy constraint: " + constraint);
    }
  }

  private static List<String> violated(Shape shape, JsonNode value) {
    if (shape instanceof Shape.Number number) {
      return value(number.range(), value);
    } else if (shape instanceof Text text) {
      return text(text, value.asText());
    }
    return List.of();
  }

  private static List<String> text(Text shape, String value) {
    if (!shape.values().isEmpty()) {
      return shape.values().contains(value) ? List.of() : List.of(values(shape));
    }
    int characters = value.codePointCount(0, value.length());
    List<String> violated = length(shape.length(), characters);
    // Not on what is too long: matching may take the square of the length.
    if (characters <= shape.length().max()
        && shape.pattern().isPresent()
        && !shape.pattern().get().matcher(value).matches()) {
      violated.add(pattern(shape));
    }
    return violated;
  }

  private static List<String> length(Range range, int length) {
    List<String> violated = new ArrayList<>();
    if (length > range.max()) {
      violated.add(atMost(range));
    }
    if (length < range.min()) {
      violated.add(atLeast(range));
    }
    return violated;
  }

  private static List<String> value(Range range, JsonNode number) {
    if (!number.canConvertToLong() || number.longValue() > range.max()) {
      return List.of("Member must have value less than or equal to " + range.max());
    } else if (number.longValue() < range.min()) {
      return List.of("Member must have value greater than or equal to " + range.min());
    }
    return List.of();
  }

  private static List<String> all(Shape shape) {
    List<String> constraints = new ArrayList<>();
    if (shape instanceof Text text) {
      constraints.add(atMost(text.length()));
      constraints.add(atLeast(text.length()));
      text.pattern().ifPresent(each -> constraints.add(pattern(text)));
    }
    return constraints;
  }

  private static String atMost(Range range) {
    return "Member must have length less than or equal to " + range.max();
  }

  private static String atLeast(Range range) {
    return "Member must have length greater than or equal to " + range.min();
  }

  private static String values(Text shape) {
    return "Member must satisfy enum value set: " + shape.values();
  }

  private static String pattern(Text shape) {
    return "Member must satisfy regular expression pattern: "
        + shape.pattern().map(Object::toString).orElse("");
  }

  static String quoted(String value) {
    return value.length() <= ServeLimits.API_QUOTED_CHARACTERS
        ? value
        : value.substring(0, ServeLimits.API_QUOTED_CHARACTERS) + "...";
  }
}
