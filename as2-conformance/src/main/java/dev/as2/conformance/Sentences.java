package dev.as2.conformance;

/** Text for people. */
final class Sentences {
  private Sentences() {}

  /** The text with a full stop at its end, where it has none. */
  static String ended(String text) {
    String stripped = text.strip();
    return stripped.isEmpty() || stripped.endsWith(".") ? stripped : stripped + ".";
  }
}
