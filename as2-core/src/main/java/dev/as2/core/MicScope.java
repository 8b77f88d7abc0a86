package dev.as2.core;

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

  /** For a sentence: "the partner hashed …". */
  public String words() {
    return words;
  }
}
