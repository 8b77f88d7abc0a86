package dev.as2.conformance;

import static dev.as2.conformance.HostileScenarios.isPositive;
import static dev.as2.conformance.HostileScenarios.stillServes;
import static dev.as2.conformance.HostileScenarios.where;
import static dev.as2.conformance.Scenario.scenario;

import dev.as2.core.As2Exception;
import dev.as2.mime.Headers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Requests that attack a receiver by how they are sent. */
final class BrokenHttpScenarios {
  private static final int STALLED = 50;

  private static final int BLOCK_BYTES = 64 << 10;

  private BrokenHttpScenarios() {}

  static List<Scenario> all() {
    return Stream.of(framings(), heads(), senders()).flatMap(List::stream).toList();
  }

  private static List<Scenario> framings() {
    return List.of(
        scenario("hostile-two-lengths")
            .play(stage ->
                notAccepted(
                    stage,
                    (parcel, length) ->
                        parcel
                            .headers()
                            .plus("Content-Length", String.valueOf(length))
                            .plus("Content-Length", String.valueOf(length - 1)),
                    "with two different Content-Lengths")),
        scenario("hostile-length-and-chunks")
            .play(stage ->
                notAccepted(
                    stage,
                    (parcel, length) ->
                        parcel
                            .headers()
                            .plus("Content-Length", String.valueOf(length))
                            .plus("Transfer-Encoding", "chunked"),
                    "by its Content-Length, though it says that it is chunked")),
        scenario("hostile-negative-length")
            .play(stage ->
                notAccepted(
                    stage,
                    (parcel, length) -> parcel.headers().plus("Content-Length", "-1"),
                    "with a Content-Length of -1")),
        scenario("hostile-bad-chunk").play(BrokenHttpScenarios::badChunk),
        scenario("hostile-cut").play(BrokenHttpScenarios::cut),
        scenario("hostile-garbage").play(BrokenHttpScenarios::garbage));
  }

  private static List<Scenario> heads() {
    return List.of(
        scenario("hostile-large-header").play(stage -> largeHead(stage, 1, 16 << 20)),
        scenario("hostile-many-headers").play(stage -> largeHead(stage, 100_000, 10)));
  }

  private static List<Scenario> senders() {
    return List.of(
        scenario("hostile-slow-upload").play(stage -> stalled(stage, 1)),
        scenario("hostile-slow-crowd").play(stage -> stalled(stage, STALLED)),
        scenario("hostile-no-message-id")
            .play(stage -> answered(stage, stage.bench().draft().without("Message-ID"))),
        scenario("hostile-no-as2-from")
            .play(stage -> answered(stage, stage.bench().draft().without("AS2-From"))));
  }

  /** The head of a request that contradicts itself. */
  private interface Contradiction {
    Headers of(Parcel parcel, int length);
  }

  private static List<Finding> notAccepted(Stage stage, Contradiction head, String how)
      throws IOException {
    Bench bench = stage.bench();
    Parcel parcel = bench.pack(bench.draft());
    Headers headers = head.of(parcel, parcel.body().length);
    Exchange exchange =
        bench.raw(
            parcel,
            with -> with.write(bench.head("POST", headers)).write(parcel.body()).endSending());
    return isPositive(exchange)
        ? List.of(new Finding("The endpoint accepted a message " + how + ".", "RFC 9112 §6.3"))
        : stillServes(stage);
  }

  private static List<Finding> badChunk(Stage stage) throws IOException {
    Bench bench = stage.bench();
    Parcel parcel = bench.pack(bench.draft());
    Exchange exchange =
        bench.raw(
            parcel,
            with ->
                with.write(
                        bench.head("POST", parcel.headers().plus("Transfer-Encoding", "chunked")))
                    .write("zz\r\n")
                    .write(parcel.body())
                    .write("\r\n0\r\n\r\n")
                    .endSending());
    return isPositive(exchange)
        ? List.of(new Finding("The endpoint accepted chunks without a size.", "RFC 9112 §7.1"))
        : stillServes(stage);
  }

  private static List<Finding> cut(Stage stage) throws IOException {
    Bench bench = stage.bench();
    Parcel parcel = bench.pack(bench.draft());
    Headers headers = parcel.headers().plus("Content-Length", String.valueOf(parcel.body().length));
    Exchange broken =
        bench.raw(
            parcel,
            with ->
                with.write(bench.head("POST", headers))
                    .write(Arrays.copyOf(parcel.body(), parcel.body().length / 2))
                    .endSending());
    if (isPositive(broken)) {
      return List.of(new Finding("The endpoint accepted half of a message.", "RFC 9112 §8"));
    }
    return Review.of(bench.send(parcel, Manner.PLAIN), bench.endpoint().them())
        .good()
        .thatOfExchange(BrokenHttpScenarios::notDuplicate)
        .findings();
  }

  private static Optional<Finding> notDuplicate(Exchange exchange) {
    try {
      return where(
          exchange.mdn().filter(mdn -> mdn.disposition().isDuplicate()).isPresent(),
          "The endpoint calls a message a duplicate of one that it never got whole.",
          "RFC 4130 §5.5");
    } catch (As2Exception e) {
      return Optional.empty(); // good() has found it
    }
  }

  private static List<Finding> garbage(Stage stage) throws IOException {
    Bench bench = stage.bench();
    Parcel nothing = bench.pack(bench.draft());
    byte[] octets = new byte[4096];
    bench.random().nextBytes(octets);
    bench.raw(nothing, with -> with.write(octets).write("\r\n\r\n").endSending());
    return stillServes(stage);
  }

  private static List<Finding> largeHead(Stage stage, int headers, int bytes) throws IOException {
    Bench bench = stage.bench();
    Parcel parcel = bench.pack(bench.draft());
    String head = bench.head("POST", parcel.headers());
    String block = "x".repeat(Math.min(bytes, BLOCK_BYTES));
    Exchange exchange =
        bench.raw(
            parcel,
            with -> {
              StringBuilder pending = new StringBuilder(head.substring(0, head.length() - 2));
              for (int i = 0; i < headers; i++) {
                pending.append("X-").append(i).append(": ");
                for (int sent = 0; sent < bytes; sent += block.length()) {
                  pending.append(block);
                  if (pending.length() > BLOCK_BYTES) {
                    with.write(pending.toString());
                    pending.setLength(0);
                  }
                }
                pending.append("\r\n");
              }
              with.write(pending.toString());
              with.write("Content-Length: " + parcel.body().length + "\r\n\r\n")
                  .write(parcel.body());
            });
    return isPositive(exchange)
        ? List.of(
            new Finding(
                "The endpoint read a head of %s headers with %s bytes in all."
                    .formatted(headers, (long) headers * bytes),
                "RFC 6585 §5"))
        : stillServes(stage);
  }

  private static List<Finding> stalled(Stage stage, int connections) throws IOException {
    Bench bench = stage.bench();
    Parcel parcel = bench.pack(bench.draft());
    Headers headers = parcel.headers().plus("Content-Length", String.valueOf(parcel.body().length));
    List<RawConnection> open = new ArrayList<>();
    try {
      for (int i = 0; i < connections; i++) {
        RawConnection with = RawConnection.open(bench.endpoint());
        open.add(with);
        with.write(bench.head("POST", headers))
            .write(Arrays.copyOf(parcel.body(), parcel.body().length / 2));
      }
      return Review.of(bench.send(bench.draft()), bench.endpoint().them())
          .good()
          .findings()
          .stream()
          .map(f ->
              new Finding(
                  "While %s stalls, the endpoint serves nobody else: %s"
                      .formatted(
                          connections == 1 ? "one sender" : connections + " senders", f.sentence()),
                  "RFC 9112 §9.5"))
          .toList();
    } finally {
      for (RawConnection each : open) {
        each.close();
      }
    }
  }

  private static List<Finding> answered(Stage stage, Draft draft) throws IOException {
    Bench bench = stage.bench();
    List<Finding> found =
        Review.of(bench.send(draft), bench.endpoint().them()).answered().findings();
    return found.isEmpty() ? stillServes(stage) : found;
  }
}
