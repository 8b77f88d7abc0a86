package dev.as2.daemon.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.as2.daemon.state.ServeLimits;
import dev.failsafe.RateLimiter;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who is signed in. In memory: they end with the daemon, and where there are too many, the one that
 * was used the longest ago ends. Safe for use by several threads.
 */
final class Sessions {
  private static final Duration LONGEST = Duration.ofHours(ServeLimits.CONSOLE_SESSION_HOURS);
  private static final Duration IDLE = Duration.ofMinutes(ServeLimits.CONSOLE_IDLE_MINUTES);
  private static final int RANDOM_BYTES = 32;

  private final Clock clock;
  private final SecureRandom random;

  /** By the digests of their ids: how long a look-up takes says nothing of an id. */
  private final Map<String, Session> byDigest = new LinkedHashMap<>(16, 0.75f, true);

  Sessions(Clock clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  /**
   * A session.
   *
   * @param accessKeyId who is signed in
   * @param token what each request that changes something has to bring besides the cookie
   * @param rate how often it may ask
   */
  record Session(
      String accessKeyId, String token, RateLimiter<Object> rate, Instant begun, Instant seen) {
    boolean isOver(Instant now) {
      return !now.isBefore(begun.plus(LONGEST)) || !now.isBefore(seen.plus(IDLE));
    }

    Session seenAt(Instant now) {
      return new Session(accessKeyId, token, rate, begun, now);
    }

    /** Who it is, and nothing secret. */
    @Override
    public String toString() {
      return "Session[" + accessKeyId + ", since " + begun + "]";
    }
  }

  /** A session and the id that only its cookie has. */
  record Begun(String id, Session session) {
    @Override
    public String toString() {
      return session.toString();
    }
  }

  synchronized Begun begin(String accessKeyId) {
    String id = drawn();
    Instant now = clock.instant();
    Session session = new Session(accessKeyId, drawn(), rate(), now, now);
    byDigest.values().removeIf(each -> each.isOver(now));
    if (byDigest.size() >= ServeLimits.CONSOLE_SESSIONS) {
      byDigest.remove(byDigest.keySet().iterator().next());
    }
    byDigest.put(digest(id), session);
    return new Begun(id, session);
  }

  /** The session of that id, which is used by this; empty where it is over. */
  synchronized Optional<Session> find(String id) {
    String digest = digest(id);
    Session session = byDigest.get(digest);
    if (session == null) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    if (session.isOver(now)) {
      byDigest.remove(digest);
      return Optional.empty();
    }
    Session used = session.seenAt(now);
    byDigest.put(digest, used);
    return Optional.of(used);
  }

  synchronized void end(String id) {
    byDigest.remove(digest(id));
  }

  private String drawn() {
    byte[] octets = new byte[RANDOM_BYTES];
    random.nextBytes(octets);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
  }

  private static String digest(String id) {
    return Digests.hex(id.getBytes(UTF_8));
  }

  private static RateLimiter<Object> rate() {
    return RateLimiter.burstyBuilder(ServeLimits.CONSOLE_CALLS_PER_SECOND, Duration.ofSeconds(1))
        .build();
  }
}
