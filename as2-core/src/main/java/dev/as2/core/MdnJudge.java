package dev.as2.core;

import dev.as2.core.SendResult.Failure;
import dev.as2.mime.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Holds a partner's answer against the message that was sent (RFC 4130 §7.6): HTTP status, MDN,
 * signature and MIC. Immutable, safe to share between threads.
 */
final class MdnJudge {
  private final Clock clock;

  /**
   * @param clock what {@code Retry-After} dates are measured by
   */
  MdnJudge(Clock clock) {
    this.clock = clock;
  }

  /** Judges an answer. Never fails: an answer that cannot be read is a failed transfer. */
  Verdict judge(Sent sent, As2Response response) {
    if (response.status() / 100 == 3) {
      return failed(FailureCode.HTTP_REDIRECTED, redirected(response), response);
    }
    try {
      Optional<Mdn> mdn =
          response.body().length == 0
              ? Optional.empty()
              : MdnReader.read(response.headers(), response.body());
      return mdn.isPresent()
          ? new MdnTrial(sent, response, mdn.get()).verdict(retryAfter(response.headers()))
          : withoutMdn(sent, response);
    } catch (As2Exception e) {
      return withUnreadableMdn(sent, response, e);
    }
  }

  /**
   * Whether the same message may be sent again after this failure.
   *
   * @param status the HTTP status, or 0 where there was none
   */
  static boolean worthRetrying(FailureCode code, int status, RetryPlan plan) {
    return switch (code.retry()) {
      case NEVER -> false;
      case BEFORE_ANSWER, AMBIGUOUS -> true;
      case BY_STATUS -> status == 408 || status == 425 || status == 429 || status / 100 == 5;
      case WHEN_ASKED -> plan.also().contains(code);
    };
  }

  private Verdict withoutMdn(Sent sent, As2Response response) {
    if (!isSuccess(response)) {
      return failed(
          FailureCode.HTTP_ERROR_RESPONSE_FROM_PARTNER,
          answered(response) + hint(response),
          response);
    }
    if (!response.sentWhole()) {
      return failed(
          FailureCode.CONNECTION_CLOSED,
          answered(response) + " It came before the whole message had been sent.",
          response);
    }
    if (sent.request() == Sent.MdnRequest.NONE) {
      return new Verdict(Optional.empty(), Optional.empty(), List.of(), Optional.empty());
    }
    return failed(FailureCode.MDN_MISSING, answered(response) + " It holds no MDN.", response);
  }

  private Verdict withUnreadableMdn(Sent sent, As2Response response, As2Exception why) {
    if (!isSuccess(response)) {
      return withoutMdn(sent, response);
    }
    if (sent.request() == Sent.MdnRequest.NONE && response.sentWhole()) {
      return new Verdict(
          Optional.empty(),
          Optional.empty(),
          List.of("An MDN came that was not asked for. " + why.getMessage()),
          Optional.empty());
    }
    return failed(why.code(), String.valueOf(why.getMessage()), response);
  }

  private Verdict failed(FailureCode code, String message, As2Response response) {
    return new Verdict(
        Optional.of(new Failure(code, message)),
        Optional.empty(),
        List.of(),
        retryAfter(response.headers()));
  }

  static boolean isSuccess(As2Response response) {
    return response.status() / 100 == 2;
  }

  /** {@code The partner answered 404 Not Found: <what the body says>.} */
  private static String answered(As2Response response) {
    String body = Quote.of(new String(response.body(), StandardCharsets.UTF_8));
    String reason = Quote.of(response.reason());
    return "The partner answered "
        + response.status()
        + (reason.isEmpty() ? "" : " " + reason)
        + (body.isEmpty() ? " with an empty body." : ": " + body + ".");
  }

  private static String hint(As2Response response) {
    return switch (response.status()) {
      case 401, 407 -> " It wants a user name and password: check the secret of BasicAuthSecretId.";
      case 411 -> " It wants a Content-Length: set framing to CONTENT_LENGTH.";
      default -> "";
    };
  }

  private static String redirected(As2Response response) {
    String where =
        response
            .headers()
            .first("Location")
            .map(location -> " to " + Quote.of(location))
            .orElse(", and names no Location");
    return "The partner answered " + response.status() + " and redirects" + where + ".";
  }

  /** {@code Retry-After} in seconds or as a date (RFC 9110 §10.2.3); what is neither is ignored. */
  private Optional<Duration> retryAfter(Headers headers) {
    Optional<String> value = headers.first("Retry-After").map(String::strip);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (value.get().matches("\\d{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(value.get())));
    }
    try {
      DateTimeFormatter form = DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT);
      Duration wait =
          Duration.between(clock.instant(), ZonedDateTime.parse(value.get(), form).toInstant());
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
