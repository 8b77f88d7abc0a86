package dev.as2.daemon.console;

import dev.as2.daemon.state.ServeLimits;
import dev.failsafe.RateLimiter;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often somebody may try to sign in from one place: an IPv4 address, or the /64 network that a
 * host of IPv6 has for itself. Remembers a bounded number of places. Safe for use by several
 * threads.
 */
final class SignInRates {
  private static final int IPV6_NETWORK_BYTES = 8;

  private final Map<String, RateLimiter<Object>> byPlace = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @throws Refusal where it is too often
   */
  void count(InetAddress from) throws Refusal {
    if (!limiter(place(from)).tryAcquirePermit()) {
      throw Refusal.tooMany("There were too many tries to sign in; wait a minute.");
    }
  }

  private static String place(InetAddress from) {
    byte[] octets = from.getAddress();
    byte[] network =
        from instanceof Inet6Address ? Arrays.copyOf(octets, IPV6_NETWORK_BYTES) : octets;
    return HexFormat.of().formatHex(network);
  }

  private synchronized RateLimiter<Object> limiter(String place) {
    if (!byPlace.containsKey(place) && byPlace.size() >= ServeLimits.CONSOLE_SIGN_IN_PLACES) {
      byPlace.remove(byPlace.keySet().iterator().next());
    }
    return byPlace.computeIfAbsent(
        place,
        any ->
            RateLimiter.burstyBuilder(
                    ServeLimits.CONSOLE_SIGN_INS_PER_MINUTE, Duration.ofMinutes(1))
                .build());
  }
}
