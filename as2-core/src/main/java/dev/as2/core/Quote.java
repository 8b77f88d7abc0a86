package dev.as2.core;

/** A partner's words, made fit for a failure message: printable, on one line, short. */
final class Quote {
  private Quote() {}

  /** At most {@link Limits#QUOTED_CHARACTERS} characters. */
  static String of(String words) {
    return of(words, Limits.QUOTED_CHARACTERS);
  }

  static String of(String words, int maxCharacters) {
    String start =
        words.length() > 4 * maxCharacters ? words.substring(0, 4 * maxCharacters) : words;
    String line = start.replaceAll("[^\\x21-\\x7E]+", " ").strip();
    return line.length() <= maxCharacters ? line : line.substring(0, maxCharacters);
  }
}
