package dev.as2.core;

import java.util.UUID;
import java.util.random.RandomGenerator;

/** Random UUIDs (version 4) from a given source, so that tests can repeat them. */
final class Uuids {
  private Uuids() {}

  static UUID random(RandomGenerator random) {
    long most = (random.nextLong() & ~0xF000L) | 0x4000L;
    long least = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(most, least);
  }
}
