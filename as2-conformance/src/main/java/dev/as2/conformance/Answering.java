package dev.as2.conformance;

import dev.as2.conformance.SenderScenario.Expectation;
import java.util.function.UnaryOperator;

/** Short forms of what scenarios for senders are made of. */
final class Answering {
  private Answering() {}

  /** An MDN that differs from an honest one in one thing. */
  static SenderScenario mdn(
      String id,
      String title,
      String source,
      Expectation expectation,
      UnaryOperator<MdnDraft> change) {
    return new SenderScenario(
        id, title, source, expectation, turn -> turn.reply(change.apply(turn.mdn()).reply()));
  }

  /** An MDN that a good sender takes. */
  static SenderScenario taken(
      String id, String title, String source, UnaryOperator<MdnDraft> change) {
    return mdn(id, title, source, Expectation.DELIVERED, change);
  }

  /** An MDN that is no proof, or says no. */
  static SenderScenario refused(
      String id, String title, String source, UnaryOperator<MdnDraft> change) {
    return mdn(id, title, source, Expectation.REFUSED, change);
  }
}
