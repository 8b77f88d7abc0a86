package dev.as2.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.SendResult.Attempt;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When the same octets are sent again, and when they are not. */
class ConnectorRuntimeRetryTest {
  @TempDir Path inbox;

  @ParameterizedTest
  @EnumSource(
      names = {
        "STORE_UNAVAILABLE",
        "UNABLE_TO_RESOLVE_HOSTNAME",
        "UNABLE_TO_CONNECT_TO_REMOTE_HOST_OR_IP",
        "PROXY_REFUSED",
        "WRITE_TIMED_OUT",
        "CONNECTION_CLOSED",
        "MDN_TIMED_OUT"
      })
  void sendsAgainAfterAFailureThatMayPass(FailureCode code) throws Exception {
    try (RuntimeFixture f = new RuntimeFixture(RuntimeFixture.connector())) {
      f.client
          .then(ScriptedClient.fail(code))
          .then(ScriptedClient.receive(RuntimeFixture.partner(inbox)));
      SendResult result = f.send();
      assertThat(result.failure()).isEmpty();
      assertThat(result.attempts()).hasSize(2);
      assertThat(f.listener.attempts).isEqualTo(result.attempts());
      assertThat(f.record(result).path("attempts").get(0).path("failure-code").textValue())
          .isEqualTo(code.name());
    }
  }

  static Stream<FailureCode> codesThatEndIt() {
    return Stream.of(FailureCode.values())
        .filter(
            c -> c.retry() == FailureCode.Retry.NEVER || c.retry() == FailureCode.Retry.WHEN_ASKED);
  }

  @ParameterizedTest
  @MethodSource("codesThatEndIt")
  void sendsNotAgainAfterAFailureThatWillNotPass(FailureCode code) throws Exception {
    try (RuntimeFixture f = new RuntimeFixture(RuntimeFixture.connector())) {
      f.client.otherwise(ScriptedClient.fail(code));
      SendResult result = f.send();
      f.assertFailed(result, code);
      assertThat(result.attempts()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 500, 501, 502, 503, 504, 599})
  void sendsAgainAfterAStatusThatMayPass(int status) throws Exception {
    assertThat(attemptsAfter(status, "as2:retry-attempts", "2")).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 301, 307, 400, 401, 403, 404, 405, 409, 411, 413, 415})
  void sendsNotAgainAfterAStatusThatWillNotPass(int status) throws Exception {
    assertThat(attemptsAfter(status)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"'',1", "MDN_MISSING,2", "MDN_RESPONSE_INDICATES_UNEXPECTED_PROCESSING_ERROR,1"})
  void sendsAgainWithoutAnMdnOnlyWhereThatIsAskedFor(String also, int attempts) throws Exception {
    assertThat(attemptsAfter(200, "as2:retry-also", also, "as2:retry-attempts", "2"))
        .isEqualTo(attempts);
  }

  private static int attemptsAfter(int status, String... tags) throws Exception {
    try (RuntimeFixture f = new RuntimeFixture(RuntimeFixture.connector(tags))) {
      f.client.otherwise(ScriptedClient.answer(status, "no"));
      SendResult result = f.send();
      assertThat(result.failure()).isPresent();
      assertThat(f.record(result).path("http-status").intValue()).isEqualTo(status);
      assertThat(f.client.requests()).hasSize(result.attempts().size());
      return result.attempts().size();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void endsAfterAsManyAttemptsAsAreAllowed(int attempts) throws Exception {
    assertThat(attemptsAfter(503, "as2:retry-attempts", String.valueOf(attempts)))
        .isEqualTo(attempts);
  }

  @Test
  void endsAtTheDeadline() throws Exception {
    Connector connector =
        RuntimeFixture.connector(
            "as2:retry-attempts",
            "100",
            "as2:retry-delay",
            "50ms",
            "as2:retry-max-delay",
            "50ms",
            "as2:retry-deadline",
            "2s");
    try (RuntimeFixture f = new RuntimeFixture(connector)) {
      f.client.otherwise(ScriptedClient.answer(503, "busy"));
      SendResult result = f.send();
      f.assertFailed(result, FailureCode.HTTP_ERROR_RESPONSE_FROM_PARTNER);
      assertThat(result.attempts()).hasSizeBetween(2, 41);
    }
  }

  /**
   * A deadline that lies before the first pause ends is no contradiction, but means one attempt.
   */
  @ParameterizedTest
  @CsvSource({"5s,5m,5s", "5s,5m,1ms", "1h,5m,5m", "168h,168h,168h"})
  void sendsOnceWhereTheDeadlineEndsBeforeTheFirstPause(
      String delay, String maxDelay, String deadline) throws Exception {
    assertThat(
            attemptsAfter(
                503,
                "as2:retry-delay",
                delay,
                "as2:retry-max-delay",
                maxDelay,
                "as2:retry-deadline",
                deadline))
        .isEqualTo(1);
  }

  @Test
  void waitsAsLongAsThePartnerAsksFor() throws Exception {
    Connector connector =
        RuntimeFixture.connector("as2:retry-attempts", "2", "as2:retry-jitter", "0");
    try (RuntimeFixture f = new RuntimeFixture(connector)) {
      f.client.otherwise(ScriptedClient.answer(503, "busy", "Retry-After", "1"));
      assertThat(pauses(f.send()).get(0)).isBetween(Duration.ofMillis(990), Duration.ofSeconds(8));
    }
  }

  @Test
  void waitsLongerThanItsLongestPauseWhereThePartnerAsksForIt() throws Exception {
    Connector connector =
        RuntimeFixture.connector(
            "as2:retry-attempts", "2", "as2:retry-max-delay", "50ms", "as2:retry-jitter", "50");
    try (RuntimeFixture f = new RuntimeFixture(connector)) {
      f.client.otherwise(ScriptedClient.answer(503, "busy", "Retry-After", "1"));
      assertThat(pauses(f.send()).get(0)).isBetween(Duration.ofMillis(990), Duration.ofSeconds(8));
    }
  }

  @Test
  void sendsNoMoreWhereThePartnerAsksForAPauseBeyondTheDeadline() throws Exception {
    Connector connector =
        RuntimeFixture.connector("as2:retry-attempts", "2", "as2:retry-deadline", "30m");
    try (RuntimeFixture f = new RuntimeFixture(connector)) {
      f.client.otherwise(ScriptedClient.answer(503, "busy", "Retry-After", "3600"));
      SendResult result = f.send();
      f.assertFailed(result, FailureCode.HTTP_ERROR_RESPONSE_FROM_PARTNER);
      assertThat(result.attempts()).hasSize(1);
    }
  }

  @Test
  void doublesThePauseWithinItsJitter() throws Exception {
    Connector connector =
        RuntimeFixture.connector(
            "as2:retry-attempts",
            "5",
            "as2:retry-delay",
            "40ms",
            "as2:retry-max-delay",
            "80ms",
            "as2:retry-jitter",
            "50");
    try (RuntimeFixture f = new RuntimeFixture(connector)) {
      f.client.otherwise(ScriptedClient.answer(503, "busy"));
      List<Duration> pauses = pauses(f.send());
      assertThat(pauses).hasSize(4);
      assertThat(pauses.get(0)).isGreaterThanOrEqualTo(Duration.ofMillis(19));
      assertThat(pauses.subList(1, 4))
          .allMatch(p -> p.compareTo(Duration.ofMillis(39)) >= 0)
          .allMatch(p -> p.compareTo(Duration.ofSeconds(2)) < 0);
    }
  }

  private static List<Duration> pauses(SendResult result) {
    List<Attempt> attempts = result.attempts();
    return Stream.iterate(1, i -> i < attempts.size(), i -> i + 1)
        .map(i -> Duration.between(attempts.get(i - 1).started(), attempts.get(i).started()))
        .toList();
  }
}
