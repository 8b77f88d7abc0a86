package dev.as2.daemon.state;

import dev.as2.core.ConnectorId;
import dev.as2.core.FilePath;
import dev.as2.core.StoredFile;
import dev.as2.daemon.state.Transfers.Order;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What watched folders held when they were last looked at. A version of a file is accepted in the
 * transaction that remembers it: exactly once, whatever happens in between. Safe for use by several
 * threads.
 */
public final class WatchedFiles {
  /**
   * A file that is away for this long is new when it comes back: a folder may be away for a while.
   */
  private static final Duration REMEMBERED = Duration.ofDays(7);

  private final Database database;
  private final SqlTransfers transfers;
  private final Clock clock;

  public WatchedFiles(Database database, SqlTransfers transfers, Clock clock) {
    this.database = database;
    this.transfers = transfers;
    this.clock = clock;
  }

  /**
   * A look at a folder.
   *
   * @param watch the watch's name
   * @param connectorId who sends what is new
   * @param files all that is there
   * @param settle how long a file must have kept its version
   */
  public record Look(
      String watch, ConnectorId connectorId, List<StoredFile> files, Duration settle) {
    public Look {
      files = List.copyOf(files);
    }
  }

  private record Known(String version, Instant since, boolean sent, Optional<Instant> gone) {}

  /**
   * Remembers what is there, and accepts what has settled.
   *
   * @return how many files were accepted
   */
  public int look(Look look) throws IOException {
    Instant now = clock.instant();
    Map<String, Known> known = database.read(connection -> known(connection, look.watch()));
    List<StoredFile> other = new ArrayList<>();
    List<StoredFile> settled = new ArrayList<>();
    Set<String> there = new HashSet<>();
    for (StoredFile file : look.files()) {
      there.add(file.path().toString());
      Known before = known.get(file.path().toString());
      if (before == null || !before.version().equals(file.version()) || before.gone().isPresent()) {
        other.add(file);
      } else if (!before.sent() && !before.since().plus(look.settle()).isAfter(now)) {
        settled.add(file);
      }
    }
    List<String> gone = new ArrayList<>(known.keySet());
    gone.removeAll(there);
    remember(look, other, gone, now);
    int accepted = 0;
    for (StoredFile file : settled) {
      accepted += accept(look, file, now) ? 1 : 0;
    }
    return accepted;
  }

  private static Map<String, Known> known(Connection connection, String watch) throws SQLException {
    Map<String, Known> known = new HashMap<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "select path, version, since, sent, gone from watched where watch = ?")) {
      select.setString(1, watch);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          boolean sent = rows.getLong(4) != 0;
          long gone = rows.getLong(5);
          known.put(
              rows.getString(1),
              new Known(
                  rows.getString(2),
                  Instant.ofEpochMilli(rows.getLong(3)),
                  sent,
                  gone == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(gone))));
        }
      }
    }
    return known;
  }

  private void remember(Look look, List<StoredFile> other, List<String> gone, Instant now)
      throws IOException {
    if (other.isEmpty() && gone.isEmpty()) {
      return;
    }
    database.write(connection -> {
      for (StoredFile file : other) {
        remember(connection, look.watch(), file, now);
      }
      for (String path : gone) {
        markGone(connection, look.watch(), path, now);
      }
      return true;
    });
  }

  /** A version that was there before and is back keeps what is known of it. */
  private static void remember(Connection connection, String watch, StoredFile file, Instant now)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into watched (watch, path, version, since) values (?, ?, ?, ?)"
                + " on conflict (watch, path) do update set gone = null,"
                + " sent = case when watched.version = excluded.version then watched.sent end,"
                + " since = excluded.since, version = excluded.version")) {
      insert.setString(1, watch);
      insert.setString(2, file.path().toString());
      insert.setString(3, file.version());
      insert.setLong(4, now.toEpochMilli());
      insert.executeUpdate();
    }
  }

  private static void markGone(Connection connection, String watch, String path, Instant now)
      throws SQLException {
    try (PreparedStatement delete =
            connection.prepareStatement(
                "delete from watched where watch = ? and path = ? and gone < ?");
        PreparedStatement update =
            connection.prepareStatement(
                "update watched set gone = ? where watch = ? and path = ? and gone is null")) {
      delete.setString(1, watch);
      delete.setString(2, path);
      delete.setLong(3, now.minus(REMEMBERED).toEpochMilli());
      if (delete.executeUpdate() == 0) {
        update.setLong(1, now.toEpochMilli());
        update.setString(2, watch);
        update.setString(3, path);
        update.executeUpdate();
      }
    }
  }

  private boolean accept(Look look, StoredFile file, Instant now) throws IOException {
    FilePath path = file.path();
    Order order = new Order(look.connectorId(), List.of(path), List.of(), "watch:" + look.watch());
    return transfers.accept(
        order,
        file.version(),
        connection -> {
          try (PreparedStatement update =
              connection.prepareStatement(
                  "update watched set sent = ? where watch = ? and path = ? and version = ?"
                      + " and sent is null")) {
            update.setLong(1, now.toEpochMilli());
            update.setString(2, look.watch());
            update.setString(3, path.toString());
            update.setString(4, file.version());
            return update.executeUpdate() == 1;
          }
        });
  }
}
