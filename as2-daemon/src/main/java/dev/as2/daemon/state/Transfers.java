package dev.as2.daemon.state;

import dev.as2.core.ConnectorId;
import dev.as2.core.FilePath;
import dev.as2.core.MessageId;
import dev.as2.core.TransferId;
import dev.as2.mime.Header;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The files that were accepted for sending, from their acceptance to the end of their history: the
 * queue's content and the history at once. Safe for use by several threads; a call that writes
 * returns when it is durable.
 */
public interface Transfers {
  /** AWS's TransferTableStatus. */
  enum Status {
    QUEUED,
    IN_PROGRESS,
    COMPLETED,
    FAILED
  }

  /**
   * What is asked for: one call of StartFileTransfer.
   *
   * @param connectorId by which connector
   * @param files 1 to 10 files
   * @param headers CustomHttpHeaders, sent with each message of this transfer
   * @param requester who asked: an access key's id, or {@code watch:<name>}
   */
  record Order(
      ConnectorId connectorId, List<FilePath> files, List<Header> headers, String requester) {
    public Order {
      files = List.copyOf(files);
      headers = List.copyOf(headers);
    }
  }

  /** Which file of which transfer. */
  record FileKey(TransferId transferId, int number) {}

  /**
   * One file of a transfer, as it stands.
   *
   * @param key transfer and number within it, from 0
   * @param sequence grows with acceptance; for paging
   * @param messageId given at acceptance and never changed
   * @param resendOf the file that a person asked to be sent again as this one
   * @param failureCode a FailureCode's name, where it failed
   * @param accepted when it was accepted
   * @param started when it first left the queue
   * @param ended when it was completed or failed
   * @param attempts how many attempts ended so far
   * @param cancelling whether a person wants it to end
   * @param outcome the outcome record's JSON, once it ended
   */
  record FileState(
      FileKey key,
      long sequence,
      ConnectorId connectorId,
      FilePath file,
      MessageId messageId,
      Optional<FileKey> resendOf,
      String requester,
      Status status,
      Optional<String> failureCode,
      Optional<String> failureMessage,
      Instant accepted,
      Optional<Instant> started,
      Optional<Instant> ended,
      int attempts,
      boolean cancelling,
      Optional<String> outcome) {}

  /**
   * What to look for; empty members do not restrict.
   *
   * @param text part of a file's path, a transfer's or message's id, or a failure code
   * @param before sequence below which to go on, for paging from the newest backwards
   */
  record Search(
      Optional<ConnectorId> connectorId,
      Optional<Status> status,
      Optional<String> text,
      Optional<Long> before,
      int limit) {}

  /** Accepts all files of a call or none; durable when this returns. */
  TransferId accept(Order order) throws IOException;

  /** The files of a transfer in their order; none where there is no such transfer. */
  List<FileState> files(TransferId transferId) throws IOException;

  /** One file. */
  Optional<FileState> file(FileKey key) throws IOException;

  /** Newest first. */
  List<FileState> search(Search search) throws IOException;

  /**
   * Asks for the end of a transfer that has not ended yet.
   *
   * @return whether there was one that had not ended
   */
  boolean cancel(FileKey key) throws IOException;

  /**
   * Accepts a file again that has ended: a new transfer with a new Message-ID.
   *
   * @return the new transfer; empty where there is no such file or it has not ended
   */
  Optional<TransferId> resend(FileKey key, String requester) throws IOException;
}
