package dev.as2.conformance;

/** Where a scenario is played; what it can do there is this module's own business. */
public final class Stage {
  private final Bench bench;

  Stage(Bench bench) {
    this.bench = bench;
  }

  Bench bench() {
    return bench;
  }
}
