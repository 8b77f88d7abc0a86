package dev.as2.core;

import java.util.List;

/**
 * Over which octets of a message a MIC was computed. Which of them is right depends on the layers
 * (RFC 4130 §7.3.1, RFC 5402 §4); the others are what partners are known to hash instead.
 */
public enum MicScope {
  /** The payload part: headers, empty line, content in its transfer encoding. */
  PAYLOAD_ENTITY("the payload with its MIME headers"),
  /** The payload's content in its transfer encoding, without headers. */
  PAYLOAD_CONTENT("the payload without its MIME headers"),
  /** The compressed part: its headers, empty line, CMS octets. */
  COMPRESSED_ENTITY("the compressed part with its MIME headers"),
  /** The CMS octets of the compressed part. */
  COMPRESSED_CONTENT("the compressed part without its MIME headers"),
  /** The file's own octets, before any transfer encoding. */
  FILE_CONTENT("the decoded file"),
  /** No octet at all. */
  NOTHING("nothing at all");

  private final String words;

  MicScope(String words) {
    this.words = words;
  }

  /**
   * The octets that the MIC of a message with these layers is to be over (RFC 4130 §7.3.1, RFC 5402
   * §4).
   *
   * @param layers innermost first
   */
  public static MicScope of(List<Layer> layers) {
    if (layers.indexOf(Layer.SIGN) > 0) {
      return COMPRESSED_ENTITY;
    }
    return layers.isEmpty() ? PAYLOAD_CONTENT : PAYLOAD_ENTITY;
  }

  /** For a sentence: "the partner hashed …". */
  public String words() {
    return words;
  }
}
