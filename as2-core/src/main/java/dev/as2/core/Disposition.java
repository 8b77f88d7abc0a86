package dev.as2.core;

import java.util.Locale;
import java.util.Optional;

/** What a receiver did with a message: the one fact that every MDN reports (RFC 4130 §7.5). */
public sealed interface Disposition {
  /** Accepted without reservation. */
  Disposition PROCESSED = new Processed();

  /** Our receivers' action and sending modes (RFC 4130 §7.4.3). */
  String MODES = "automatic-action/MDN-sent-automatically; ";

  /** The content was accepted (RFC 4130 §7.5.2). */
  record Processed() implements Disposition {}

  /**
   * The content was accepted with a reservation (RFC 4130 §7.5.5), or by a word of an older
   * standard.
   *
   * @param reason for example {@code duplicate-document}
   */
  record Warned(String reason) implements Disposition {}

  /**
   * The content was not accepted (RFC 4130 §7.5.4).
   *
   * @param reason for example {@code decryption-failed}; may be empty
   */
  record Rejected(String reason) implements Disposition {}

  /**
   * The message could not even be tried (RFC 4130 §7.5.3).
   *
   * @param reason for example {@code unsupported format}; may be empty
   */
  record Failed(String reason) implements Disposition {}

  /**
   * Neither a yes nor a no, so never taken for success.
   *
   * @param text what was written
   */
  record Unknown(String text) implements Disposition {}

  /**
   * Reads a Disposition field, in any case and with all deviations that are met. Whatever speaks of
   * an error or failure, other than a warning's explanation, is negative.
   */
  static Disposition parse(String field) {
    return DispositionField.parse(field);
  }

  /** Whether the partner took the content. */
  default boolean isPositive() {
    return this instanceof Processed || this instanceof Warned;
  }

  /** Whether the partner refused the content. */
  default boolean isNegative() {
    return this instanceof Rejected || this instanceof Failed;
  }

  /** Whether the partner had the message already (RFC 4130 §7.5.6). */
  default boolean isDuplicate() {
    return this instanceof Warned warned
        && warned.reason().toLowerCase(Locale.ROOT).contains("duplicate");
  }

  /** The code of a negative disposition. */
  default Optional<FailureCode> failureCode() {
    return isNegative() ? Optional.of(DispositionField.codeOf(reasonText())) : Optional.empty();
  }

  /** What the partner gives as its reason; empty where it gives none. */
  default String reasonText() {
    if (this instanceof Warned warned) {
      return warned.reason();
    }
    if (this instanceof Rejected rejected) {
      return rejected.reason();
    }
    if (this instanceof Failed failed) {
      return failed.reason();
    }
    return this instanceof Unknown unknown ? unknown.text() : "";
  }

  /**
   * The field's value as our own MDNs send it (RFC 4130 §7.4.3).
   *
   * @throws IllegalStateException for an unknown disposition, which nobody sends
   */
  default String toWire() {
    if (this instanceof Unknown) {
      throw new IllegalStateException("an unknown disposition cannot be sent");
    }
    if (this instanceof Processed) {
      return MODES + "processed";
    }
    String modifier =
        this instanceof Warned
            ? "processed/warning"
            : this instanceof Rejected ? "processed/error" : "failed/failure";
    return MODES + modifier + (reasonText().isEmpty() ? "" : ": " + reasonText());
  }
}
