package dev.as2.conformance;

import static dev.as2.conformance.HostileScenarios.draw;
import static dev.as2.conformance.HostileScenarios.isPositive;
import static dev.as2.conformance.HostileScenarios.stillServes;
import static dev.as2.conformance.HostileScenarios.where;

import dev.as2.core.As2Exception;
import dev.as2.mime.Headers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Requests that attack a receiver by how they are sent. */
final class BrokenHttpScenarios {
  private static final int STALLED = 50;

  private BrokenHttpScenarios() {}

  static List<Scenario> all() {
    return List.of(
        draw("hostile-two-lengths", "Two lengths that differ", "RFC 9112 §6.3")
            .sends("two Content-Length headers with different values")
            .expects("400, and the connection is closed")
            .play(
                stage ->
                    notAccepted(
                        stage,
                        (parcel, length) ->
                            parcel
                                .headers()
                                .plus("Content-Length", String.valueOf(length))
                                .plus("Content-Length", String.valueOf(length - 1)),
                        "with two different Content-Lengths")),
        draw("hostile-length-and-chunks", "A length and chunks at once", "RFC 9112 §6.1")
            .should()
            .sends("Content-Length and Transfer-Encoding: chunked in one request, whose body is no chunks")
            .expects("400, or the body is read as chunks")
            .play(
                stage ->
                    notAccepted(
                        stage,
                        (parcel, length) ->
                            parcel
                                .headers()
                                .plus("Content-Length", String.valueOf(length))
                                .plus("Transfer-Encoding", "chunked"),
                        "by its Content-Length, though it says that it is chunked")),
        draw("hostile-negative-length", "A length below zero", "RFC 9112 §6.3")
            .sends("Content-Length: -1")
            .expects("400")
            .play(
                stage ->
                    notAccepted(
                        stage,
                        (parcel, length) -> parcel.headers().plus("Content-Length", "-1"),
                        "with a Content-Length of -1")),
        draw("hostile-bad-chunk", "A chunk whose size is no number", "RFC 9112 §7.1")
            .sends("chunks with the size 'zz'")
            .expects("400, or the connection is closed")
            .play(BrokenHttpScenarios::badChunk),
        draw("hostile-cut", "An upload that breaks off", "RFC 9112 §8")
            .sends("half of a message, and the end of the connection")
            .expects("nothing is taken for received: the same message is then accepted whole")
            .play(BrokenHttpScenarios::cut),
        draw("hostile-garbage", "No HTTP at all", "RFC 9112 §3")
            .sends("octets that are no request")
            .expects("400, or the connection is closed")
            .play(BrokenHttpScenarios::garbage),
        draw("hostile-large-header", "A header of 16 MiB", "RFC 6585 §5")
            .sends("a request with one header of 16 MiB")
            .expects("431, another 4xx, or the connection is closed")
            .play(stage -> largeHead(stage, 1, 16 << 20)),
        draw("hostile-many-headers", "A hundred thousand headers", "RFC 6585 §5")
            .sends("a request with a hundred thousand headers")
            .expects("431, another 4xx, or the connection is closed")
            .play(stage -> largeHead(stage, 100_000, 10)),
        draw("hostile-slow-upload", "A sender that stalls holds up nobody", "RFC 9112 §9.5")
            .sends("half of a message; meanwhile another one; then the rest")
            .expects("both are accepted, or the slow one times out")
            .play(stage -> stalled(stage, 1)),
        draw("hostile-slow-crowd", "Fifty senders that stall hold up nobody", "RFC 9112 §9.5")
            .should()
            .sends("half of a message on each of fifty connections; meanwhile another message")
            .expects("the other message is accepted")
            .play(stage -> stalled(stage, STALLED)),
        draw("hostile-no-message-id", "A message without Message-ID", "RFC 4130 §5.3.3")
            .should()
            .sends("a message that has no Message-ID")
            .expects("an answer, and the endpoint goes on")
            .play(stage -> answered(stage, stage.bench().draft().without("Message-ID"))),
        draw("hostile-no-as2-from", "A message without AS2-From", "RFC 4130 §6.2")
            .should()
            .sends("a message that has no AS2-From")
            .expects("an answer, and the endpoint goes on")
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
                with.write(bench.head("POST", parcel.headers().plus("Transfer-Encoding", "chunked")))
                    .write("zz\r\n")
                    .write(parcel.body())
                    .write("\r\n0\r\n\r\n")
                    .endSending());
    return isPositive(exchange)
        ? List.of(
            new Finding("The endpoint accepted chunks without a size.", "RFC 9112 §7.1"))
        : stillServes(stage);
  }

  private static List<Finding> cut(Stage stage) throws IOException {
    Bench bench = stage.bench();
    Parcel parcel = bench.pack(bench.draft());
    Headers headers =
        parcel.headers().plus("Content-Length", String.valueOf(parcel.body().length));
    Exchange broken =
        bench.raw(
            parcel,
            with ->
                with.write(bench.head("POST", headers))
                    .write(Arrays.copyOf(parcel.body(), parcel.body().length / 2))
                    .endSending());
    if (isPositive(broken)) {
      return List.of(
          new Finding("The endpoint accepted half of a message.", "RFC 9112 §8"));
    }
    return Review.of(bench.send(parcel, false, false), bench.endpoint().them())
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
    String block = "x".repeat(Math.min(bytes, 64 << 10));
    Exchange exchange =
        bench.raw(
            parcel,
            with -> {
              with.write(head.substring(0, head.length() - 2));
              for (int i = 0; i < headers; i++) {
                with.write("X-" + i + ": ");
                for (int sent = 0; sent < bytes; sent += block.length()) {
                  with.write(block);
                }
                with.write("\r\n");
              }
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
    Headers headers =
        parcel.headers().plus("Content-Length", String.valueOf(parcel.body().length));
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
          .map(
              f ->
                  new Finding(
                      "While %s stalls, the endpoint serves nobody else: %s"
                          .formatted(
                              connections == 1 ? "one sender" : connections + " senders",
                              f.sentence()),
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
