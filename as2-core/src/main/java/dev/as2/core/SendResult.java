package dev.as2.core;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How the transfer of one file ended. A partner's refusal is a result, not an exception.
 *
 * @param transfer which file went where under which names
 * @param failure why it failed; empty where it is COMPLETED
 * @param message what was made of the file; empty where it failed before that
 * @param receipt the partner's MDN, where one was read, also one that refuses or proves nothing
 * @param attempts every attempt to send, in order
 * @param warnings what was odd and did no harm, a sentence each
 * @param files the result files that were written
 */
public record SendResult(
    Transfer transfer,
    Optional<Failure> failure,
    Optional<PackedMessage> message,
    Optional<Receipt> receipt,
    List<Attempt> attempts,
    List<String> warnings,
    ResultFiles files) {

  public SendResult {
    attempts = List.copyOf(attempts);
    warnings = List.copyOf(warnings);
  }

  /** AWS's final status codes. */
  public enum Status {
    COMPLETED,
    FAILED
  }

  /** COMPLETED: the partner took the file and, where an MDN was asked for, proved it. */
  public Status status() {
    return failure.isEmpty() ? Status.COMPLETED : Status.FAILED;
  }

  /**
   * What is sent.
   *
   * @param transferId one for all files of a call
   * @param messageId the message of this file; all attempts use it
   * @param connectorId by which connector
   * @param file which file
   * @param started when it was accepted; where nobody accepted it before, when it began
   */
  public record Transfer(
      TransferId transferId,
      MessageId messageId,
      ConnectorId connectorId,
      FilePath file,
      Instant started) {}

  /**
   * Why a transfer failed.
   *
   * @param code which kind of failure
   * @param message one sentence: what is wrong, and where
   */
  public record Failure(FailureCode code, String message) {}

  /**
   * What was made of a file.
   *
   * @param as2From our name
   * @param as2To the partner's name
   * @param subject the Subject header
   * @param contentType of the payload part
   * @param layers the layers, innermost first, for example {@code compressed}, {@code signed}
   * @param fileBytes the file's length
   */
  public record PackedMessage(
      As2Id as2From,
      As2Id as2To,
      String subject,
      String contentType,
      List<String> layers,
      long fileBytes) {
    public PackedMessage {
      layers = List.copyOf(layers);
    }
  }

  /**
   * What an MDN said, and what it is worth.
   *
   * @param disposition as the partner wrote it, for example {@code
   *     automatic-action/MDN-sent-automatically; processed}
   * @param messageId the MDN's own Message-ID
   * @param subject the MDN's subject
   * @param text its part for people, shortened
   * @param signed whether its signature held
   * @param mic the MIC that it states
   * @param micMatch {@code rfc}, {@code variant:<name>}, {@code mismatch} or {@code absent}
   */
  public record Receipt(
      String disposition,
      Optional<MessageId> messageId,
      Optional<String> subject,
      String text,
      boolean signed,
      Optional<Mic> mic,
      String micMatch) {}

  /**
   * One attempt to send.
   *
   * @param started when it began
   * @param httpStatus the partner's status, where there was one
   * @param server what the partner's server calls itself
   * @param failure how it failed
   * @param bytesSent octets of the body that were written
   * @param timings how long each part took
   */
  public record Attempt(
      Instant started,
      Optional<Integer> httpStatus,
      Optional<String> server,
      Optional<Failure> failure,
      long bytesSent,
      As2Response.Timings timings) {}

  /**
   * Where the results are.
   *
   * @param json the outcome record; empty where the store did not take it
   * @param mdn the partner's answer, where there was one
   */
  public record ResultFiles(Optional<FilePath> json, Optional<FilePath> mdn) {
    /** None were written. */
    public static final ResultFiles NONE = new ResultFiles(Optional.empty(), Optional.empty());
  }
}
