package dev.as2.core;

import java.util.random.RandomGenerator;

/** The random part of AWS's ids. */
final class Ids {
  private Ids() {}

  /** 17 lower-case hex digits. */
  static String hex17(RandomGenerator random) {
    return String.format("%016x%x", random.nextLong(), random.nextInt(16));
  }
}
