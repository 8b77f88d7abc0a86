package dev.as2.core;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which octets of a message's body a request holds (RFC 9110 §14.4).
 *
 * @param first the first octet's place, from 0
 * @param last the last octet's
 * @param total how many the body has in all
 */
record ContentRange(long first, long last, long total) {
  static final String HEADER = "Content-Range";

  private static final Pattern FORM =
      Pattern.compile("bytes\\s+(\\d{1,18})-(\\d{1,18})/(\\d{1,18})", Pattern.CASE_INSENSITIVE);

  /**
   * @throws IllegalArgumentException where there can be no such octets
   */
  ContentRange {
    if (first < 0 || first > last || last >= total) {
      throw new IllegalArgumentException(
          "there are no octets %s to %s of %s".formatted(first, last, total));
    }
  }

  /** From there to the end. */
  static ContentRange from(long first, long total) {
    return new ContentRange(first, total - 1, total);
  }

  /** Reads a header; empty where it is not valid, or leaves something open. */
  static Optional<ContentRange> parse(String header) {
    Matcher matcher = FORM.matcher(header.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new ContentRange(
              Long.parseLong(matcher.group(1)),
              Long.parseLong(matcher.group(2)),
              Long.parseLong(matcher.group(3))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** How many octets these are. */
  long length() {
    return last - first + 1;
  }

  /** Whether nothing follows them. */
  boolean isTheRest() {
    return last == total - 1;
  }

  String toHeader() {
    return "bytes %d-%d/%d".formatted(first, last, total);
  }

  /** What an answer with status 416 says of a body of which so much is there. */
  static String unsatisfied(long held) {
    return "bytes */" + held;
  }
}
