package dev.as2.daemon.state;

import dev.as2.core.ConnectorId;
import dev.as2.core.FilePath;
import dev.as2.core.MessageId;
import dev.as2.core.TransferId;
import dev.as2.daemon.state.Transfers.FileKey;
import dev.as2.daemon.state.Transfers.FileState;
import dev.as2.daemon.state.Transfers.Status;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rows of {@code transfer_file} as values. Times are kept in milliseconds. */
final class FileRow {
  private FileRow() {}

  /** All rows that a query gives, in its order. */
  static List<FileState> all(PreparedStatement query) throws SQLException {
    List<FileState> files = new ArrayList<>();
    try (ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        files.add(state(rows));
      }
    }
    return files;
  }

  /** The row that the cursor is on. */
  static FileState state(ResultSet row) throws SQLException {
    return new FileState(
        new FileKey(new TransferId(row.getString("transfer_id")), row.getInt("number")),
        row.getLong("sequence"),
        new ConnectorId(row.getString("connector_id")),
        FilePath.parse(row.getString("file_path")),
        new MessageId(row.getString("message_id")),
        resendOf(row),
        row.getString("requester"),
        Status.valueOf(row.getString("status")),
        Optional.ofNullable(row.getString("failure_code")),
        Optional.ofNullable(row.getString("failure_message")),
        Instant.ofEpochMilli(row.getLong("accepted")),
        time(row, "started"),
        time(row, "ended"),
        row.getInt("attempts"),
        row.getInt("cancelling") != 0,
        Optional.ofNullable(row.getString("outcome")));
  }

  private static Optional<FileKey> resendOf(ResultSet row) throws SQLException {
    String transfer = row.getString("resend_of");
    return transfer == null
        ? Optional.empty()
        : Optional.of(new FileKey(new TransferId(transfer), row.getInt("resend_of_number")));
  }

  private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
    return time(row, row.findColumn(column));
  }

  static Optional<Instant> time(ResultSet row, int column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  static void setKey(PreparedStatement statement, int first, FileKey key) throws SQLException {
    statement.setString(first, key.transferId().value());
    statement.setInt(first + 1, key.number());
  }
}
