package dev.as2.daemon.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.As2Exception;
import dev.as2.core.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** JSON as configuration is read and results are printed: strict in, indented out. */
public final class Json {
  /** Far beyond any configuration file; keeps a wrong file from filling the memory. */
  private static final long MAX_BYTES = 8L << 20;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final ObjectWriter INDENTED = MAPPER.writer(indented());

  private Json() {}

  /** As the AWS CLI prints it: four spaces, {@code "name": value}. */
  private static DefaultPrettyPrinter indented() {
    DefaultIndenter lines = new DefaultIndenter("    ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(
            Separators.createDefaultInstance().withObjectFieldValueSpacing(Spacing.AFTER));
    printer.indentObjectsWith(lines);
    printer.indentArraysWith(lines);
    return printer;
  }

  /** An empty object. */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** The object in a file; faults name the file as {@code name}. */
  public static ObjectNode read(Path file, String name) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw fault(name + " is larger than any configuration file (" + MAX_BYTES + " bytes).");
    }
    return read(Files.readAllBytes(file), name);
  }

  /** The object that octets hold; faults call them {@code name}, and quote nothing of them. */
  public static ObjectNode read(byte[] octets, String name) throws As2Exception {
    JsonNode node;
    try {
      node = MAPPER.readTree(octets);
    } catch (JsonProcessingException e) {
      throw unreadable(e, name);
    } catch (IOException e) {
      throw new IllegalStateException("octets in memory can be read", e);
    }
    if (!(node instanceof ObjectNode object)) {
      throw fault(name + " does not hold a JSON object.");
    }
    return object;
  }

  /** Not the parser's own words: they may quote what stands there, and that may be a password. */
  private static As2Exception unreadable(JsonProcessingException e, String name) {
    String where =
        e.getLocation() == null
            ? ""
            : ", line %s, column %s"
                .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
    String duplicate =
        String.valueOf(e.getOriginalMessage()).startsWith("Duplicate") ? "repeats a member" : "";
    return fault(name + (duplicate.isEmpty() ? " is not JSON" : " " + duplicate) + where + ".");
  }

  /** An object that was just written by a program. */
  public static ObjectNode parse(String json) {
    try {
      return (ObjectNode) MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a program's own JSON can be read", e);
    }
  }

  /** Over several lines, with a line end. */
  public static String pretty(JsonNode node) {
    return write(INDENTED, node) + "\n";
  }

  /** On one line, without a line end. */
  public static String line(JsonNode node) {
    return write(MAPPER.writer(), node);
  }

  private static String write(ObjectWriter writer, JsonNode node) {
    try {
      return writer.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
  }

  private static As2Exception fault(String sentence) {
    return new As2Exception(FailureCode.INVALID_CONFIGURATION, sentence);
  }
}
