package dev.as2.core;

import java.util.regex.Pattern;

/**
 * The name of a trading partner: the value of {@code AS2-From} and {@code AS2-To}.
 *
 * <p>1 to 128 printable ASCII characters, compared case-sensitively (RFC 4130 §6.2).
 *
 * @param value the name itself, without the quotes and escapes of its header form
 */
public record As2Id(String value) {
  /** The longest name (RFC 4130 §6.2). */
  static final int MAX_LENGTH = 128;

  /** Names that need no quotes: no space, no quotation mark, no backslash. */
  private static final Pattern ATOMIC = Pattern.compile("[!#-\\[\\]-~]+");

  /**
   * @throws IllegalArgumentException where the name is empty, too long, begins or ends with a
   *     space, or has a character outside printable ASCII
   */
  public As2Id {
    if (value.isEmpty() || value.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "AS2 id has " + value.length() + " characters, not 1 to " + MAX_LENGTH);
    }
    if (!value.chars().allMatch(c -> ' ' <= c && c <= '~')) {
      throw new IllegalArgumentException("AS2 id has a character outside printable ASCII");
    }
    if (!value.equals(value.strip())) {
      throw new IllegalArgumentException("AS2 id begins or ends with a space: '" + value + "'");
    }
  }

  /** The header form: quoted and escaped only where it has to be (RFC 4130 §6.2). */
  public String toHeader() {
    if (ATOMIC.matcher(value).matches()) {
      return value;
    }
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /**
   * Reads the header form; superfluous quotes and unquoted names with spaces are accepted.
   *
   * @throws IllegalArgumentException where what is named is no AS2 id
   */
  public static As2Id fromHeader(String header) {
    String text = header.strip();
    if (text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")) {
      return new As2Id(text.substring(1, text.length() - 1).replaceAll("\\\\(.)", "$1"));
    }
    return new As2Id(text);
  }

  @Override
  public String toString() {
    return value;
  }
}
