package dev.as2.core;

import java.nio.charset.StandardCharsets;

/** The {@code Content-Disposition} of a payload, with the file's name for the partner. */
final class ContentDisposition {
  /** What RFC 5987 lets stand unencoded, besides letters and digits. */
  private static final String ATTR_CHARS = "!#$&+-.^_`|~";

  private ContentDisposition() {}

  /**
   * {@code attachment} with the name in quotes, and again in RFC 5987's form where it is not ASCII.
   */
  static String attachment(String fileName) {
    boolean ascii = fileName.chars().allMatch(c -> ' ' <= c && c <= '~');
    String fallback = fileName.replaceAll("[^ -~]", "_");
    String plain =
        "attachment; filename=\"" + fallback.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    return ascii ? plain : plain + "; filename*=UTF-8''" + percentEncoded(fileName);
  }

  private static String percentEncoded(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xFF);
      if (c < 128 && (Character.isLetterOrDigit(c) || ATTR_CHARS.indexOf(c) >= 0)) {
        encoded.append(c);
      } else {
        encoded.append(String.format("%%%02X", (int) c));
      }
    }
    return encoded.toString();
  }
}
