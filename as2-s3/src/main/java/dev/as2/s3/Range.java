package dev.as2.s3;

/**
 * Bytes of an object.
 *
 * @param from the first of them
 * @param to the byte behind the last
 */
record Range(long from, long to) {
  long length() {
    return to - from;
  }
}
