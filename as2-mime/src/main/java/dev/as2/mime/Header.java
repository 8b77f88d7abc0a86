package dev.as2.mime;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * One header line that is safe to put on a wire: never folded, never two lines.
 *
 * @param name a token (RFC 9110 §5.6.2)
 * @param value printable ASCII and spaces, no CR, LF, NUL or other control character
 */
public record Header(String name, String value) {
  private static final String TOKEN_SYMBOLS = "!#$%&'*+-.^_`|~";
  private static final Pattern FOLDS = Pattern.compile("[\\t\\r\\n]+");
  private static final Pattern UNPRINTABLE = Pattern.compile("[^ -~]");

  /**
   * @throws IllegalArgumentException where the name is no token or the value could not be sent as
   *     it is
   */
  public Header {
    if (name.isEmpty() || !name.chars().allMatch(Header::isTokenChar)) {
      throw new IllegalArgumentException("header name is not a token: " + printable(name));
    }
    if (!value.chars().allMatch(c -> ' ' <= c && c <= '~')) {
      throw new IllegalArgumentException(
          "header " + name + " has a character outside printable ASCII: " + printable(value));
    }
  }

  /**
   * A header as a peer sent it, whatever it holds: in the value, what is not printable ASCII
   * becomes a question mark, and tabs and folds become spaces.
   *
   * @throws IllegalArgumentException where the name is no token
   */
  public static Header received(String name, String value) {
    return new Header(name, printable(FOLDS.matcher(value).replaceAll(" ")).trim());
  }

  /** Whether an octet or character may stand in a token (RFC 9110 §5.6.2). */
  static boolean isTokenChar(int c) {
    return (c > ' ' && c < 128 && Character.isLetterOrDigit(c)) || TOKEN_SYMBOLS.indexOf(c) >= 0;
  }

  /** The text with every character outside printable ASCII replaced by a question mark. */
  public static String printable(String text) {
    return UNPRINTABLE.matcher(text).replaceAll("?");
  }

  /** The line as sent, with its CRLF. */
  byte[] toBytes() {
    return (name + ": " + value + "\r\n").getBytes(StandardCharsets.US_ASCII);
  }
}
