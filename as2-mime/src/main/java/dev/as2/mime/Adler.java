package dev.as2.mime;

/** The checksum of zlib streams (RFC 1950 §8.2), put together from those of parts. */
final class Adler {
  /** That of no octets. */
  static final long NONE = 1;

  private static final long BASE = 65_521;

  private Adler() {}

  /**
   * The checksum of two parts, one after the other.
   *
   * <p>The low half is 1 plus the sum of all octets. The high half sums up the low half after each
   * octet, so that the first part's low half counts once more for each octet of the second.
   *
   * @param secondLength how many octets the second part has
   */
  static long combined(long first, long second, long secondLength) {
    long firstSum = (first & 0xFFFF) + BASE - 1; // without the 1 that each part begins with
    long low = (firstSum + (second & 0xFFFF)) % BASE;
    long high = ((first >>> 16) + (second >>> 16) + secondLength % BASE * (firstSum % BASE)) % BASE;
    return high << 16 | low;
  }
}
