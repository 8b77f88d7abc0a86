package dev.as2.daemon.api;

import java.util.stream.Stream;

/**
 * How much there may be; AWS's quotas, unless they are set otherwise.
 *
 * @param connectors how many connectors there may be
 * @param profiles how many profiles
 * @param certificates how many certificates; a profile has 10 at the most
 * @param agreements how many agreements
 * @param callsPerSecond how many calls an access key may make in a second
 */
public record Quotas(
    int connectors, int profiles, int certificates, int agreements, int callsPerSecond) {
  /** AWS's, and as many calls as AWS lets files be sent in a second. */
  public static final Quotas DEFAULT = new Quotas(100, 1_000, 1_000, 100, 100);

  /**
   * @throws IllegalArgumentException where a quota lets nothing through
   */
  public Quotas {
    if (Stream.of(connectors, profiles, certificates, agreements, callsPerSecond)
        .anyMatch(each -> each < 1)) {
      throw new IllegalArgumentException("every quota must be at least 1");
    }
  }
}
