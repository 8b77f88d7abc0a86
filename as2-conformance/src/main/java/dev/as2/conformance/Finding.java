package dev.as2.conformance;

import java.util.Optional;

/**
 * One thing that an endpoint did wrong, or does not know.
 *
 * @param sentence what it did, in one sentence
 * @param source where it is written that this is wrong, for example {@code RFC 4130 §7.3.1}
 * @param severity how much it matters, where that is not as for the rest of its scenario
 */
public record Finding(String sentence, String source, Optional<Severity> severity) {
  /** What matters as much as its scenario says. */
  public Finding(String sentence, String source) {
    this(sentence, source, Optional.empty());
  }

  /** The same, and it matters so much. */
  Finding of(Severity other) {
    return new Finding(sentence, source, Optional.of(other));
  }

  @Override
  public String toString() {
    return sentence + " [" + source + "]";
  }
}
