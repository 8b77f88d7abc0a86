package dev.as2.daemon.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.As2Exception;
import dev.as2.core.FailureCode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The members of one object in a JSON file, read by name and checked; every fault names the file,
 * the member and what it should be, an {@link As2Exception} with {@code INVALID_CONFIGURATION}.
 * What has not been read when {@link #end} is called is refused. Not safe for several threads.
 */
public final class Members {
  private static final int QUOTED_CHARACTERS = 60;

  private final UnaryOperator<String> places;
  private final String path;
  private final ObjectNode node;
  private final Set<String> known = new LinkedHashSet<>();

  private Members(UnaryOperator<String> places, String path, ObjectNode node) {
    this.places = places;
    this.path = path;
    this.node = node;
  }

  /** All of a file, which faults call {@code file}. */
  public static Members of(String file, ObjectNode node) {
    return of((String path) -> file, node);
  }

  /**
   * All of a file.
   *
   * @param places what faults say of where a member stands, such as the file and the line, by the
   *     member's path; of the path alone where the member is absent
   */
  public static Members of(UnaryOperator<String> places, ObjectNode node) {
    return new Members(places, "", node);
  }

  private Optional<JsonNode> member(String name) {
    known.add(name);
    return Optional.ofNullable(node.get(name)).filter(n -> !n.isNull());
  }

  /** The object of that name; empty where the member is absent, as with all that follow. */
  public Optional<Members> object(String name) throws As2Exception {
    Optional<JsonNode> member = member(name);
    return member.isEmpty()
        ? Optional.empty()
        : Optional.of(new Members(places, dotted(name), objectNode(name, member.get())));
  }

  private ObjectNode objectNode(String name, JsonNode value) throws As2Exception {
    if (value instanceof ObjectNode object) {
      return object;
    }
    throw wrongType(name, value, "an object");
  }

  /** Each object of a list; none where the member is absent. */
  public List<Members> objects(String name) throws As2Exception {
    List<Members> all = new ArrayList<>();
    for (JsonNode each : elements(name)) {
      String element = name + "[" + all.size() + "]";
      all.add(new Members(places, dotted(element), objectNode(element, each)));
    }
    return all;
  }

  /** A string of that type. */
  public Optional<String> text(String name, AwsText type) throws As2Exception {
    Optional<JsonNode> member = member(name);
    return member.isEmpty() ? Optional.empty() : Optional.of(checked(name, member.get(), type));
  }

  /** Each string of a list; none where the member is absent. */
  public List<String> texts(String name, AwsText type) throws As2Exception {
    List<String> all = new ArrayList<>();
    for (JsonNode each : elements(name)) {
      all.add(checked(name + "[" + all.size() + "]", each, type));
    }
    return all;
  }

  private Iterable<JsonNode> elements(String name) throws As2Exception {
    Optional<JsonNode> member = member(name);
    if (member.isEmpty()) {
      return List.of();
    }
    if (member.get() instanceof ArrayNode array) {
      return array;
    }
    throw wrongType(name, member.get(), "a list");
  }

  private String checked(String name, JsonNode value, AwsText type) throws As2Exception {
    if (!value.isTextual()) {
      throw wrongType(name, value, "a string");
    }
    if (!type.allows(value.textValue())) {
      throw fault(name, "is " + quoted(value.textValue()) + ", not " + type.words());
    }
    return value.textValue();
  }

  /** One of an enum's constants. */
  public <E extends Enum<E>> Optional<E> choice(String name, Class<E> type) throws As2Exception {
    return choice(name, names(type)).map(chosen -> Enum.valueOf(type, chosen));
  }

  /** One of the strings that are allowed. */
  public Optional<String> choice(String name, List<String> allowed) throws As2Exception {
    Optional<String> text = text(name, AwsText.ANY);
    if (text.isPresent() && !allowed.contains(text.get())) {
      throw fault(name, "is " + quoted(text.get()) + ", not one of " + String.join(", ", allowed));
    }
    return text;
  }

  /** The names of an enum's constants. */
  public static List<String> names(Class<? extends Enum<?>> type) {
    return names(List.of(type.getEnumConstants()));
  }

  /** The names of constants, and others. */
  public static List<String> names(Collection<? extends Enum<?>> constants, String... others) {
    return Stream.concat(constants.stream().map(Enum::name), Arrays.stream(others)).toList();
  }

  /** A time as the AWS CLI prints it: ISO 8601 with an offset, or seconds since 1970. */
  public Optional<Instant> time(String name) throws As2Exception {
    Optional<JsonNode> member = member(name);
    if (member.isEmpty()) {
      return Optional.empty();
    }
    JsonNode value = member.get();
    try {
      if (value.isNumber()) {
        BigDecimal millis = value.decimalValue().movePointRight(3);
        return Optional.of(Instant.ofEpochMilli(millis.longValue()));
      }
      if (value.isTextual()) {
        return Optional.of(OffsetDateTime.parse(value.textValue()).toInstant());
      }
    } catch (DateTimeException e) {
      throw fault(name, "is " + quoted(value.asText()) + ", not a time such as " + EXAMPLE_TIME);
    }
    throw wrongType(name, value, "a time such as " + EXAMPLE_TIME);
  }

  private static final String EXAMPLE_TIME = "2027-01-31T00:00:00+00:00 or 1801353600";

  /** A whole number within bounds, both included. */
  public Optional<Long> number(String name, long min, long max) throws As2Exception {
    Optional<JsonNode> member = member(name);
    if (member.isEmpty()) {
      return Optional.empty();
    }
    JsonNode value = member.get();
    if (!value.isIntegralNumber() || value.longValue() < min || value.longValue() > max) {
      throw fault(
          name, "is " + quoted(value.toString()) + ", not a number from " + min + " to " + max);
    }
    return Optional.of(value.longValue());
  }

  /** True or false; false where the member is absent. */
  public boolean flag(String name) throws As2Exception {
    Optional<JsonNode> member = member(name);
    if (member.isPresent() && !member.get().isBoolean()) {
      throw wrongType(name, member.get(), "true or false");
    }
    return member.isPresent() && member.get().booleanValue();
  }

  /** The names of all members, in their order, for objects that are maps. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** Takes what must be there. */
  public <T> T required(String name, Optional<T> value) throws As2Exception {
    if (value.isEmpty()) {
      throw fault(name, "is missing");
    }
    return value.get();
  }

  /** Refuses members that nobody asked for. */
  public void end() throws As2Exception {
    for (String name : names()) {
      if (!known.contains(name)) {
        throw fault(name, "is unknown; known here are " + String.join(", ", known));
      }
    }
  }

  /** Makes a value of members that contradict each other or a rule of the value's own type. */
  public <T> T checked(Checked<T> making) throws As2Exception {
    try {
      return making.make();
    } catch (IllegalArgumentException e) {
      throw new As2Exception(
          FailureCode.INVALID_CONFIGURATION, places.apply(path) + ": " + e.getMessage() + ".", e);
    }
  }

  /** Something that may refuse its parts. */
  @FunctionalInterface
  public interface Checked<T> {
    /** The value. */
    T make() throws As2Exception;
  }

  /** That a member is wrong: {@code words} follow its name, such as {@code is missing}. */
  public As2Exception fault(String name, String words) {
    return new As2Exception(
        FailureCode.INVALID_CONFIGURATION,
        places.apply(dotted(name)) + ": " + dotted(name) + " " + words + ".");
  }

  private As2Exception wrongType(String name, JsonNode value, String wanted) {
    return fault(name, "is " + kind(value) + ", not " + wanted);
  }

  private static String kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> "an object";
      case ARRAY -> "a list";
      case STRING -> "a string";
      case NUMBER -> "a number";
      case BOOLEAN -> "true or false";
      default -> "null";
    };
  }

  private String dotted(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private static String quoted(String value) {
    String printable = value.replaceAll("[^ -~]", "?");
    return printable.length() <= QUOTED_CHARACTERS
        ? "'" + printable + "'"
        : "'" + printable.substring(0, QUOTED_CHARACTERS) + "...'";
  }
}
