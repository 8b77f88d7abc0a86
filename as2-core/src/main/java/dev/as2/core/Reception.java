package dev.as2.core;

import dev.as2.core.SendResult.Failure;
import dev.as2.core.SendResult.ResultFiles;
import dev.as2.core.SendResult.Status;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What became of one message that was received.
 *
 * @param key which message
 * @param origin where it came from, and under which agreement
 * @param content what was in it
 * @param disposition what its MDN says or would say, for example {@code
 *     automatic-action/MDN-sent-automatically; processed}
 * @param failure why it was not accepted; empty where it is COMPLETED
 * @param receipt the MDN; empty where none was asked for
 * @param warnings what was odd and did no harm, a sentence each
 * @param results the record and the MDN, as far as they were written
 */
public record Reception(
    MessageKey key,
    Origin origin,
    ReceivedContent content,
    String disposition,
    Optional<Failure> failure,
    Optional<SentReceipt> receipt,
    List<String> warnings,
    ResultFiles results) {
  public Reception {
    warnings = List.copyOf(warnings);
  }

  /** COMPLETED: its files were stored. */
  public Status status() {
    return failure.isEmpty() ? Status.COMPLETED : Status.FAILED;
  }

  /**
   * Where a message came from.
   *
   * @param agreement under which agreement it was received; empty where there is none of its names
   * @param clientIp whose connection it came by
   * @param requestPath the path of the URL that it was posted to
   * @param started when its head had come
   * @param ended when it had been stored or refused
   */
  public record Origin(
      Optional<Agreement> agreement,
      String clientIp,
      String requestPath,
      Instant started,
      Instant ended) {}

  /**
   * What was in a message.
   *
   * @param subject its Subject
   * @param layers its layers, outermost first, for example {@code encrypted}, {@code signed}
   * @param files its files, as they were stored
   * @param mic over what RFC 4130 §7.3.1 says, where it could be computed
   */
  public record ReceivedContent(
      Optional<String> subject, List<String> layers, List<ReceivedFile> files, Optional<Mic> mic) {
    public ReceivedContent {
      layers = List.copyOf(layers);
      files = List.copyOf(files);
    }

    /** How many bytes its files have together. */
    public long bytes() {
      return files.stream().mapToLong(ReceivedFile::bytes).sum();
    }
  }

  /**
   * A file that was stored.
   *
   * @param path where
   * @param senderName what its sender calls it
   * @param contentType its Content-Type, as its sender calls it
   * @param bytes its length
   */
  public record ReceivedFile(
      FilePath path, Optional<String> senderName, String contentType, long bytes) {}

  /**
   * The MDN of a message.
   *
   * @param messageId its own Message-ID
   * @param subject its Subject
   * @param signed whether it is signed
   * @param deliverTo where it is posted; empty where it is the answer
   */
  public record SentReceipt(
      Optional<MessageId> messageId,
      Optional<String> subject,
      boolean signed,
      Optional<URI> deliverTo) {}
}
