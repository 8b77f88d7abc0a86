package dev.as2.conformance;

import dev.as2.conformance.SenderScenario.Act;
import dev.as2.conformance.SenderScenario.Expectation;
import dev.as2.mime.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** HTTP statuses, with and without an MDN, and how an answer is framed. */
final class StatusAnswers {
  private StatusAnswers() {}

  static List<SenderScenario> all() {
    List<SenderScenario> all = new ArrayList<>();
    for (int status : List.of(400, 401, 403, 404, 405, 411, 413, 415)) {
      all.add(plain(status, Expectation.REFUSED, Headers.EMPTY, "RFC 4130 §5.4"));
    }
    for (int status : List.of(408, 425, 500, 502, 504)) {
      all.add(plain(status, Expectation.REPEATED, Headers.EMPTY, "RFC 9110 §15"));
    }
    Headers later = Headers.of("Retry-After", "1");
    all.add(plain(429, Expectation.REPEATED, later, "RFC 6585 §4"));
    all.add(plain(503, Expectation.REPEATED, later, "RFC 9110 §15.6.4"));
    Headers elsewhere = Headers.of("Location", "/good");
    all.add(plain(302, Expectation.REFUSED, elsewhere, "RFC 9110 §15.4.3"));
    all.add(plain(307, Expectation.REFUSED, elsewhere, "RFC 9110 §15.4.8"));
    all.addAll(bodies());
    all.addAll(framings());
    return all;
  }

  private static SenderScenario plain(
      int status, Expectation expectation, Headers headers, String source) {
    return scenario(
        "status-" + status,
        "HTTP status " + status + " without an MDN",
        source,
        expectation,
        turn -> {
          turn.message();
          turn.reply(new Reply(status, headers, new byte[0]));
        });
  }

  private static SenderScenario scenario(
      String id, String title, String source, Expectation expectation, Act act) {
    return new SenderScenario(id, title, source, expectation, act);
  }

  private static List<SenderScenario> bodies() {
    return Stream.of(mdns(), others()).flatMap(List::stream).toList();
  }

  private static List<SenderScenario> mdns() {
    return List.of(
        scenario(
            "status-500-with-mdn",
            "A positive MDN with HTTP status 500",
            "RFC 4130 §7.6",
            Expectation.DELIVERED,
            turn -> turn.reply(turn.mdn().reply().withStatus(500))),
        scenario(
            "status-500-with-refusal",
            "A refusal with HTTP status 500",
            "RFC 4130 §7.6",
            Expectation.REFUSED,
            turn ->
                turn.reply(
                    turn.mdn()
                        .disposition("processed/error: decryption-failed")
                        .reply()
                        .withStatus(500))),
        scenario(
            "status-202-with-mdn",
            "A positive MDN with HTTP status 202",
            "RFC 4130 §7.6",
            Expectation.DELIVERED,
            turn -> turn.reply(turn.mdn().reply().withStatus(202))));
  }

  private static List<SenderScenario> others() {
    return List.of(
        empty(200),
        empty(202),
        empty(204),
        scenario(
            "html",
            "A page of HTML with HTTP status 200",
            "RFC 4130 §7.3; phase2 issue 126",
            Expectation.REFUSED,
            turn -> {
              turn.message();
              turn.reply(html("<!doctype html><title>OK</title><p>Thank you.</p>"));
            }),
        scenario(
            "report-without-mdn",
            "multipart/report without a notification in it",
            "RFC 4130 §7.4.2",
            Expectation.REFUSED,
            turn -> {
              turn.message();
              turn.reply(
                  new Reply(
                      200,
                      Headers.of("Content-Type", "multipart/report; boundary=r"),
                      "--r\r\n\r\nHello.\r\n--r--\r\n".getBytes(StandardCharsets.US_ASCII)));
            }));
  }

  private static SenderScenario empty(int status) {
    return scenario(
        "empty-" + status,
        "Nothing, with HTTP status " + status,
        "RFC 4130 §7.3",
        Expectation.REFUSED,
        turn -> {
          turn.message();
          turn.reply(new Reply(status, Headers.EMPTY, new byte[0]));
        });
  }

  private static Reply html(String page) {
    return new Reply(
        200, Headers.of("Content-Type", "text/html"), page.getBytes(StandardCharsets.US_ASCII));
  }

  private static List<SenderScenario> framings() {
    return Stream.of(lengths(), lines(), moments()).flatMap(List::stream).toList();
  }

  private static List<SenderScenario> lengths() {
    return List.of(
        scenario(
            "close-delimited",
            "An MDN without a length, to the connection's end",
            "RFC 9112 §6.3; DRM prev#8",
            Expectation.DELIVERED,
            turn -> {
              Reply reply = turn.mdn().reply();
              turn.write(Turn.head(reply, ""));
              turn.write(reply.body());
            }),
        scenario(
            "http-1.0",
            "An answer of HTTP/1.0",
            "DRM 3Q11#3",
            Expectation.DELIVERED,
            turn -> {
              Reply reply = turn.mdn().reply();
              turn.write(Turn.head(reply, "").replaceFirst("HTTP/1.1", "HTTP/1.0"));
              turn.write(reply.body());
            }),
        scenario(
            "chunked",
            "An MDN in chunks with extensions",
            "RFC 9112 §7.1.1; DRM 1Q13#6",
            Expectation.DELIVERED,
            turn -> chunked(turn, ";name=value")));
  }

  private static List<SenderScenario> lines() {
    return List.of(
        scenario(
            "odd-reason",
            "An odd reason phrase",
            "DRM 3Q11#7",
            Expectation.DELIVERED,
            turn -> reason(turn, "\"OK\" (really)")),
        scenario(
            "no-reason",
            "A status line without a reason",
            "RFC 9112 §4",
            Expectation.DELIVERED,
            turn -> reason(turn, "")));
  }

  private static void reason(Turn turn, String phrase) throws IOException {
    Reply reply = turn.mdn().reply();
    turn.write(
        Turn.head(reply, "Content-Length: " + reply.body().length)
            .replaceFirst("Scripted", phrase));
    turn.write(reply.body());
  }

  private static List<SenderScenario> moments() {
    return List.of(
        scenario(
            "interim",
            "Interim answers before the final one",
            "RFC 9110 §15.2; DRM 3Q12#14",
            Expectation.DELIVERED,
            turn -> {
              MdnDraft mdn = turn.mdn();
              turn.write("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n");
              turn.reply(mdn.reply());
            }),
        scenario(
            "split",
            "An answer that arrives octet by octet",
            "DRM 3Q09#7",
            Expectation.DELIVERED,
            turn -> {
              Reply reply = turn.mdn().reply();
              String head = Turn.head(reply, "Content-Length: " + reply.body().length);
              for (int i = 0; i < head.length(); i++) {
                turn.write(head.substring(i, i + 1));
              }
              turn.write(reply.body());
            }),
        scenario(
            "slow",
            "An MDN after a second",
            "phase2 issue 23",
            Expectation.DELIVERED,
            turn -> {
              MdnDraft mdn = turn.mdn();
              turn.pause(Duration.ofSeconds(1));
              turn.reply(mdn.reply());
            }));
  }

  private static void chunked(Turn turn, String extension) throws IOException {
    Reply reply = turn.mdn().reply();
    turn.write(Turn.head(reply, "Transfer-Encoding: chunked"));
    for (int at = 0; at < reply.body().length; at += 100) {
      byte[] some = Arrays.copyOfRange(reply.body(), at, Math.min(at + 100, reply.body().length));
      turn.write(Integer.toHexString(some.length) + extension + "\r\n");
      turn.write(some);
      turn.write("\r\n");
    }
    turn.write("0\r\n\r\n");
  }
}
