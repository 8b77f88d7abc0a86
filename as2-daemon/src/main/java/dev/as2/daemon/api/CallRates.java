package dev.as2.daemon.api;

import dev.failsafe.RateLimiter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How often each access key may call. Grows with the keys that there are, not with the callers. */
final class CallRates {
  private final int callsPerSecond;
  private final Map<String, RateLimiter<Object>> byKey = new ConcurrentHashMap<>();

  CallRates(int callsPerSecond) {
    this.callsPerSecond = callsPerSecond;
  }

  /**
   * @param accessKeyId of a caller who is known
   * @throws ApiException {@code ThrottlingException}
   */
  void count(String accessKeyId) throws ApiException {
    RateLimiter<Object> limiter = byKey.computeIfAbsent(accessKeyId, any -> limiter());
    if (!limiter.tryAcquirePermit()) {
      throw ApiException.throttled("Rate exceeded");
    }
  }

  private RateLimiter<Object> limiter() {
    return RateLimiter.burstyBuilder(callsPerSecond, Duration.ofSeconds(1)).build();
  }
}
