package dev.as2.daemon.serve;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.as2.core.As2Exception;
import dev.as2.core.FailureCode;
import dev.as2.daemon.state.ServeLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A YAML file as a tree that knows on which line each member stands.
 *
 * @param name how faults call it
 * @param tree what it holds
 * @param lines by the members' paths, such as {@code stores.outbox.Root} or {@code watch[0].name}
 */
record YamlFile(String name, ObjectNode tree, Map<String, Integer> lines) {
  private static final YAMLFactory YAML =
      YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /**
   * Where a member stands: the file's name and the line; of one that is absent, where it belongs.
   */
  String where(String path) {
    Integer line = lines.get(path);
    if (line != null) {
      return name + ", line " + line;
    }
    int outer = Math.max(path.lastIndexOf('.'), path.lastIndexOf('['));
    return outer < 0 ? name : where(path.substring(0, outer));
  }

  /** Reads a file; an empty one is an empty tree. */
  static YamlFile read(Path file) throws IOException {
    String name = file.toString();
    if (Files.size(file) > ServeLimits.CONFIGURATION_BYTES) {
      throw fault(
          name
              + " is larger than any configuration ("
              + ServeLimits.CONFIGURATION_BYTES
              + " bytes).");
    }
    Reader reader = new Reader(name);
    try (JsonParser parser = YAML.createParser(Files.readString(file))) {
      JsonToken first = parser.nextToken();
      if (first == null || first == JsonToken.VALUE_NULL) {
        return new YamlFile(name, JsonNodeFactory.instance.objectNode(), Map.of());
      }
      if (reader.value(parser, "", 0) instanceof ObjectNode tree) {
        return new YamlFile(name, tree, reader.lines);
      }
      throw fault(name + " does not hold keys and values.");
    } catch (JsonProcessingException e) {
      throw fault(problem(name, e));
    }
  }

  /** Not the parser's own words: they may quote what stands there, and that may be a password. */
  private static String problem(String name, JsonProcessingException fault) {
    JsonLocation where = fault.getLocation();
    String line = where == null ? "" : ", line " + where.getLineNr();
    boolean twice = String.valueOf(fault.getOriginalMessage()).startsWith("Duplicate");
    return name + line + (twice ? " repeats a key." : " is not YAML.");
  }

  private static As2Exception fault(String sentence) {
    return new As2Exception(FailureCode.INVALID_CONFIGURATION, sentence);
  }

  /** Reads values and notes where their keys stand. */
  private static final class Reader {
    private final String name;
    private final Map<String, Integer> lines = new HashMap<>();

    private Reader(String name) {
      this.name = name;
    }

    private JsonNode value(JsonParser parser, String path, int depth) throws IOException {
      if (depth > ServeLimits.CONFIGURATION_DEPTH) {
        throw fault(name + " is nested too deeply.");
      }
      JsonNodeFactory nodes = JsonNodeFactory.instance;
      return switch (parser.currentToken()) {
        case START_OBJECT -> object(parser, path, depth);
        case START_ARRAY -> array(parser, path, depth);
        case VALUE_NUMBER_INT -> nodes.numberNode(parser.getBigIntegerValue());
        case VALUE_NUMBER_FLOAT -> nodes.numberNode(parser.getDecimalValue());
        case VALUE_TRUE -> nodes.booleanNode(true);
        case VALUE_FALSE -> nodes.booleanNode(false);
        case VALUE_NULL -> nodes.nullNode();
        default -> nodes.textNode(parser.getText());
      };
    }

    private ObjectNode object(JsonParser parser, String path, int depth) throws IOException {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String key = parser.currentName();
        String inner = path.isEmpty() ? key : path + "." + key;
        lines.put(inner, parser.currentTokenLocation().getLineNr());
        parser.nextToken();
        object.set(key, value(parser, inner, depth + 1));
      }
      return object;
    }

    private ArrayNode array(JsonParser parser, String path, int depth) throws IOException {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        String inner = path + "[" + array.size() + "]";
        lines.put(inner, parser.currentTokenLocation().getLineNr());
        array.add(value(parser, inner, depth + 1));
      }
      return array;
    }
  }
}
