package dev.as2.daemon.state;

import dev.as2.core.AgreementId;
import dev.as2.core.MessageKey;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What was received, for people to look at. Safe for use by several threads. */
@FunctionalInterface
public interface ReceivedHistory {
  /** How the MDN of a message fares. */
  public enum MdnState {
    /** None was asked for. */
    NONE,
    /** It was the answer, or was posted. */
    SENT,
    /** It is still to be posted. */
    PENDING,
    /** It could not be posted. */
    FAILED
  }

  /**
   * What became of one message.
   *
   * @param key which message; one that is refused may come, and stand here, several times
   * @param agreementId under which agreement it was received
   * @param ended when it had been stored or refused
   * @param status COMPLETED or FAILED
   * @param failureCode why it was refused
   * @param failureMessage the same in words
   * @param bytes how many its files have together
   * @param mdn how its MDN fares
   * @param detail JSON: what events tell of it
   */
  public record Entry(
      MessageKey key,
      AgreementId agreementId,
      Instant ended,
      String status,
      Optional<String> failureCode,
      Optional<String> failureMessage,
      long bytes,
      MdnState mdn,
      String detail) {}

  /**
   * An entry and its place in the history.
   *
   * @param sequence grows with each entry
   */
  public record Placed(long sequence, Entry entry) {}

  /**
   * The newest first.
   *
   * @param text what is in one of the names, the Message-ID or the failure code, in small letters;
   *     empty for all
   * @param before the sequence before which to go on; empty to begin
   */
  List<Placed> newest(String text, Optional<Long> before, int limit) throws IOException;
}
