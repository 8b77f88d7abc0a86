package dev.as2.core;

import dev.as2.core.SendResult.Failure;
import java.io.IOException;

/** A message that is not accepted: what its MDN says of it, and what its record says. */
final class Refusal extends IOException {
  private static final long serialVersionUID = 1L;

  private static final String NOT_ACCEPTED = "The message was not accepted: ";

  private final transient Disposition disposition;
  private final FailureCode code;
  private final String why;
  private final String detail;

  private Refusal(Disposition disposition, FailureCode code, String why, String detail) {
    super(why + detail);
    this.disposition = disposition;
    this.code = code;
    this.why = why;
    this.detail = detail;
  }

  /**
   * {@code processed/error} (RFC 4130 §7.5.4).
   *
   * @param why the end of a sentence that begins with "The message was not accepted:"
   */
  static Refusal error(String reason, FailureCode code, String why) {
    return new Refusal(new Disposition.Rejected(reason), code, why, "");
  }

  /** {@code failed/failure} (RFC 4130 §7.5.3). */
  static Refusal failure(String reason, FailureCode code, String why) {
    return new Refusal(new Disposition.Failed(reason), code, why, "");
  }

  /**
   * This refusal, for a reason that showed somewhere else. It is for our record alone: whoever
   * learns how decryption failed can decrypt with our help (RFC 3218).
   */
  Refusal because(Throwable cause) {
    String its = Quote.of(messageOf(cause)).replaceAll("[.]+$", "");
    Refusal same = new Refusal(disposition, code, why, ": " + its);
    same.initCause(cause);
    return same;
  }

  private static String messageOf(Throwable cause) {
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  Disposition disposition() {
    return disposition;
  }

  /** For the MDN's text: one sentence. */
  String sentence() {
    return NOT_ACCEPTED + why + ".";
  }

  /** For the record. */
  Failure failure() {
    return new Failure(code, NOT_ACCEPTED + why + detail + ".");
  }
}
