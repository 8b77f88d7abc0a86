package dev.as2.conformance;

import static dev.as2.conformance.Scenario.scenario;

import dev.as2.mime.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** How a message is framed in HTTP, and how its head is written. */
final class FramingScenarios {
  private FramingScenarios() {}

  static List<Scenario> all() {
    return Stream.of(framings(), heads()).flatMap(List::stream).toList();
  }

  private static List<Scenario> framings() {
    return List.of(
        scenario("framing-chunked").isGood(Draft::chunked),
        scenario("framing-chunked-plain").isGood(draft -> draft.layers().chunked()),
        scenario("framing-small-chunks")
            .play(stage ->
                raw(
                    stage,
                    "Transfer-Encoding",
                    "chunked",
                    (with, body) -> {
                      for (int at = 0; at < body.length; at += 7) {
                        chunk(with, body, at, Math.min(7, body.length - at), "");
                      }
                      with.write("0\r\n\r\n");
                    })),
        scenario("framing-chunk-extensions").play(stage -> chunked(stage, ";name=value")),
        scenario("framing-chunk-spaces").play(stage -> chunked(stage, "  ")),
        scenario("framing-trailers")
            .play(stage ->
                raw(
                    stage,
                    "Transfer-Encoding",
                    "chunked",
                    (with, body) -> {
                      chunk(with, body, 0, body.length, "");
                      with.write("0\r\nX-Trailer: ignored\r\n\r\n");
                    })),
        scenario("framing-padded-length").play(FramingScenarios::paddedLength),
        scenario("framing-octet-by-octet").play(FramingScenarios::octetByOctet),
        scenario("http-two-messages").play(FramingScenarios::twoMessages));
  }

  private static List<Scenario> heads() {
    return List.of(
        scenario("http-lowercase-headers").play(stage -> head(stage, line -> cased(line, false))),
        scenario("http-uppercase-headers").play(stage -> head(stage, line -> cased(line, true))),
        scenario("http-spaces-around-values")
            .play(stage -> head(stage, line -> line.replaceFirst(": ", ":\t  ") + " \t")),
        scenario("http-no-space-after-colon")
            .play(stage -> head(stage, line -> line.replaceFirst(": ", ":"))),
        scenario("http-query").play(FramingScenarios::query));
  }

  /** Writes a body in some framing. */
  private interface Framing {
    void write(RawConnection with, byte[] body) throws IOException;
  }

  private static List<Finding> raw(Stage stage, String name, String value, Framing framing)
      throws IOException {
    Bench bench = stage.bench();
    Parcel parcel = bench.pack(bench.draft());
    Exchange exchange =
        bench.raw(
            parcel,
            with -> {
              with.write(bench.head("POST", parcel.headers().plus(name, value)));
              framing.write(with, parcel.body());
            });
    return good(exchange, bench);
  }

  private static List<Finding> chunked(Stage stage, String after) throws IOException {
    return raw(
        stage,
        "Transfer-Encoding",
        "chunked",
        (with, body) -> {
          int half = body.length / 2;
          chunk(with, body, 0, half, after);
          chunk(with, body, half, body.length - half, after);
          with.write("0\r\n\r\n");
        });
  }

  private static List<Finding> good(Exchange exchange, Bench bench) {
    return Review.of(exchange, bench.endpoint().them()).good().findings();
  }

  private static void chunk(RawConnection with, byte[] body, int from, int length, String after)
      throws IOException {
    with.write(
        Integer.toHexString(length)
            + after
            + "\r\n"
            + new String(body, from, length, StandardCharsets.ISO_8859_1)
            + "\r\n");
  }

  private static List<Finding> paddedLength(Stage stage) throws IOException {
    Bench bench = stage.bench();
    Parcel parcel = bench.pack(bench.draft());
    return raw(bench, parcel, "000" + parcel.body().length);
  }

  private static List<Finding> raw(Bench bench, Parcel parcel, String length) {
    return good(
        bench.raw(
            parcel,
            with ->
                with.write(bench.head("POST", parcel.headers().plus("Content-Length", length)))
                    .write(parcel.body())),
        bench);
  }

  private static List<Finding> octetByOctet(Stage stage) throws IOException {
    Bench bench = stage.bench();
    Parcel parcel = bench.pack(bench.draft());
    String head = bench.head("POST", framed(parcel));
    return good(
        bench.raw(
            parcel,
            with -> {
              for (int i = 0; i < head.length(); i++) {
                with.write(head.substring(i, i + 1));
              }
              with.write(parcel.body());
            }),
        bench);
  }

  private static Headers framed(Parcel parcel) {
    return parcel.headers().plus("Content-Length", String.valueOf(parcel.body().length));
  }

  private static List<Finding> twoMessages(Stage stage) throws IOException {
    Bench bench = stage.bench();
    Parcel first = bench.pack(bench.draft());
    Parcel second = bench.pack(bench.draft());
    boolean[] announced = new boolean[1];
    Exchange exchange =
        bench.raw(
            second,
            with -> {
              with.write(bench.head("POST", framed(first))).write(first.body());
              announced[0] =
                  with.answer("POST")
                      .headers()
                      .first("Connection")
                      .filter("close"::equalsIgnoreCase)
                      .isPresent();
              with.write(bench.head("POST", framed(second))).write(second.body());
            });
    if (exchange.response().isPresent()) {
      return good(exchange, bench);
    }
    return announced[0]
        ? List.of()
        : List.of(
            new Finding(
                "The endpoint closes a connection after an answer that does not say so.",
                "RFC 9112 §9.6"));
  }

  /** Changes each line of the head but the first. */
  private interface Line {
    String of(String line);
  }

  private static List<Finding> head(Stage stage, Line change) throws IOException {
    Bench bench = stage.bench();
    Parcel parcel = bench.pack(bench.draft());
    String[] lines = bench.head("POST", framed(parcel)).split("\r\n");
    StringBuilder head = new StringBuilder(lines[0]).append("\r\n");
    for (int i = 1; i < lines.length; i++) {
      head.append(change.of(lines[i])).append("\r\n");
    }
    return good(bench.raw(parcel, with -> with.write(head + "\r\n").write(parcel.body())), bench);
  }

  private static String cased(String line, boolean upper) {
    int colon = line.indexOf(':');
    String name = line.substring(0, colon);
    return (upper ? name.toUpperCase(Locale.ROOT) : name.toLowerCase(Locale.ROOT))
        + line.substring(colon);
  }

  private static List<Finding> query(Stage stage) throws IOException {
    Bench bench = stage.bench();
    Parcel parcel = bench.pack(bench.draft());
    String target = bench.endpoint().target();
    String with = target + (target.contains("?") ? "&" : "?") + "conformance=1";
    String head = bench.head("POST", framed(parcel)).replaceFirst(" \\S+ ", " " + with + " ");
    return good(bench.raw(parcel, wire -> wire.write(head).write(parcel.body())), bench);
  }
}
