package dev.as2.core;

import dev.as2.core.SendResult.Failure;
import java.io.IOException;

/** A message that is not accepted: what its MDN says of it, and what its record says. */
final class Refusal extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Disposition disposition;
  private final FailureCode code;
  private final String why;

  private Refusal(Disposition disposition, FailureCode code, String why) {
    super(why);
    this.disposition = disposition;
    this.code = code;
    this.why = why;
  }

  /**
   * {@code processed/error} (RFC 4130 §7.5.4).
   *
   * @param why the end of a sentence that begins with "The message was not accepted:"
   */
  static Refusal error(String reason, FailureCode code, String why) {
    return new Refusal(new Disposition.Rejected(reason), code, why);
  }

  /** {@code failed/failure} (RFC 4130 §7.5.3). */
  static Refusal failure(String reason, FailureCode code, String why) {
    return new Refusal(new Disposition.Failed(reason), code, why);
  }

  /** This refusal, for a reason that showed somewhere else. */
  Refusal because(Throwable cause) {
    Refusal same = new Refusal(disposition, code, why + ": " + Quote.of(messageOf(cause)));
    same.initCause(cause);
    return same;
  }

  private static String messageOf(Throwable cause) {
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  Disposition disposition() {
    return disposition;
  }

  /** For the MDN's text and the record: one sentence. */
  String sentence() {
    return "The message was not accepted: " + why + ".";
  }

  Failure failure() {
    return new Failure(code, sentence());
  }
}
