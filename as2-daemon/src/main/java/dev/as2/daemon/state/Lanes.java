package dev.as2.daemon.state;

import dev.as2.core.ConnectorId;
import dev.as2.core.MessageJournal;
import dev.as2.core.SendOrder;
import dev.as2.daemon.state.SealedColumns.Column;
import dev.as2.daemon.state.Transfers.FileKey;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The queue's side of {@code transfer_file}: what the one who has a connector's {@link Lane} does
 * with its files. What is written for a lane that somebody else has taken over is refused with
 * {@link LaneLostException}; a write returns when it is durable. Safe for use by several threads.
 */
public final class Lanes {
  /** What somebody sends, or did when it died. */
  private static final String UNDER_WAY = "status = 'IN_PROGRESS' and rests_until is null";

  /** What waits for its MDN: nobody's. */
  private static final String RESTS = "status = 'IN_PROGRESS' and rests_until is not null";

  private static final String OF_OWNER =
      " where transfer_id = ? and number = ? and status = 'IN_PROGRESS' and owner = ?";

  private final Database database;
  private final SealedColumns columns;
  private final Outbox outbox;
  private final Clock clock;

  /**
   * @param outbox takes the events of what ends, in the same transaction
   */
  public Lanes(Database database, Vault vault, Outbox outbox, Clock clock) {
    this.database = database;
    this.columns = new SealedColumns(vault);
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * A file that a lane has taken.
   *
   * @param key which file
   * @param order what to send, with what is known of an earlier run
   * @param cancelling whether a person wants it to end
   */
  public record Taken(FileKey key, SendOrder order, boolean cancelling) {}

  /**
   * How a file ended.
   *
   * @param failureCode a FailureCode's name, where it failed
   * @param attempts how many attempts there were
   * @param outcome the outcome record's JSON
   * @param time when
   * @param events the events' envelopes, as JSON
   */
  public record End(
      Optional<String> failureCode,
      Optional<String> failureMessage,
      int attempts,
      String outcome,
      Instant time,
      List<Outbox.Event> events) {
    public End {
      events = List.copyOf(events);
    }
  }

  /**
   * Takes files out of the queue, oldest first, those that are to be cancelled before all.
   *
   * @param limit how many at most
   */
  public List<Taken> take(Lane lane, int limit) throws IOException {
    return taken(
        lane,
        "update transfer_file set status = 'IN_PROGRESS', owner = ?, started = ?"
            + " where sequence in (select sequence from transfer_file where connector_id = ?"
            + " and status = 'QUEUED' order by cancelling desc, sequence limit ?) returning *",
        update -> {
          update.setString(1, lane.owner());
          update.setLong(2, clock.millis());
          update.setString(3, lane.connectorId().value());
          update.setInt(4, limit);
        });
  }

  /**
   * Takes files that have rested long enough: an asynchronous MDN came, or the time is over, or a
   * person wants them to end.
   *
   * @param limit how many at most
   */
  public List<Taken> takeRested(Lane lane, int limit) throws IOException {
    return taken(
        lane,
        "update transfer_file set owner = ?, rests_until = null where sequence in (select sequence"
            + " from transfer_file where connector_id = ? and "
            + RESTS
            + " and rests_until <= ?"
            + " order by rests_until limit ?) returning *",
        update -> {
          update.setString(1, lane.owner());
          update.setString(2, lane.connectorId().value());
          update.setLong(3, clock.millis());
          update.setInt(4, limit);
        });
  }

  /** Takes over the files that were under way when the connector's last lane was left. */
  public List<Taken> adopt(Lane lane) throws IOException {
    return taken(
        lane,
        "update transfer_file set owner = ? where connector_id = ? and "
            + UNDER_WAY
            + " returning *",
        update -> {
          update.setString(1, lane.owner());
          update.setString(2, lane.connectorId().value());
        });
  }

  @FunctionalInterface
  private interface Setting {
    void set(PreparedStatement statement) throws SQLException;
  }

  private List<Taken> taken(Lane lane, String sql, Setting setting) throws IOException {
    List<KeptFile> files =
        database.write(connection -> {
          check(connection, lane);
          try (PreparedStatement update = connection.prepareStatement(sql)) {
            setting.set(update);
            return KeptFile.all(update);
          }
        });
    return files.stream().map(file -> file.opened(columns)).toList();
  }

  /** The lane is ours, and stays so until the transaction ends. */
  private static void check(Connection connection, Lane lane)
      throws SQLException, LaneLostException {
    if (!Errands.isHeld(connection, picked(lane), "share")) {
      throw new LaneLostException(lane);
    }
  }

  private static Errands.Picked picked(Lane lane) {
    return new Errands.Picked(
        Lane.TASK, lane.connectorId().value(), lane.pickedBy(), lane.version());
  }

  /** Keeps what {@link MessageJournal#sealed} is given. */
  public void sealed(Lane lane, FileKey key, byte[] seal) throws IOException {
    keep(lane, key, Column.SEAL, seal);
  }

  /** Keeps what {@link MessageJournal#answered} is given. */
  public void answered(Lane lane, FileKey key, byte[] answer) throws IOException {
    keep(lane, key, Column.ANSWER, answer);
  }

  private void keep(Lane lane, FileKey key, Column column, byte[] octets) throws IOException {
    byte[] kept = columns.encrypted(key, column, octets);
    owned(
        lane,
        key,
        "update transfer_file set " + column.sql() + " = ?" + OF_OWNER,
        update -> {
          update.setBytes(1, kept);
          return 2;
        });
  }

  /** Keeps what {@link MessageJournal#attempted} is given. */
  public void attempted(Lane lane, FileKey key, int count, byte[] attempts) throws IOException {
    byte[] kept = columns.encrypted(key, Column.TRIED, attempts);
    owned(
        lane,
        key,
        "update transfer_file set attempts = ?, tried = ?" + OF_OWNER,
        update -> {
          update.setInt(1, count);
          update.setBytes(2, kept);
          return 3;
        });
  }

  /** Sets what an update sets, and says where the key goes. */
  @FunctionalInterface
  private interface Values {
    int set(PreparedStatement update) throws SQLException;
  }

  private void owned(Lane lane, FileKey key, String sql, Values values) throws IOException {
    database.write(connection -> {
      update(connection, lane, key, sql, values);
      return true;
    });
  }

  private static void update(
      Connection connection, Lane lane, FileKey key, String sql, Values values)
      throws SQLException, LaneLostException {
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      int next = values.set(update);
      FileRow.setKey(update, next, key);
      update.setString(next + 2, lane.owner());
      if (update.executeUpdate() != 1) {
        throw new LaneLostException(lane);
      }
    }
  }

  /** A file has ended and its results are written: forgets its keys, and tells of it. */
  public void ended(Lane lane, FileKey key, End end) throws IOException {
    database.write(connection -> {
      update(
          connection,
          lane,
          key,
          "update transfer_file set status = ?, failure_code = ?, failure_message = ?,"
              + " attempts = ?, outcome = ?, ended = ?, owner = null, seal = null, tried = null,"
              + " answer = null, rests_until = null"
              + OF_OWNER,
          update -> {
            update.setString(1, end.failureCode().isEmpty() ? "COMPLETED" : "FAILED");
            update.setString(2, end.failureCode().orElse(null));
            update.setString(3, end.failureMessage().orElse(null));
            update.setInt(4, end.attempts());
            update.setString(5, end.outcome());
            update.setLong(6, end.time().toEpochMilli());
            return 7;
          });
      outbox.add(connection, end.events(), clock.instant());
      return true;
    });
  }

  /** Which of a connector's files under way a person wants to end. */
  public Set<FileKey> cancelling(ConnectorId connectorId) throws IOException {
    return database.read(connection -> {
      try (PreparedStatement select =
          connection.prepareStatement(
              "select * from transfer_file where connector_id = ? and "
                  + UNDER_WAY
                  + " and cancelling = 1")) {
        select.setString(1, connectorId.value());
        Set<FileKey> keys = new HashSet<>();
        FileRow.all(select).forEach(file -> keys.add(file.key()));
        return keys;
      }
    });
  }

  /**
   * What there is to take for a connector.
   *
   * @param queued whether there are files that nobody has taken yet
   * @param rested whether there are files that have rested long enough
   */
  public record Work(boolean queued, boolean rested) {}

  /** What there is to take for a connector. */
  public Work work(ConnectorId connectorId) throws IOException {
    return database.read(connection ->
        new Work(
            any(connection, connectorId, "status = 'QUEUED'"),
            any(connection, connectorId, RESTS + " and rests_until <= " + clock.millis())));
  }

  private static boolean any(Connection connection, ConnectorId connectorId, String which)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select 1 from transfer_file where connector_id = ? and " + which + " limit 1")) {
      select.setString(1, connectorId.value());
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  /**
   * Ends a lane: it goes on at a time with anybody where files are left, not before the first has
   * rested where all rest, and is removed where none is left. Nothing happens where it is somebody
   * else's already.
   */
  public void leave(Lane lane, Instant next) throws IOException {
    database.write(connection -> {
      Errands.Picked picked = picked(lane);
      if (!Errands.isHeld(connection, picked, "update")) {
        return false;
      }
      Optional<Instant> again = again(connection, lane.connectorId(), next);
      if (again.isPresent()) {
        Errands.giveUp(connection, picked, again.get());
      } else {
        Errands.remove(connection, picked);
      }
      return true;
    });
  }

  /** When there is something to do for a connector again, where there is. */
  private static Optional<Instant> again(
      Connection connection, ConnectorId connectorId, Instant next) throws SQLException {
    if (any(connection, connectorId, "status = 'QUEUED'")
        || any(connection, connectorId, UNDER_WAY)) {
      return Optional.of(next);
    }
    return firstRested(connection, connectorId).map(rested -> rested.isAfter(next) ? rested : next);
  }

  private static Optional<Instant> firstRested(Connection connection, ConnectorId connectorId)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select min(rests_until) from transfer_file where connector_id = ? and " + RESTS)) {
      select.setString(1, connectorId.value());
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return FileRow.time(row, 1);
      }
    }
  }

  /**
   * Takes back the lanes and other work of this daemon's earlier lives, which have ended.
   *
   * @param prefix what the names of all its lives begin with
   * @return how many there were
   */
  public int takeBack(String prefix) throws IOException {
    Instant now = clock.instant();
    return database.write(connection -> Errands.takeBack(connection, prefix, now));
  }

  /**
   * What is still to be done.
   *
   * @param queued how many files nobody has taken yet
   * @param inProgress how many are under way
   * @param resting how many were sent, and wait for their asynchronous MDN
   * @param oldest when the oldest of those that do not rest was accepted
   */
  public record Backlog(long queued, long inProgress, long resting, Optional<Instant> oldest) {}

  /** What is still to be done, of all connectors together. */
  public Backlog backlog() throws IOException {
    return database.read(connection -> {
      try (PreparedStatement select =
          connection.prepareStatement(
              "select count(case when status = 'QUEUED' then 1 end),"
                  + " count(case when "
                  + UNDER_WAY
                  + " then 1 end), count(rests_until),"
                  + " min(case when rests_until is null then accepted end)"
                  + " from transfer_file where status in ('QUEUED', 'IN_PROGRESS')")) {
        try (ResultSet row = select.executeQuery()) {
          row.next();
          return new Backlog(row.getLong(1), row.getLong(2), row.getLong(3), FileRow.time(row, 4));
        }
      }
    });
  }

  /**
   * Forgets files that ended long ago.
   *
   * @param before those that ended before
   * @param limit how many at most
   * @return how many there were
   */
  public int forget(Instant before, int limit) throws IOException {
    return new OldRows(database, "transfer_file", "ended").remove(before, limit);
  }
}
