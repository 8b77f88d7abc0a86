package dev.as2.conformance;

/**
 * One thing that an endpoint did wrong.
 *
 * @param sentence what it did, in one sentence
 * @param source where it is written that this is wrong, for example {@code RFC 4130 §7.3.1}
 */
public record Finding(String sentence, String source) {
  @Override
  public String toString() {
    return sentence + " [" + source + "]";
  }
}
