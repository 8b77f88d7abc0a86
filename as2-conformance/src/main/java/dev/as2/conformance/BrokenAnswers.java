package dev.as2.conformance;

import dev.as2.conformance.SenderScenario.Act;
import dev.as2.conformance.SenderScenario.Expectation;
import dev.as2.core.Limits;
import dev.as2.mime.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Connections that break, stall or lie. */
final class BrokenAnswers {
  /** Longer than any sender waits. */
  private static final Duration LONG = Duration.ofHours(1);

  private BrokenAnswers() {}

  static List<SenderScenario> all() {
    return Stream.of(cuts(), stalls(), earlyAnswers(), sizes()).flatMap(List::stream).toList();
  }

  private static List<SenderScenario> cuts() {
    return List.of(
        repeated(
            "close-without-answer", "The connection is closed after the message", Turn::message),
        repeated(
            "reset-without-answer",
            "The connection is reset after the message",
            turn -> {
              turn.message();
              turn.reset();
            }),
        repeated(
            "reset-during-upload",
            "The connection is reset while the message is sent",
            turn -> {
              turn.readSome(1);
              turn.reset();
            }),
        repeated("truncated-answer", "The answer ends in its middle", BrokenAnswers::half));
  }

  private static void half(Turn turn) throws IOException {
    Reply reply = turn.mdn().reply();
    turn.write(Turn.head(reply, "Content-Length: " + reply.body().length));
    turn.write(Arrays.copyOf(reply.body(), reply.body().length / 2));
  }

  private static List<SenderScenario> stalls() {
    return List.of(
        repeated("stall-upload", "Nothing of the message is read", turn -> turn.pause(LONG)),
        repeated(
            "stall-before-answer",
            "The message is read and never answered",
            turn -> {
              turn.message();
              turn.stall();
            }),
        repeated(
            "stall-in-answer",
            "The answer stops in its middle",
            turn -> {
              half(turn);
              turn.stall();
            }));
  }

  private static List<SenderScenario> earlyAnswers() {
    return List.of(
        refused(
            "early-413",
            "413 before the message was read",
            "RFC 9110 §15.5.14",
            turn -> early(turn, 413)),
        refused(
            "early-401",
            "401 before the message was read",
            "RFC 9110 §15.5.2",
            turn -> early(turn, 401)));
  }

  private static List<SenderScenario> sizes() {
    return List.of(
        refused("huge-answer", "An answer of 16 MiB", "RFC 4130 §7.4", BrokenAnswers::huge),
        refused(
            "deep-mdn", "An MDN inside a hundred multiparts", "RFC 4130 §7.4", BrokenAnswers::deep),
        refused(
            "many-parts",
            "An MDN of ten thousand parts",
            "RFC 4130 §7.4",
            BrokenAnswers::manyParts),
        refused(
            "mdn-with-endless-field",
            "An MDN with a field of one MiB",
            "RFC 5322 §2.1.1",
            turn -> turn.reply(turn.mdn().field("X-Long", "x".repeat(1 << 20)).reply())));
  }

  private static SenderScenario repeated(String id, String title, Act act) {
    return new SenderScenario(id, title, "RFC 4130 §5.5", Expectation.REPEATED, act);
  }

  private static SenderScenario refused(String id, String title, String source, Act act) {
    return new SenderScenario(id, title, source, Expectation.REFUSED, act);
  }

  private static void early(Turn turn, int status) throws IOException {
    turn.reply(new Reply(status, Headers.EMPTY, new byte[0]));
    turn.stall(); // what still comes is taken, so that the answer is not lost in a reset
  }

  private static void huge(Turn turn) throws IOException {
    turn.message();
    byte[] block = new byte[1 << 20];
    Arrays.fill(block, (byte) 'x');
    turn.write(
        Turn.head(
            new Reply(200, Headers.of("Content-Type", "multipart/report; boundary=r"), block),
            "Content-Length: " + 4 * Limits.ANSWER_BYTES));
    for (int sent = 0; sent < 4 * Limits.ANSWER_BYTES; sent += block.length) {
      turn.write(block);
    }
  }

  private static void deep(Turn turn) throws IOException {
    Reply honest = turn.mdn().signed(false).reply();
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      body.append(
          "--b%d\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n".formatted(i, i + 1));
    }
    body.append("--b100\r\nContent-Type: ")
        .append(honest.headers().first("Content-Type").orElse(""))
        .append("\r\n\r\n")
        .append(new String(honest.body(), StandardCharsets.ISO_8859_1));
    turn.reply(
        new Reply(
            200,
            honest.headers().with("Content-Type", "multipart/mixed; boundary=b0"),
            body.toString().getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static void manyParts(Turn turn) throws IOException {
    turn.reply(
        turn.mdn()
            .signed(false)
            .body(b -> "--report\r\nContent-Type: image/gif\r\n\r\n\r\n".repeat(10_000) + b)
            .reply());
  }
}
