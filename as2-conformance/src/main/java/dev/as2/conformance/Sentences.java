package dev.as2.conformance;

/** Text for people. */
final class Sentences {
  private Sentences() {}

  /** Two parts of a sentence; either may be empty. */
  static String joined(String first, String second) {
    return first.isEmpty() ? second : second.isEmpty() ? first : first + "; " + second;
  }

  /** The text with a full stop at its end, where it has none. */
  static String ended(String text) {
    String stripped = text.strip();
    return stripped.isEmpty() || stripped.endsWith(".") ? stripped : stripped + ".";
  }
}
