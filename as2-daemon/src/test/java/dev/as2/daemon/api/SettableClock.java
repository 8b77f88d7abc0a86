package dev.as2.daemon.api;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Goes with the machine's clock, and as far beside it as a test says. */
public final class SettableClock extends Clock {
  private volatile Duration offset = Duration.ZERO;

  public void offset(Duration by) {
    offset = by;
  }

  @Override
  public Instant instant() {
    return Instant.now().plus(offset);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
