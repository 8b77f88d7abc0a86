package dev.as2.daemon.state;

import dev.as2.core.MessageJournal;
import dev.as2.core.SendOrder;
import dev.as2.daemon.state.SealedColumns.Column;
import dev.as2.daemon.state.Transfers.FileKey;
import dev.as2.daemon.state.Transfers.FileState;
import dev.as2.mime.Header;
import dev.as2.mime.Headers;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A row that a lane has taken: a file, and what was kept of an earlier run, still encrypted.
 *
 * @param version the file's that is to be sent
 * @param headers those of its transfer
 */
@SuppressWarnings("ArrayRecordComponent")
record KeptFile(
    FileState state,
    Optional<String> version,
    Optional<byte[]> headers,
    Optional<byte[]> seal,
    Optional<byte[]> tried,
    Optional<byte[]> answer) {
  private static final System.Logger LOG = System.getLogger(KeptFile.class.getName());

  /** What no engine can read: the transfer fails with JOURNAL_DAMAGED, and holds up no other. */
  private static final MessageJournal.Kept DAMAGED =
      new MessageJournal.Kept(Optional.of(new byte[0]), Optional.empty(), Optional.empty());

  /** All rows that an update returns, in the order in which they were accepted. */
  static List<KeptFile> all(PreparedStatement update) throws SQLException {
    List<KeptFile> files = new ArrayList<>();
    try (ResultSet each = update.executeQuery()) {
      while (each.next()) {
        files.add(
            new KeptFile(
                FileRow.state(each),
                Optional.ofNullable(each.getString("version")),
                Optional.ofNullable(each.getBytes("headers")),
                Optional.ofNullable(each.getBytes("seal")),
                Optional.ofNullable(each.getBytes("tried")),
                Optional.ofNullable(each.getBytes("answer"))));
      }
    }
    files.sort(Comparator.comparingLong(file -> file.state().sequence()));
    return files;
  }

  /** What is to be sent, decrypted. */
  Lanes.Taken opened(SealedColumns columns) {
    FileKey key = state.key();
    List<Header> ofTransfer = List.of();
    MessageJournal.Kept kept;
    try {
      ofTransfer = columns.headers(key, headers);
      kept =
          new MessageJournal.Kept(
              opened(columns, Column.SEAL, seal),
              opened(columns, Column.TRIED, tried),
              opened(columns, Column.ANSWER, answer));
    } catch (IOException e) {
      LOG.log(Level.ERROR, "what is kept of message " + state.messageId() + " is damaged", e);
      kept = DAMAGED;
    }
    SendOrder order =
        new SendOrder(
            key.transferId(),
            state.messageId(),
            state.connectorId(),
            state.file(),
            version,
            new Headers(ofTransfer),
            state.started().orElse(state.accepted()), // waiting in a queue is no attempt
            kept);
    return new Lanes.Taken(key, order, state.cancelling());
  }

  private Optional<byte[]> opened(SealedColumns columns, Column column, Optional<byte[]> kept)
      throws IOException {
    return kept.isEmpty()
        ? Optional.empty()
        : Optional.of(columns.decrypted(state.key(), column, kept.get()));
  }
}
