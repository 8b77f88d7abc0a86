package dev.as2.core;

import dev.as2.mime.Headers;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One file to send, with all that a host has decided about it beforehand, and what a {@link
 * MessageJournal} has kept of it where it was under way before.
 *
 * @param transferId one for all files of a call
 * @param messageId given at acceptance and never changed
 * @param connectorId by which connector
 * @param file which file
 * @param version the one to send, where it has to be one: what {@link FileStore#list} or {@link
 *     FileStore#stat(FilePath)} gave; where the file has become another, the transfer fails with
 *     {@code SOURCE_CHANGED}
 * @param headers extra HTTP headers of this message, instead of the connector's of the same names;
 *     those that the engine itself writes fail the transfer with {@code INVALID_REQUEST} (see
 *     {@link #checkHeaders})
 * @param accepted when the file was accepted: the connector's retry deadline counts from here
 * @param kept what is known of an earlier run; {@link Kept#NOTHING} where there was none
 */
public record SendOrder(
    TransferId transferId,
    MessageId messageId,
    ConnectorId connectorId,
    FilePath file,
    Optional<String> version,
    Headers headers,
    Instant accepted,
    MessageJournal.Kept kept) {

  /**
   * Makes sure that these can be an order's headers: to be said where an order is accepted.
   *
   * @throws As2Exception {@code INVALID_REQUEST} where one is the engine's own to write, or there
   *     are more than {@link Limits#ORDER_HEADERS} or {@link Limits#ORDER_HEADER_BYTES}
   */
  public static void checkHeaders(Headers headers) throws As2Exception {
    ExtraHeaders.checkOrder(headers);
  }

  /** Whether the message may have been sent before: by this run, or an earlier one. */
  boolean isRepeated(List<SendResult.Attempt> attempts) {
    return !attempts.isEmpty() || kept.seal().isPresent();
  }
}
