package dev.as2.daemon.state;

import dev.as2.core.AsyncMdns.Arrived;
import dev.as2.core.ConnectorId;
import dev.as2.core.MessageId;
import dev.as2.daemon.state.Transfers.FileKey;
import dev.as2.mime.MimeException;
import dev.as2.mime.MimePart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Asynchronous MDNs in a {@link Database}, and the files that wait for them: whichever daemon takes
 * an MDN, the next one that has the connector's lane ends the file. Until then the file rests: it
 * is a row, and nobody's. Safe for use by several threads.
 */
public final class SqlAsyncMdns {
  private final Database database;
  private final Clock clock;
  private volatile Consumer<ConnectorId> changed = id -> {};

  public SqlAsyncMdns(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Who hears, after the commit, for which connector an MDN has come. */
  public void onChange(Consumer<ConnectorId> listener) {
    changed = listener;
  }

  /** What became of an MDN that came. */
  public enum Arrival {
    /** It is durable. */
    KEPT,
    /** Too many of this message are there already, and not looked at yet. */
    TOO_MANY,
    /** Its transfer has ended already. */
    TOO_LATE,
    /** No transfer of ours has this Message-ID. */
    UNKNOWN
  }

  /**
   * What a file does that waits for its MDN.
   *
   * @param mdn the first that came, where one is there already
   * @param rests whether the file is nobody's now; where it is not, and there is no MDN, its time
   *     is over, or a person wants it to end
   */
  public record Wait(Optional<Arrived> mdn, boolean rests) {}

  /** The row of the file that an MDN is about. */
  private record Sent(ConnectorId connectorId, String status) {}

  /** Keeps an MDN; the first one of a message that proves something counts. */
  public Arrival arrived(MessageId about, Arrived mdn) throws IOException {
    Instant now = clock.instant();
    Optional<Sent> sent = database.read(connection -> sent(connection, about, ""));
    if (sent.isEmpty()) {
      return Arrival.UNKNOWN;
    }
    Arrival arrival = database.write(connection -> arrived(connection, about, mdn, now));
    if (arrival == Arrival.KEPT) {
      changed.accept(sent.get().connectorId());
    }
    return arrival;
  }

  private static Arrival arrived(Connection connection, MessageId about, Arrived mdn, Instant now)
      throws SQLException {
    // With the row locked it either rests already, or its rest begins after this transaction.
    String locking = Errands.isPostgres(connection) ? " for update" : "";
    Optional<Sent> sent = sent(connection, about, locking);
    if (sent.isEmpty()) {
      return Arrival.UNKNOWN;
    } else if (List.of("COMPLETED", "FAILED").contains(sent.get().status())) {
      return Arrival.TOO_LATE;
    } else if (kept(connection, about) >= ServeLimits.ASYNC_MDNS_OF_A_MESSAGE) {
      return Arrival.TOO_MANY;
    }
    insert(connection, about, octets(mdn), now);
    if (endRest(connection, about)) {
      Errands.hurry(connection, Lane.TASK, sent.get().connectorId().value(), now);
    }
    return Arrival.KEPT;
  }

  private static Optional<Sent> sent(Connection connection, MessageId id, String locking)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select connector_id, status from transfer_file where message_id = ?" + locking)) {
      select.setString(1, id.value());
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(new Sent(new ConnectorId(row.getString(1)), row.getString(2)))
            : Optional.empty();
      }
    }
  }

  private static int kept(Connection connection, MessageId id) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select count(*) from async_mdn where message_id = ?")) {
      select.setString(1, id.value());
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  private static void insert(Connection connection, MessageId id, byte[] mdn, Instant now)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into async_mdn (message_id, arrived, mdn) values (?, ?, ?)")) {
      insert.setString(1, id.value());
      insert.setLong(2, now.toEpochMilli());
      insert.setBytes(3, mdn);
      insert.executeUpdate();
    }
  }

  /** Has a file that rests taken at once. */
  private static boolean endRest(Connection connection, MessageId id) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update transfer_file set rests_until = 0 where message_id = ?"
                + " and rests_until is not null")) {
      update.setString(1, id.value());
      return update.executeUpdate() > 0;
    }
  }

  /**
   * Lets a file of a lane rest, whose message the partner took, unless its MDN is there already, or
   * its time is over.
   *
   * @param until when its time is over
   * @throws LaneLostException where it was to rest, and is somebody else's
   */
  public Wait rest(Lane lane, FileKey key, MessageId messageId, Instant until) throws IOException {
    Optional<Arrived> came = first(messageId);
    if (came.isPresent() || !until.isAfter(clock.instant())) {
      return new Wait(came, false);
    }
    return new Wait(
        Optional.empty(),
        database.write(connection -> {
          boolean rests = rest(connection, lane, key, until);
          if (rests && first(connection, messageId).isPresent()) {
            endRest(connection, messageId); // it came meanwhile
          }
          return rests;
        }));
  }

  private static boolean rest(Connection connection, Lane lane, FileKey key, Instant until)
      throws SQLException, LaneLostException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update transfer_file set"
                + " owner = case when cancelling = 0 then null else owner end,"
                + " rests_until = case when cancelling = 0 then ? end"
                + " where transfer_id = ? and number = ? and status = 'IN_PROGRESS' and owner = ?"
                + " returning cancelling")) {
      // Rounded up: who is taken before its time would only be laid to rest again.
      update.setLong(1, until.plusNanos(999_999).toEpochMilli());
      FileRow.setKey(update, 2, key);
      update.setString(4, lane.owner());
      try (ResultSet row = update.executeQuery()) {
        if (!row.next()) {
          throw new LaneLostException(lane);
        }
        return row.getInt(1) == 0;
      }
    }
  }

  private Optional<Arrived> first(MessageId messageId) throws IOException {
    return database.read(connection -> first(connection, messageId)).map(SqlAsyncMdns::parsed);
  }

  /**
   * Headers may be longer as they are kept than the server lets come: their ends are normalised.
   */
  private static Arrived parsed(byte[] octets) {
    try {
      MimePart part = MimePart.parse(octets, octets.length);
      return new Arrived(part.headers(), part.body());
    } catch (MimeException e) {
      throw new IllegalStateException("a part is longer than itself", e);
    }
  }

  private static Optional<byte[]> first(Connection connection, MessageId id) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select mdn from async_mdn where message_id = ? order by sequence limit 1")) {
      select.setString(1, id.value());
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
      }
    }
  }

  /** Drops an MDN that proves nothing: the next one may. */
  public void refused(MessageId messageId, Arrived mdn) throws IOException {
    database.write(connection -> {
      try (PreparedStatement delete =
          connection.prepareStatement("delete from async_mdn where message_id = ? and mdn = ?")) {
        delete.setString(1, messageId.value());
        delete.setBytes(2, octets(mdn));
        return delete.executeUpdate();
      }
    });
  }

  private static byte[] octets(Arrived mdn) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    octets.writeBytes(mdn.headers().toBytes());
    octets.writeBytes(mdn.body());
    return octets.toByteArray();
  }

  /** Removes what came before this moment. */
  public void forget(Instant before) throws IOException {
    new OldRows(database, "async_mdn", "arrived").remove(before);
  }
}
