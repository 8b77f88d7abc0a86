package dev.as2.daemon.api;

/**
 * How much there may be; AWS's quotas, unless they are set otherwise.
 *
 * @param connectors how many connectors there may be
 * @param profiles how many profiles
 * @param certificates how many certificates; a profile has 10 at the most
 * @param callsPerSecond how many calls an access key may make in a second
 */
public record Quotas(int connectors, int profiles, int certificates, int callsPerSecond) {
  /** AWS's, and as many calls as AWS lets files be sent in a second. */
  public static final Quotas DEFAULT = new Quotas(100, 1_000, 1_000, 100);

  /**
   * @throws IllegalArgumentException where a quota lets nothing through
   */
  public Quotas {
    if (connectors < 1 || profiles < 1 || certificates < 1 || callsPerSecond < 1) {
      throw new IllegalArgumentException("every quota must be at least 1");
    }
  }
}
