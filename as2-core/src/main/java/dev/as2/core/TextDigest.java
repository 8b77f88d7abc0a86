package dev.as2.core;

import dev.as2.mime.DigestAlgorithm;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** What stands for a text in a file's name, whatever a partner has written. */
final class TextDigest {
  private TextDigest() {}

  /** SHA-256 over its UTF-8, as 64 lower-case hex digits. */
  static String of(String text) {
    return HexFormat.of()
        .formatHex(
            DigestAlgorithm.SHA256.newDigest().digest(text.getBytes(StandardCharsets.UTF_8)));
  }
}
