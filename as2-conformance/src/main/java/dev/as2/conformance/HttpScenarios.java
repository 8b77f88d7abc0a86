package dev.as2.conformance;

import static dev.as2.conformance.Scenario.scenario;

import dev.as2.mime.Headers;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Requests that are no messages, and leave that is asked for. */
final class HttpScenarios {
  /** How long a client waits for leave before it goes on without. */
  private static final Duration LEAVE = Duration.ofSeconds(2);

  private HttpScenarios() {}

  static List<Scenario> all() {
    return List.of(
        scenario("http-head").play(stage -> notAMessage(stage, "HEAD")),
        scenario("http-get").play(stage -> notAMessage(stage, "GET")),
        scenario("http-expect-continue").play(HttpScenarios::expectContinue),
        scenario("http-expect-impatient").isGood(Draft::expectsContinue));
  }

  private static List<Finding> notAMessage(Stage stage, String method) throws IOException {
    Bench bench = stage.bench();
    Parcel nothing = bench.pack(bench.draft().layers().payload(""));
    Headers headers = method.equals("HEAD") ? nothing.headers() : Headers.EMPTY;
    Exchange exchange =
        bench.raw(
            nothing,
            method,
            with -> with.write(bench.head(method, headers.plus("Connection", "close"))));
    return Review.of(exchange, bench.endpoint().them())
        .answered()
        .thatOfExchange(e -> {
          boolean mdn =
              e.response().orElseThrow().headers().first("Content-Type").stream()
                  .anyMatch(type -> type.contains("report") || type.contains("signed"));
          return mdn
              ? Optional.of(
                  new Finding(
                      "The endpoint takes a %s request for a message.".formatted(method),
                      "RFC 9110 §9.3"))
              : Optional.empty();
        })
        .findings();
  }

  private static List<Finding> expectContinue(Stage stage) throws IOException {
    Bench bench = stage.bench();
    Parcel parcel = bench.pack(bench.draft());
    Headers headers =
        parcel
            .headers()
            .plus("Content-Length", String.valueOf(parcel.body().length))
            .plus("Expect", "100-continue");
    boolean[] heard = new boolean[1];
    Exchange exchange =
        bench.raw(
            parcel,
            with -> {
              with.write(bench.head("POST", headers));
              heard[0] = with.hears(LEAVE);
              with.write(parcel.body());
            });
    return Review.of(exchange, bench.endpoint().them())
        .good()
        .thatOfExchange(e ->
            heard[0]
                ? Optional.empty()
                : Optional.of(
                    new Finding(
                        "The endpoint does not answer 'Expect: 100-continue': a client waits in"
                            + " vain for leave to send.",
                        "RFC 9110 §10.1.1")))
        .findings();
  }
}
