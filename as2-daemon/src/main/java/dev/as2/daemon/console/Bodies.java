package dev.as2.daemon.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.daemon.state.ServeLimits;
import java.io.IOException;
import java.io.InputStream;

/** What is posted, as JSON. */
final class Bodies {
  private static final JsonMapper STRICT =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Bodies() {}

  /**
   * @throws Refusal where it is too large, or not a JSON object
   * @throws IOException where it breaks off
   */
  static ObjectNode read(InputStream body) throws Refusal, IOException {
    byte[] octets = body.readNBytes(ServeLimits.CONSOLE_REQUEST_BYTES + 1);
    if (octets.length > ServeLimits.CONSOLE_REQUEST_BYTES) {
      throw Refusal.tooLarge(ServeLimits.CONSOLE_REQUEST_BYTES);
    }
    try {
      JsonNode node = STRICT.readTree(octets);
      if (node instanceof ObjectNode members) {
        return members;
      }
    } catch (JsonProcessingException e) {
      // Refused below, without the parser's own words: they may quote a secret.
    }
    throw Refusal.invalid("The request is not a JSON object.");
  }

  /**
   * A string of what was posted.
   *
   * @throws Refusal where it is missing or something else
   */
  static String text(JsonNode members, String name) throws Refusal {
    JsonNode value = members.path(name);
    if (!value.isTextual()) {
      throw Refusal.invalid(name + " is missing, or no string.");
    }
    return value.textValue();
  }
}
