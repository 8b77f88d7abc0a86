package dev.as2.core;

/**
 * A partner's words, made fit for a failure message: on one line, short, and without what a
 * terminal obeys or what changes the direction of writing.
 */
final class Quote {
  private Quote() {}

  /** At most {@link Limits#QUOTED_CHARACTERS} characters. */
  static String of(String words) {
    return of(words, Limits.QUOTED_CHARACTERS);
  }

  /** At most {@code maxCharacters} characters, from what is found in four times as many. */
  static String of(String words, int maxCharacters) {
    String line = start(words, 4 * maxCharacters).replaceAll("[\\p{C}\\p{Z}]+", " ").strip();
    return start(line, maxCharacters);
  }

  /** The first characters, without half of a surrogate pair at the end. */
  private static String start(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    return text.substring(
        0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
  }
}
