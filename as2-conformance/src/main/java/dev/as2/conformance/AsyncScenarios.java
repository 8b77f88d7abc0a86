package dev.as2.conformance;

import static dev.as2.conformance.Scenario.scenario;

import dev.as2.conformance.AwaitedMdn.Arrival;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Asynchronous MDNs: answers without one, and MDNs that are posted elsewhere (RFC 4130 §7.2). */
final class AsyncScenarios {
  private static final String ASYNC = "RFC 4130 §7.2";

  /** No answer takes so long that waits for nothing. */
  private static final Duration QUICK = Duration.ofSeconds(5);

  private AsyncScenarios() {}

  static List<Scenario> all() {
    return Stream.of(receipts(), courses()).flatMap(List::stream).toList();
  }

  private static List<Scenario> receipts() {
    return List.of(
        reviewed("async-signed", draft -> draft, Review::good),
        reviewed("async-unsigned", draft -> draft.receipt(Receipt.UNSIGNED), Review::good),
        scenario("async-names")
            .play(stage -> {
              Endpoint endpoint = stage.bench().endpoint();
              return AsyncTrial.of(stage)
                  .received(review -> review.that(mdn -> MdnScenarios.names(mdn, endpoint)));
            }),
        scenario("async-decryption-failed")
            .play(stage ->
                AsyncTrial.of(
                        stage,
                        draft -> draft.encryptedTo(stage.bench().endpoint().us().certificate()))
                    .received(review ->
                        review
                            .refused(
                                "that is encrypted to somebody else",
                                "RFC 4130 §7.5.3",
                                "decryption-failed")
                            .signature()
                            .aboutOurs())));
  }

  private static Scenario reviewed(
      String id, UnaryOperator<Draft> with, UnaryOperator<Review> review) {
    return scenario(id).play(stage -> AsyncTrial.of(stage, with).received(review));
  }

  private static List<Scenario> courses() {
    return List.of(
        scenario("async-answer-first")
            .play(stage -> AsyncTrial.of(stage).arrived(AsyncScenarios::early)),
        scenario("async-query").play(AsyncScenarios::query),
        scenario("async-duplicate").play(AsyncScenarios::duplicate),
        scenario("async-unreachable").play(AsyncScenarios::unreachable),
        scenario("async-post-again").play(AsyncScenarios::again));
  }

  private static Optional<Finding> early(Arrival arrival) {
    return arrival.answering().early()
        ? wrong("The endpoint posts its MDN before it answers the message.", ASYNC)
        : Optional.empty();
  }

  private static Optional<Finding> wrong(String sentence, String source) {
    return Optional.of(new Finding(sentence, source));
  }

  private static List<Finding> query(Stage stage) throws IOException {
    String query = "?partner=us&kind=mdn";
    return AsyncTrial.of(
            stage,
            draft ->
                draft.headers(all ->
                    all.with(
                        AsyncTrial.HEADER, all.first(AsyncTrial.HEADER).orElseThrow() + query)))
        .arrived(arrival ->
            arrival.target().endsWith(query)
                ? Optional.empty()
                : wrong(
                    "The endpoint posts its MDN to '%s', without the query '%s'."
                        .formatted(arrival.target(), query),
                    "RFC 4130 §7.3"));
  }

  private static List<Finding> duplicate(Stage stage) throws IOException {
    AsyncTrial trial = AsyncTrial.of(stage);
    List<Finding> first = trial.received(Review::good);
    if (!first.isEmpty()) {
      return first;
    }
    return trial
        .again()
        .received(
            "The endpoint posted no MDN for a message that came again",
            review ->
                review
                    .signature()
                    .aboutOurs()
                    .that(mdn -> MdnScenarios.isDuplicate(mdn.disposition())));
  }

  private static List<Finding> unreachable(Stage stage) throws IOException {
    Bench bench = stage.bench();
    Parcel parcel =
        bench.pack(
            bench.draft().header(AsyncTrial.HEADER, bench.means().listener().nowhere().toString()));
    long begun = System.nanoTime();
    Exchange sent = bench.send(parcel, Manner.PLAIN);
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    return AsyncTrial.answer(sent, bench).thatOfExchange(e -> slow(took)).findings();
  }

  /** What is wrong with an answer that took so long. */
  static Optional<Finding> slow(Duration took) {
    return took.compareTo(QUICK) < 0
        ? Optional.empty()
        : wrong(
            "The endpoint answers a message whose MDN cannot be delivered after %s s."
                .formatted(took.toSeconds()),
            ASYNC);
  }

  private static List<Finding> again(Stage stage) throws IOException {
    AsyncTrial trial = AsyncTrial.of(stage, 500);
    List<Finding> first = trial.received(Review::aboutOurs);
    return first.isEmpty()
        ? trial.received(
            "The endpoint did not post its MDN again, after HTTP status 500,", Review::good)
        : first;
  }
}
