package dev.as2.daemon;

import java.time.Duration;
import java.util.Locale;

/** Amounts as people read them; decimal units, as disks and networks have them. */
final class Sizes {
  private static final String[] UNITS = {"kB", "MB", "GB", "TB"};

  private Sizes() {}

  /** {@code 1,234 bytes}, {@code 12.3 MB}. */
  static String of(long bytes) {
    return bytes < 10_000 ? String.format(Locale.ROOT, "%,d bytes", bytes) : scaled(bytes);
  }

  private static String scaled(double bytes) {
    double value = bytes / 1000;
    int unit = 0;
    while (value >= 1000 && unit < UNITS.length - 1) {
      value /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, value < 100 ? "%.1f %s" : "%.0f %s", value, UNITS[unit]);
  }

  /** {@code 0.123 s}, {@code 12.3 s}. */
  static String seconds(Duration time) {
    double seconds = time.toNanos() / 1e9;
    return String.format(Locale.ROOT, seconds < 10 ? "%.3f s" : "%.1f s", seconds);
  }

  /** {@code 12.3 MB/s}. */
  static String speed(long bytes, Duration time) {
    return scaled(bytes / Math.max(time.toNanos() / 1e9, 1e-9)) + "/s";
  }
}
