package dev.as2.core;

import jakarta.mail.internet.ParameterList;
import jakarta.mail.internet.ParseException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

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

  /** The name in a received field: RFC 5987's form before the plain one; unchecked. */
  static Optional<String> fileName(String field) {
    try {
      ParameterList parameters =
          new jakarta.mail.internet.ContentDisposition(field).getParameterList();
      return Optional.ofNullable(parameters)
          .map(p -> p.get("filename"))
          .filter(name -> !name.isBlank());
    } catch (ParseException e) {
      return Optional.empty(); // the file gets another name
    }
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
