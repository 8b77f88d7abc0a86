package dev.as2.core;

import dev.as2.mime.DigestAlgorithm;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A message integrity check as an MDN states it (RFC 4130 §7.4.3): a digest in base64 and the
 * algorithm's name.
 *
 * @param digest the digest in base64, without white space
 * @param algorithm its algorithm, where it is named and known
 */
public record Mic(String digest, Optional<DigestAlgorithm> algorithm) {
  /** The MIC of a digest that we computed. */
  public static Mic of(byte[] digest, DigestAlgorithm algorithm) {
    return new Mic(Base64.getEncoder().encodeToString(digest), Optional.of(algorithm));
  }

  /**
   * Reads {@code <base64>, <algorithm>} with any white space; the algorithm may be missing.
   *
   * @return empty where there is no digest
   */
  public static Optional<Mic> parse(String field) {
    String[] parts = field.replaceAll("\\s+", "").split(",", 2);
    if (parts[0].isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Mic(parts[0], parts.length == 2 ? DigestAlgorithm.named(parts[1]) : Optional.empty()));
  }

  /**
   * Whether this states the digest {@code expected}; padding and case of hex forms are forgiven.
   */
  public boolean states(byte[] expected) {
    String base64 = Base64.getEncoder().encodeToString(expected);
    return base64.equals(digest)
        || base64.replace("=", "").equals(digest)
        || HexFormat.of().formatHex(expected).equalsIgnoreCase(digest);
  }

  /** The field's form; an unknown algorithm is left out. */
  @Override
  public String toString() {
    return digest + algorithm.map(a -> ", " + a.rfc5751Name()).orElse("");
  }
}
