package dev.as2.benchmarks;

/** What a row's figures count. */
enum Unit {
  /** 10^6 bytes of the file a second. */
  MB_PER_S("MB/s", Better.MORE),
  MESSAGES_PER_S("messages/s", Better.MORE),
  /** Seconds of wall time and seconds of CPU time, added. */
  SECONDS("s wall + CPU", Better.LESS),
  MIB("MiB of heap", Better.LESS),
  /** The largest cost of a byte divided by the smallest. */
  SPREAD("worst/best", Better.LESS);

  private final String label;
  private final Better better;

  Unit(String label, Better better) {
    this.label = label;
    this.better = better;
  }

  /** Which figures are good ones. */
  enum Better {
    MORE,
    LESS
  }

  String label() {
    return label;
  }

  Better better() {
    return better;
  }

  /** How many times as good {@code ours} is as {@code theirs}. */
  double ratio(double ours, double theirs) {
    return better == Better.MORE ? ours / theirs : theirs / ours;
  }
}
