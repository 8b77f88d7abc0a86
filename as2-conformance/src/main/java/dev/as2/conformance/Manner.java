package dev.as2.conformance;

/** How a message is sent. */
enum Manner {
  /** With a Content-Length. */
  PLAIN,
  CHUNKED,
  /** With a Content-Length, once there is leave, or a while has passed without. */
  EXPECTING
}
