package dev.as2.core;

import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * A Message-ID without its angle brackets (RFC 4130 §5.3.3).
 *
 * @param value for ours {@code <uuid>@<16 hex digits>}, safe in file names; a partner's may be any
 *     text without control characters
 */
public record MessageId(String value) {
  /** The longest that a header line may hold (RFC 5322 §2.1.1). */
  static final int MAX_LENGTH = 998;

  /**
   * @throws IllegalArgumentException where it is empty, too long or has a control character
   */
  public MessageId {
    if (value.isEmpty() || value.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "Message-ID has " + value.length() + " characters, not 1 to " + MAX_LENGTH);
    }
    if (!value.chars().allMatch(c -> ' ' <= c && c <= '~')) {
      throw new IllegalArgumentException("Message-ID has a character outside printable ASCII");
    }
  }

  /** A new one. */
  public static MessageId random(RandomGenerator random) {
    UUID left = Uuids.random(random);
    return new MessageId(left + "@" + String.format("%016x", random.nextLong()));
  }

  /**
   * Reads a header value; brackets and spaces around it may be missing.
   *
   * @throws IllegalArgumentException where nothing is left
   */
  public static MessageId fromHeader(String header) {
    String text = header.strip();
    if (text.startsWith("<")) {
      text = text.substring(1);
    }
    if (text.endsWith(">")) {
      text = text.substring(0, text.length() - 1);
    }
    return new MessageId(text.strip());
  }

  /** The header form, in angle brackets. */
  public String toHeader() {
    return "<" + value + ">";
  }

  @Override
  public String toString() {
    return value;
  }
}
