package dev.as2.core;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The reading of a Disposition field, and which code a reason has. */
final class DispositionField {
  /** Everything after the type, up to what explains it. */
  private static final Pattern WARNING = Pattern.compile("processed\\s*/\\s*warning\\b[\\s:/]*");

  /** A word that says no where a type or a modifier stands, not inside a reason. */
  private static final Pattern NEGATIVE =
      Pattern.compile(
          "(?:^|(?<=[/;])|\\bprocessed[\\s:])\\s*(error|failure|failed)(?![\\w-])[\\s:/]*");

  private static final Pattern OLD_POSITIVE = Pattern.compile("(displayed|dispatched)\\W*");

  private DispositionField() {}

  static Disposition parse(String field) {
    String text = unquoted(field);
    String lower = text.toLowerCase(Locale.ROOT);
    int from = typeStart(lower);
    String rest = lower.substring(from);
    Matcher warning = WARNING.matcher(rest);
    boolean warned = warning.lookingAt();
    String judged = warned ? lower.substring(0, from + warning.end()) : lower;
    if (judged.contains("error") || judged.contains("fail")) {
      return negative(text, lower);
    }
    if (warned) {
      return new Disposition.Warned(text.substring(from + warning.end()).strip());
    }
    if (rest.matches("processed\\W*")) {
      return Disposition.PROCESSED;
    }
    if (OLD_POSITIVE.matcher(rest).matches() || rest.matches("processed\\s*/.*duplicate.*")) {
      return new Disposition.Warned(text.substring(from).strip());
    }
    return new Disposition.Unknown(text);
  }

  private static String unquoted(String field) {
    String text = field.strip();
    boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
    return quoted ? text.substring(1, text.length() - 1).strip() : text;
  }

  /** Where the type begins: after the first semicolon and what stray signs follow it. */
  private static int typeStart(String text) {
    int at = text.indexOf(';') + 1;
    while (at < text.length() && "; /\t".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at;
  }

  /** The reason is what follows the last word that says no; "…-failed" alone is a reason itself. */
  private static Disposition negative(String text, String lower) {
    Matcher no = NEGATIVE.matcher(lower);
    int end = -1;
    while (no.find()) {
      end = no.end();
    }
    int type = typeStart(lower);
    int modifier = lower.indexOf('/', type) + 1;
    String reason = text.substring(end >= 0 ? end : Math.max(type, modifier)).strip();
    return lower.startsWith("fail", type)
        ? new Disposition.Failed(reason)
        : new Disposition.Rejected(reason);
  }

  static FailureCode codeOf(String reason) {
    String words = reason.toLowerCase(Locale.ROOT).replaceAll("[\\s_-]+", "-");
    for (Code code : Code.values()) {
      if (code.words.matcher(words).find()) {
        return code.failure;
      }
    }
    return FailureCode.MDN_RESPONSE_INDICATES_FAILURE;
  }

  /** The reasons of RFC 4130 §7.5 and of its successor's draft, with the spellings that are met. */
  private enum Code {
    AUTHENTICATION(
        "authentication-failed", FailureCode.MDN_RESPONSE_INDICATES_AUTHENTICATION_FAILED),
    DECOMPRESSION("decompress?ion-failed", FailureCode.MDN_RESPONSE_INDICATES_DECOMPRESSION_FAILED),
    DECRYPTION("decr?yption-failed", FailureCode.MDN_RESPONSE_INDICATES_DECRYPTION_FAILED),
    SECURITY(
        "insufficient-message-security",
        FailureCode.MDN_RESPONSE_INDICATES_INSUFFICIENT_MESSAGE_SECURITY),
    INTEGRITY("integrity-check-failed", FailureCode.MDN_RESPONSE_INDICATES_INTEGRITY_CHECK_FAILED),
    UNEXPECTED(
        "unexpected-processing-error",
        FailureCode.MDN_RESPONSE_INDICATES_UNEXPECTED_PROCESSING_ERROR),
    FORMAT("unsupported-format", FailureCode.MDN_RESPONSE_INDICATES_UNSUPPORTED_FORMAT),
    MIC_ALGORITHMS(
        "unsupported-mic-?algorithm",
        FailureCode.MDN_RESPONSE_INDICATES_UNSUPPORTED_MIC_ALGORITHMS),
    RELATIONSHIP(
        "unknown-trading-(relationship|partner)",
        FailureCode.MDN_RESPONSE_INDICATES_UNKNOWN_TRADING_RELATIONSHIP);

    private final Pattern words;
    private final FailureCode failure;

    Code(String words, FailureCode failure) {
      this.words = Pattern.compile(words);
      this.failure = failure;
    }
  }
}
