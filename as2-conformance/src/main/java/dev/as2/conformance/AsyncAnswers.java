package dev.as2.conformance;

import dev.as2.conformance.SenderScenario.Act;
import dev.as2.conformance.SenderScenario.Expectation;
import dev.as2.mime.Headers;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Asynchronous MDNs, for senders that ask for them with Receipt-Delivery-Option. */
final class AsyncAnswers {
  private static final String ASYNC = "RFC 4130 §7.2";

  private AsyncAnswers() {}

  static List<SenderScenario> all() {
    return Stream.of(courses(), several(), unproven()).flatMap(List::stream).toList();
  }

  private static List<SenderScenario> courses() {
    return List.of(
        delivered("async-good", "Nothing, and then the MDN", AsyncAnswers::honest),
        answered(
            "async-after-204",
            "HTTP status 204, and then the MDN",
            turn -> {
              turn.reply(new Reply(204, Headers.EMPTY, new byte[0]));
              honest(turn);
            }),
        answered(
            "async-before-answer",
            "The MDN before the message is answered",
            turn -> {
              honest(turn);
              turn.reply(empty());
            }),
        delivered(
            "async-late",
            "Nothing, and the MDN after a second",
            turn -> {
              turn.rest(Duration.ofSeconds(1));
              honest(turn);
            }),
        answered(
            "async-in-answer",
            "The MDN in the answer, though it is to be posted",
            turn -> turn.reply(turn.mdn().reply())));
  }

  private static List<SenderScenario> several() {
    return List.of(
        delivered(
            "async-twice",
            "Nothing, and then the MDN twice",
            turn -> {
              Reply mdn = turn.mdn().reply();
              turn.post(mdn);
              turn.post(mdn);
            }),
        delivered(
            "async-other-first",
            "Nothing, then another message's MDN, and then the right one",
            turn -> {
              turn.post(ofOther(turn.mdn()).reply());
              honest(turn);
            }),
        delivered(
            "async-unsigned-first",
            "Nothing, then an unsigned MDN of somebody, and then the signed one",
            turn -> {
              turn.post(turn.mdn().signed(false).reply());
              honest(turn);
            }));
  }

  private static List<SenderScenario> unproven() {
    return List.of(
        failed("async-never", "Nothing, and never an MDN", ASYNC, turn -> {}),
        changed(
            "async-of-other",
            "Nothing, and then another message's MDN only",
            "RFC 4130 §7.4.4",
            AsyncAnswers::ofOther),
        changed(
            "async-unsigned",
            "Nothing, and then an unsigned MDN, whatever was asked for",
            "RFC 4130 §7.3.1",
            mdn -> mdn.signed(false)),
        changed(
            "async-mic-wrong",
            "Nothing, and then an MDN with a MIC of other octets",
            "RFC 4130 §7.3.1",
            MdnDraft::wrongMic),
        changed(
            "async-refusal",
            "Nothing, and then an MDN that says no",
            "RFC 4130 §7.5.3",
            mdn -> mdn.disposition("processed/error: decryption-failed")));
  }

  private static SenderScenario answered(String id, String title, Act act) {
    return scenario(id, title, ASYNC, Expectation.DELIVERED, act);
  }

  private static SenderScenario delivered(String id, String title, Act afterwards) {
    return answered(id, title, after(afterwards));
  }

  private static SenderScenario failed(String id, String title, String source, Act afterwards) {
    return scenario(id, title, source, Expectation.REFUSED, after(afterwards));
  }

  private static SenderScenario changed(
      String id, String title, String source, UnaryOperator<MdnDraft> change) {
    return failed(id, title, source, turn -> turn.post(change.apply(turn.mdn()).reply()));
  }

  private static SenderScenario scenario(
      String id, String title, String source, Expectation expectation, Act act) {
    return new SenderScenario(
        id,
        title,
        source,
        expectation,
        turn -> {
          turn.requireAsynchronous();
          act.play(turn);
        });
  }

  /** What is done once the message was answered with nothing. */
  private static Act after(Act afterwards) {
    return turn -> {
      turn.message();
      turn.reply(empty());
      afterwards.play(turn);
    };
  }

  private static void honest(Turn turn) throws IOException {
    turn.post(turn.mdn().reply());
  }

  private static Reply empty() {
    return new Reply(200, Headers.EMPTY, new byte[0]);
  }

  private static MdnDraft ofOther(MdnDraft mdn) {
    return mdn.field("Original-Message-ID", "<another@conformance>");
  }
}
