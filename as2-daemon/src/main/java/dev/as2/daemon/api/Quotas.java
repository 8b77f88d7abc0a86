package dev.as2.daemon.api;

/**
 * How much there may be, and how often callers may call.
 *
 * @param connectors how many connectors there may be
 * @param profiles how many profiles
 * @param certificates how many certificates; a profile has 10 at the most
 * @param callsPerSecond how many calls an access key may make in a second
 */
public record Quotas(int connectors, int profiles, int certificates, int callsPerSecond) {
  /**
   * @throws IllegalArgumentException where a quota lets nothing through
   */
  public Quotas {
    if (connectors < 1 || profiles < 1 || certificates < 1 || callsPerSecond < 1) {
      throw new IllegalArgumentException("every quota must be at least 1");
    }
  }
}
