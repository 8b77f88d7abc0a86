package dev.as2.core;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names one transfer in AS2 Restart: a strong entity tag (RFC 9110 §8.8.3,
 * draft-harding-as2-restart §3.1).
 *
 * @param opaque without its quotes
 */
record EntityTag(String opaque) {
  static final String HEADER = "ETag";

  private static final Pattern OPAQUE = Pattern.compile("[!#-~\\u0080-\\u00ff ]+");

  /**
   * @throws IllegalArgumentException where a header cannot hold it
   */
  EntityTag {
    if (opaque.length() > Limits.ENTITY_TAG_CHARACTERS || !OPAQUE.matcher(opaque).matches()) {
      throw new IllegalArgumentException("an ETag cannot hold " + Quote.of(opaque));
    }
  }

  /** That of a message which we send: as unique as its Message-ID. */
  static EntityTag of(MessageId messageId) {
    return new EntityTag(messageId.value().replace('"', '\''));
  }

  /** Reads a header; empty where it is weak or no tag at all. */
  static Optional<EntityTag> parse(String header) {
    String text = header.strip();
    if (text.length() < 3 || !text.startsWith("\"") || !text.endsWith("\"")) {
      return Optional.empty();
    }
    try {
      return Optional.of(new EntityTag(text.substring(1, text.length() - 1)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  String toHeader() {
    return '"' + opaque + '"';
  }
}
