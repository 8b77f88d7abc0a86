package dev.as2.conformance;

import dev.as2.conformance.AwaitedMdn.Arrival;
import dev.as2.core.As2Exception;
import dev.as2.core.As2Response;
import dev.as2.core.MdnReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A message that asks for an asynchronous MDN, and what came of it. For one thread. */
final class AsyncTrial {
  static final String HEADER = "Receipt-Delivery-Option";

  private static final String NONE = "The endpoint posted no MDN";

  private final Bench bench;
  private final AwaitedMdn place;
  private final Exchange sent;

  private AsyncTrial(Bench bench, AwaitedMdn place, Parcel parcel) {
    this.bench = bench;
    this.place = place;
    this.sent = bench.send(parcel, Manner.PLAIN);
    place.messageAnswered();
  }

  /** Sends an honest message. */
  static AsyncTrial of(Stage stage) throws IOException {
    return of(stage, draft -> draft);
  }

  /** Sends a message that is changed after it got its Receipt-Delivery-Option. */
  static AsyncTrial of(Stage stage, UnaryOperator<Draft> with) throws IOException {
    Bench bench = stage.bench();
    AwaitedMdn place = bench.means().listener().open();
    return of(bench, place, with);
  }

  /** Sends an honest message whose MDN is answered with this status the first time. */
  static AsyncTrial of(Stage stage, int status) throws IOException {
    Bench bench = stage.bench();
    AwaitedMdn place = bench.means().listener().open();
    place.answerOnce(status);
    return of(bench, place, draft -> draft);
  }

  private static AsyncTrial of(Bench bench, AwaitedMdn place, UnaryOperator<Draft> with)
      throws IOException {
    Draft asked = bench.draft().header(HEADER, place.url().toString());
    return new AsyncTrial(bench, place, bench.pack(with.apply(asked)));
  }

  /** Sends the same octets once more. */
  AsyncTrial again() {
    return new AsyncTrial(bench, place, sent.parcel());
  }

  /** What the message is answered with: a success, and no MDN. */
  static Review answer(Exchange sent, Bench bench) {
    return Review.of(sent, bench.endpoint().them())
        .success()
        .thatOfExchange(e ->
            isMdn(e.response().orElseThrow())
                ? wrong(
                    "The endpoint answers with the MDN, though it was asked to post it elsewhere.",
                    "RFC 4130 §7.2")
                : Optional.empty());
  }

  private static boolean isMdn(As2Response response) {
    try {
      return MdnReader.read(response.headers(), response.body()).isPresent();
    } catch (As2Exception e) {
      return true; // one that is damaged
    }
  }

  private static Optional<Finding> wrong(String sentence, String source) {
    return Optional.of(new Finding(sentence, source));
  }

  /** Waits for the MDN, and reviews it. */
  List<Finding> received(UnaryOperator<Review> review) throws IOException {
    return received(NONE, review);
  }

  /**
   * The same.
   *
   * @param missing what is said where none comes, before "to the Receipt-Delivery-Option"
   */
  List<Finding> received(String missing, UnaryOperator<Review> review) throws IOException {
    return judged(missing, arrival -> review.apply(review(arrival)).findings());
  }

  /** Waits for the MDN, and looks at how it came. */
  List<Finding> arrived(Function<Arrival, Optional<Finding>> check) throws IOException {
    return judged(NONE, arrival -> check.apply(arrival).stream().toList());
  }

  private List<Finding> judged(String missing, Function<Arrival, List<Finding>> check)
      throws IOException {
    List<Finding> answer = answer(sent, bench).findings();
    if (!answer.isEmpty()) {
      return answer;
    }
    Optional<Arrival> arrival = place.next();
    return arrival.isEmpty() ? List.of(missing(missing)) : check.apply(recorded(arrival.get()));
  }

  private Finding missing(String sentence) throws IOException {
    return new Finding(
        "%s to the Receipt-Delivery-Option within %s s%s."
            .formatted(
                sentence,
                place.patience().toSeconds(),
                bench
                    .means()
                    .listener()
                    .stray()
                    .map(path ->
                        ", but something to " + path + " instead of " + place.url().getPath())
                    .orElse("")),
        "RFC 4130 §7.2");
  }

  private Arrival recorded(Arrival arrival) {
    String head =
        "%s %s HTTP/1.1\r\n%s"
            .formatted(
                arrival.method(),
                arrival.target(),
                new String(arrival.headers().toBytes(), StandardCharsets.ISO_8859_1));
    String answer = "HTTP/1.1 " + arrival.answering().status() + "\r\n\r\n";
    bench.record(
        Octets.of(head.getBytes(StandardCharsets.ISO_8859_1), arrival.body()),
        Octets.of(answer.getBytes(StandardCharsets.US_ASCII)),
        "");
    return arrival;
  }

  /** The MDN as if it had been the answer. */
  private Review review(Arrival arrival) {
    As2Response asAnswer =
        new As2Response(200, "", arrival.headers(), arrival.body(), true, As2Response.Timings.NONE);
    return Review.of(Exchange.answered(sent.parcel(), asAnswer), bench.endpoint().them())
        .thatOfExchange(e ->
            arrival.method().equals("POST") && isMdn(asAnswer)
                ? Optional.empty()
                : wrong(
                    "The endpoint sent a %s to the Receipt-Delivery-Option that is no MDN, but '%s'."
                        .formatted(
                            arrival.method(), arrival.headers().first("Content-Type").orElse("")),
                    "RFC 4130 §7.4"));
  }
}
