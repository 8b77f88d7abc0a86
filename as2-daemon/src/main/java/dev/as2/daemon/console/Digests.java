package dev.as2.daemon.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, and comparing in constant time by it. */
final class Digests {
  private Digests() {}

  static byte[] sha256(byte[] octets) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(octets);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  static String hex(byte[] octets) {
    return HexFormat.of().formatHex(sha256(octets));
  }

  /** Compares digests: the time tells neither where two texts differ nor how long they are. */
  static boolean areEqual(String one, String other) {
    return MessageDigest.isEqual(sha256(one.getBytes(UTF_8)), sha256(other.getBytes(UTF_8)));
  }
}
