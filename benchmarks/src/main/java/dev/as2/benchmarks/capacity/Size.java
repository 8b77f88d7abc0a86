package dev.as2.benchmarks.capacity;

/** The files that plans are made for. */
enum Size {
  KIB4("4 KiB", 4_096, "cpuOf4KiB"),
  MIB1("1 MiB", 1L << 20, "cpuOf1MiB"),
  MIB100("100 MiB", 100L << 20, "cpuOf100MiB");

  private final String label;
  private final long bytes;
  private final String cost;

  Size(String label, long bytes, String cost) {
    this.label = label;
    this.bytes = bytes;
    this.cost = cost;
  }

  String label() {
    return label;
  }

  long bytes() {
    return bytes;
  }

  /** Seconds of a daemon's CPU. */
  double cpu(Costs costs) {
    return costs.of(cost) + costs.of("cpuOfQueue");
  }
}
