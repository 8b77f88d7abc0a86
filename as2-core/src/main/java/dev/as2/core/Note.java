package dev.as2.core;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What a {@link MessageJournal} keeps: a line with its kind, its version, the message that it is
 * about and a checksum of the rest, and then the rest, which is JSON.
 *
 * <p>The checksum is against accidents: a seal with one wrong octet would make another message of
 * the same Message-ID.
 */
final class Note {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String VERSION = "1";
  private static final int LONGEST_FIRST_LINE = 64 + MessageId.MAX_LENGTH;

  private Note() {}

  /** What a note is about. */
  enum Kind {
    SEAL,
    ATTEMPTS,
    ANSWER;

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Makes something of a note's members; whatever is wrong with them is a RuntimeException. */
  @FunctionalInterface
  interface Reading<T> {
    T of(JsonNode members) throws IOException;
  }

  /** An empty one to fill. */
  static ObjectNode members() {
    return JSON.createObjectNode();
  }

  static byte[] octets(Kind kind, MessageId about, ObjectNode members) {
    byte[] json;
    try {
      json = JSON.writeValueAsBytes(members);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of strings and numbers is always JSON", e);
    }
    byte[] line =
        "%s %s %s %s\n"
            .formatted(kind.word(), VERSION, checksum(json), about.value())
            .getBytes(StandardCharsets.US_ASCII);
    byte[] octets = Arrays.copyOf(line, line.length + json.length);
    System.arraycopy(json, 0, octets, line.length, json.length);
    return octets;
  }

  private static String checksum(byte[] json) {
    CRC32C sum = new CRC32C();
    sum.update(json);
    return Long.toHexString(sum.getValue());
  }

  /**
   * Reads what {@link #octets} has written.
   *
   * @throws As2Exception {@code JOURNAL_DAMAGED} where it is something else, or of another message;
   *     and whatever the reading throws of its own
   */
  static <T> T read(Kind kind, MessageId about, byte[] octets, Reading<T> reading)
      throws As2Exception {
    try {
      return reading.of(JSON.readTree(json(kind, about, octets)));
    } catch (As2Exception e) {
      throw e;
    } catch (IOException | IllegalArgumentException | DateTimeException e) {
      throw new As2Exception(
          FailureCode.JOURNAL_DAMAGED,
          "The %s that was kept of message %s cannot be read: %s"
              .formatted(kind.word(), about, Quote.of(String.valueOf(e.getMessage()))),
          e);
    }
  }

  private static byte[] json(Kind kind, MessageId about, byte[] octets) {
    int end = 0;
    while (end < octets.length && end < LONGEST_FIRST_LINE && octets[end] != '\n') {
      end++;
    }
    String[] words = new String(octets, 0, end, StandardCharsets.US_ASCII).split(" ", 4);
    if (words.length != 4 || !words[0].equals(kind.word())) {
      throw new IllegalArgumentException("it does not begin as one");
    }
    if (!words[1].equals(VERSION)) {
      throw new IllegalArgumentException("its version is not " + VERSION);
    }
    if (!words[3].equals(about.value())) {
      throw new IllegalArgumentException("it is of another message");
    }
    byte[] json = Arrays.copyOfRange(octets, Math.min(end + 1, octets.length), octets.length);
    if (!words[2].equals(checksum(json))) {
      throw new IllegalArgumentException("its checksum is wrong");
    }
    return json;
  }

  /** Members without a line before them, such as those of a file of its own. */
  static JsonNode parse(byte[] json) throws IOException {
    return JSON.readTree(json);
  }

  static String text(JsonNode node, String member) {
    JsonNode value = node.required(member);
    if (!value.isTextual()) {
      throw new IllegalArgumentException(member + " is no text");
    }
    return value.textValue();
  }

  static Optional<String> optional(JsonNode node, String member) {
    return node.has(member) ? Optional.of(text(node, member)) : Optional.empty();
  }

  static long number(JsonNode node, String member) {
    JsonNode value = node.required(member);
    if (!value.isIntegralNumber()) {
      throw new IllegalArgumentException(member + " is no whole number");
    }
    return value.longValue();
  }

  static Instant instant(JsonNode node, String member) {
    return Instant.parse(text(node, member));
  }

  static byte[] octets(JsonNode node, String member) throws IOException {
    byte[] value = node.required(member).binaryValue();
    if (value == null) {
      throw new IllegalArgumentException(member + " holds no octets");
    }
    return value;
  }
}
