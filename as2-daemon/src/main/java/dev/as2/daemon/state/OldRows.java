package dev.as2.daemon.state;

import java.io.IOException;
import java.sql.PreparedStatement;
import java.time.Instant;

/**
 * The rows of a table that are kept for a time only.
 *
 * @param table has a column {@code sequence}, its key
 * @param time the column that says since when, with an index
 */
record OldRows(Database database, String table, String time) {
  /** So many in a transaction, for which other writes wait. */
  private static final int AT_ONCE = 1_000;

  /** Removes all from before this moment. */
  void remove(Instant before) throws IOException {
    int removed = AT_ONCE;
    while (removed == AT_ONCE) {
      removed = remove(before, AT_ONCE);
    }
  }

  /**
   * Removes the oldest from before this moment.
   *
   * @param limit how many at most
   * @return how many there were
   */
  int remove(Instant before, int limit) throws IOException {
    return database.write(connection -> {
      try (PreparedStatement delete =
          connection.prepareStatement(
              "delete from %1$s where sequence in (select sequence from %1$s where %2$s < ? order by %2$s limit ?)"
                  .formatted(table, time))) {
        delete.setLong(1, before.toEpochMilli());
        delete.setInt(2, limit);
        return delete.executeUpdate();
      }
    });
  }
}
