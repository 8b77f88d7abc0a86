package dev.as2.daemon.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.as2.daemon.api.Shape.Listing;
import dev.as2.daemon.api.Shape.Member;
import dev.as2.daemon.api.Shape.Range;
import dev.as2.daemon.api.Shape.Structure;
import dev.as2.daemon.api.Shape.Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The shapes of all operations' requests, read from {@code shapes.json}: a table of the constraints
 * in the public model of AWS Transfer Family (2018-11-05, as of April 2026). An operation's request
 * has the operation's name; a shape's name that ends with {@code !} is a member's that must be
 * there.
 */
final class Shapes {
  private static final Shapes ALL = read();

  private final JsonNode table;
  private final Map<String, Shape> made = new ConcurrentHashMap<>();

  private Shapes(JsonNode table) {
    this.table = table;
  }

  private static Shapes read() {
    try (InputStream in =
        Objects.requireNonNull(Shapes.class.getResourceAsStream("shapes.json"), "shapes.json")) {
      return new Shapes(JsonMapper.builder().build().readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException("a program's own table can be read", e);
    }
  }

  /** The request of an operation. */
  static Structure request(String operation) {
    return (Structure) ALL.shape(operation);
  }

  /** Whether a structure has a member of this name. */
  static boolean has(String structure, String member) {
    return ((Structure) ALL.shape(structure)).members().containsKey(member);
  }

  private Shape shape(String name) {
    Shape known = made.get(name);
    if (known == null) {
      known = make(name, table.path(name));
      made.put(name, known);
    }
    return known;
  }

  private Shape make(String name, JsonNode row) {
    return switch (row.path("type").asText()) {
      case "text" -> text(row);
      case "number" -> new Shape.Number(range(row.path("range")));
      case "time" -> new Shape.Time();
      case "list" -> new Listing(shape(row.path("of").asText()), range(row.path("length")));
      case "structure" -> structure(row);
      default -> throw new IllegalStateException("there is no shape " + name);
    };
  }

  private static Text text(JsonNode row) {
    List<String> values = new ArrayList<>();
    row.path("values").forEach(each -> values.add(each.asText()));
    return new Text(
        range(row.path("length")),
        Optional.ofNullable(row.get("pattern")).map(each -> Pattern.compile(each.asText())),
        List.copyOf(values),
        row.path("secret").asBoolean());
  }

  private Structure structure(JsonNode row) {
    Map<String, Member> members = new LinkedHashMap<>();
    row.path("members")
        .properties()
        .forEach(each -> {
          String name = each.getValue().asText();
          boolean required = name.endsWith("!");
          Shape shape = shape(required ? name.substring(0, name.length() - 1) : name);
          members.put(each.getKey(), new Member(shape, required));
        });
    return new Structure(members, row.path("secret").asBoolean());
  }

  private static Range range(JsonNode minAndMax) {
    return minAndMax.isMissingNode()
        ? Range.ANY
        : new Range(minAndMax.get(0).asLong(), minAndMax.get(1).asLong());
  }
}
