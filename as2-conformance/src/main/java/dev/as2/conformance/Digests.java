package dev.as2.conformance;

import dev.as2.mime.DigestAlgorithm;
import java.util.EnumMap;
import java.util.Map;

/** All digests of some octets. */
final class Digests {
  private Digests() {}

  static Map<DigestAlgorithm, byte[]> of(byte[] octets) {
    Map<DigestAlgorithm, byte[]> all = new EnumMap<>(DigestAlgorithm.class);
    for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
      all.put(algorithm, algorithm.newDigest().digest(octets));
    }
    return all;
  }
}
