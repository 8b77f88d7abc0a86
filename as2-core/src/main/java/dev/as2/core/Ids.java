package dev.as2.core;

import java.util.Random;

/** The random part of AWS's ids. */
final class Ids {
  private Ids() {}

  /** 17 lower-case hex digits. */
  static String hex17(Random random) {
    return String.format("%016x%x", random.nextLong(), random.nextInt(16));
  }
}
