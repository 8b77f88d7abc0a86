package dev.as2.mime;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A Content-Type as partners write it. Never fails: what cannot be understood is left out.
 *
 * <p>{@code jakarta.mail.internet.ContentType} refuses values that are quoted as a whole, have
 * stray semicolons or unquoted specials in a parameter, all of which are met.
 *
 * @param type {@code type/subtype} in lower case, empty where there is none
 * @param parameters by their names in lower case; the first of a name counts
 */
record ContentTypeField(String type, Map<String, String> parameters) {
  ContentTypeField {
    parameters = Map.copyOf(parameters);
  }

  static ContentTypeField parse(String value) {
    String text = unquoted(value);
    int end = text.indexOf(';');
    String type = end < 0 ? text : text.substring(0, end);
    Map<String, String> parameters = new HashMap<>();
    for (int at = end; at >= 0 && at < text.length(); ) {
      int next = endOfParameter(text, at + 1);
      addParameter(text.substring(at + 1, next), parameters);
      at = next;
    }
    return new ContentTypeField(type.replaceAll("\\s", "").toLowerCase(Locale.ROOT), parameters);
  }

  /** The text without one pair of quotation marks around all of it, and their escapes. */
  static String unquoted(String value) {
    String text = value.strip();
    if (text.length() < 2 || !text.startsWith("\"") || !text.endsWith("\"")) {
      return text;
    }
    return text.substring(1, text.length() - 1).replaceAll("\\\\(.)", "$1").strip();
  }

  /** The index of the semicolon that ends the parameter, or of the end. */
  private static int endOfParameter(String text, int from) {
    boolean quoted = false;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && quoted) {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ';' && !quoted) {
        return i;
      }
    }
    return text.length();
  }

  private static void addParameter(String parameter, Map<String, String> into) {
    int equals = parameter.indexOf('=');
    if (equals > 0) {
      into.putIfAbsent(
          parameter.substring(0, equals).strip().toLowerCase(Locale.ROOT),
          unquoted(parameter.substring(equals + 1)));
    }
  }
}
