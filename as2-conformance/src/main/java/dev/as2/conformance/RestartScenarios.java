package dev.as2.conformance;

import static dev.as2.conformance.Scenario.scenario;

import dev.as2.mime.Headers;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** AS2 Restart: an upload that broke off goes on where it ended (draft-harding-as2-restart). */
final class RestartScenarios {
  private static final String DRAFT = "draft-harding-as2-restart ";

  /** Products keep nothing of what is short. */
  private static final int BYTES = 2 << 20;

  private RestartScenarios() {}

  static List<Scenario> all() {
    return List.of(
        scenario("restart-head-unknown")
            .play(stage -> headed(stage, stage.bench().draft(), RestartScenarios::zero)),
        scenario("restart-etag").play(RestartScenarios::whole),
        scenario("restart-offset")
            .play(stage -> cut(stage, (bench, parcel) -> offset(bench, parcel).findings())),
        scenario("restart-continue").play(stage -> cut(stage, RestartScenarios::continued)),
        scenario("restart-bad-range").play(stage -> cut(stage, RestartScenarios::beyond)));
  }

  private static String tag(Parcel parcel) {
    return "\"" + parcel.messageId().value() + "\"";
  }

  private static Headers restartable(Parcel parcel) {
    return parcel
        .headers()
        .with("AS2-Version", "1.2")
        .plus("EDIINT-Features", "AS2-Restart")
        .plus("ETag", tag(parcel));
  }

  private static Exchange head(Bench bench, Parcel parcel) {
    Headers headers =
        Headers.of(
            "ETag", tag(parcel),
            "AS2-From", bench.endpoint().us().as2Id().toHeader(),
            "AS2-To", bench.endpoint().them().as2Id().toHeader(),
            "AS2-Version", "1.2",
            "Connection", "close");
    return bench.raw(parcel, "HEAD", with -> with.write(bench.head("HEAD", headers)));
  }

  private static List<Finding> headed(
      Stage stage, Draft draft, Function<Exchange, Optional<Finding>> check) throws IOException {
    Bench bench = stage.bench();
    return Review.of(head(bench, bench.pack(draft)), bench.endpoint().them())
        .answered()
        .thatOfExchange(RestartScenarios::supported)
        .thatOfExchange(check)
        .findings();
  }

  private static Optional<Finding> supported(Exchange exchange) {
    return exchange.status() / 100 == 2
        ? Optional.empty()
        : Optional.of(
            new Finding(
                "The endpoint does not support AS2 Restart: it answers HEAD with HTTP status "
                    + exchange.status()
                    + ".",
                DRAFT + "§5.1"));
  }

  private static long length(Exchange exchange) {
    return exchange
        .response()
        .flatMap(answer -> answer.headers().first("Content-Length"))
        .filter(value -> value.matches("\\d{1,18}"))
        .map(Long::parseLong)
        .orElse(-1L);
  }

  private static Optional<Finding> zero(Exchange exchange) {
    long length = length(exchange);
    return length == 0
        ? Optional.empty()
        : Optional.of(
            new Finding(
                length < 0
                    ? "The answer to HEAD has no Content-Length."
                    : "The answer to HEAD says that %s octets of an unknown transfer were received."
                        .formatted(length),
                DRAFT + "§4"));
  }

  private static List<Finding> whole(Stage stage) throws IOException {
    Bench bench = stage.bench();
    Parcel parcel = bench.pack(bench.draft());
    int length = parcel.body().length;
    Headers headers = range(restartable(parcel), 0, length, length);
    return Review.of(
            bench.raw(parcel, with -> with.write(bench.head("POST", headers)).write(parcel.body())),
            bench.endpoint().them())
        .good()
        .findings();
  }

  private static Headers range(Headers headers, long from, long to, long of) {
    return headers
        .plus("Content-Range", "bytes %d-%d/%d".formatted(from, to - 1, of))
        .plus("Content-Length", String.valueOf(to - from));
  }

  /** What follows after half of a message was sent and the connection was cut. */
  private interface Sequel {
    List<Finding> play(Bench bench, Parcel parcel) throws IOException;
  }

  private static List<Finding> cut(Stage stage, Sequel sequel) throws IOException {
    Bench bench = stage.bench();
    byte[] payload = new byte[BYTES];
    Arrays.fill(payload, (byte) 'x');
    Parcel parcel = bench.pack(bench.draft().payload(payload));
    int length = parcel.body().length;
    Headers headers = range(restartable(parcel), 0, length, length);
    bench.raw(
        parcel,
        with ->
            with.write(bench.head("POST", headers))
                .write(Arrays.copyOf(parcel.body(), length / 2))
                .endSending());
    return sequel.play(bench, parcel);
  }

  private static Review offset(Bench bench, Parcel parcel) {
    return Review.of(head(bench, parcel), bench.endpoint().them())
        .answered()
        .thatOfExchange(RestartScenarios::supported)
        .thatOfExchange(e -> {
          long length = length(e);
          return length > 0 && length <= parcel.body().length / 2
              ? Optional.empty()
              : Optional.of(
                  new Finding(
                      "Of %s octets that were sent before the cut, HEAD says that %s were received."
                          .formatted(parcel.body().length / 2, length),
                      DRAFT + "§3.2"));
        });
  }

  private static List<Finding> continued(Bench bench, Parcel parcel) {
    Exchange told = head(bench, parcel);
    int from = (int) Math.max(0, Math.min(length(told), parcel.body().length - 1));
    int length = parcel.body().length;
    Headers headers = range(restartable(parcel), from, length, length);
    Exchange exchange =
        bench.raw(
            parcel,
            with ->
                with.write(bench.head("POST", headers))
                    .write(Arrays.copyOfRange(parcel.body(), from, length)));
    return Review.of(exchange, bench.endpoint().them()).good().findings();
  }

  private static List<Finding> beyond(Bench bench, Parcel parcel) {
    int length = parcel.body().length;
    Headers headers = range(restartable(parcel), length - 100, length, length);
    Exchange exchange =
        bench.raw(
            parcel,
            with ->
                with.write(bench.head("POST", headers))
                    .write(Arrays.copyOfRange(parcel.body(), length - 100, length)));
    return Review.of(exchange, bench.endpoint().them())
        .answered()
        .thatOfExchange(e ->
            e.status() == 416
                ? Optional.empty()
                : Optional.of(
                    new Finding(
                        "The endpoint answers a range beyond what it has with HTTP status "
                            + e.status()
                            + ", not 416.",
                        DRAFT + "§3.3")))
        .findings();
  }
}
