package dev.as2.daemon.state;

import dev.as2.core.As2Id;
import dev.as2.core.MessageId;
import dev.as2.core.MessageKey;
import dev.as2.core.Mic;
import dev.as2.core.ReceivedMessages;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Received messages in a {@link Database}, which several daemons may share: whichever of them a
 * message comes to again, it gets the same answer.
 *
 * <p>An asynchronous MDN belongs to the daemon that received its message, for as long as that one
 * says that it {@linkplain #renew lives}; then another may take it over. One that was only silent
 * may post it as well, and the partner gets the same octets twice. Safe for use by several threads.
 */
public final class SqlReceivedMessages implements ReceivedMessages {
  /** After how long without a sign of life a daemon's MDNs are taken over. */
  public static final Duration SILENCE = Duration.ofMinutes(5);

  private static final String COLUMNS =
      "select as2_from, as2_to, message_id, received, accepted, mic, mdn, deliver_to"
          + " from received_message where ";
  private static final String KEY = "as2_from = ? and as2_to = ? and message_id = ?";

  private final Database database;
  private final String daemon;
  private final Clock clock;

  /** What this process delivers at the moment: not to be begun a second time. */
  private final Set<MessageKey> underWay = ConcurrentHashMap.newKeySet();

  /**
   * @param daemon this daemon's name, the same in each of its lives and no other daemon's
   */
  public SqlReceivedMessages(Database database, String daemon, Clock clock) {
    this.database = database;
    this.daemon = daemon;
    this.clock = clock;
  }

  @Override
  public Optional<Kept> accepted(MessageKey key) throws IOException {
    return database.read(connection -> accepted(connection, key));
  }

  private static Optional<Kept> accepted(Connection connection, MessageKey key)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(COLUMNS + KEY + " and accepted = 1")) {
      setKey(select, 1, key);
      return all(select).stream().findFirst();
    }
  }

  @Override
  public Kept keep(Kept kept) throws IOException {
    if (!kept.accepted() && kept.deliverTo().isEmpty()) {
      return kept; // it was answered, and is received anew when it comes again
    }
    // Before it can be seen as undelivered; who keeps it delivers it.
    boolean first = kept.deliverTo().isPresent() && underWay.add(kept.key());
    try {
      Kept counts =
          database.write(connection ->
              insert(connection, kept) ? kept : accepted(connection, kept.key()).orElse(kept));
      first &= counts != kept;
      return counts;
    } finally {
      if (first) { // it failed, or an earlier one counts
        underWay.remove(kept.key());
      }
    }
  }

  /**
   * @return whether it was written; it is not where an answer to an accepted message is there
   */
  private boolean insert(Connection connection, Kept kept) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into received_message (as2_from, as2_to, message_id, received, accepted, mic,"
                + " mdn, deliver_to, owner, claimed) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                + " on conflict (as2_from, as2_to, message_id) do update set"
                + " received = excluded.received, accepted = excluded.accepted,"
                + " mic = excluded.mic, mdn = excluded.mdn, deliver_to = excluded.deliver_to,"
                + " owner = excluded.owner, claimed = excluded.claimed"
                + " where received_message.accepted = 0")) {
      boolean pending = kept.deliverTo().isPresent();
      setKey(insert, 1, kept.key());
      insert.setLong(4, kept.received().toEpochMilli());
      insert.setInt(5, kept.accepted() ? 1 : 0);
      insert.setString(6, kept.mic().map(Mic::toString).orElse(null));
      insert.setBytes(7, kept.mdn());
      insert.setString(8, kept.deliverTo().map(URI::toString).orElse(null));
      insert.setString(9, pending ? daemon : null);
      if (pending) {
        insert.setLong(10, clock.millis());
      } else {
        insert.setNull(10, Types.BIGINT);
      }
      return insert.executeUpdate() == 1;
    }
  }

  @Override
  public void delivered(MessageKey key) throws IOException {
    database.write(connection -> {
      try (PreparedStatement refused =
              connection.prepareStatement(
                  "delete from received_message where accepted = 0 and " + KEY);
          PreparedStatement accepted =
              connection.prepareStatement(
                  "update received_message set owner = null, claimed = null where " + KEY)) {
        setKey(refused, 1, key);
        setKey(accepted, 1, key);
        return refused.executeUpdate() + accepted.executeUpdate();
      }
    });
    underWay.remove(key);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Those of this daemon that it is not delivering already, and those of daemons that were
   * silent for too long, which are this one's from then on.
   */
  @Override
  public List<Kept> undelivered(int limit) throws IOException {
    long now = clock.millis();
    List<Kept> claimed =
        database.write(connection -> {
          List<Kept> mine = new ArrayList<>();
          for (Kept each : claimable(connection, limit + underWay.size(), now)) {
            if (mine.size() < limit
                && !underWay.contains(each.key())
                && claim(connection, each.key(), now)) {
              mine.add(each);
            }
          }
          return mine;
        });
    claimed.forEach(each -> underWay.add(each.key()));
    return claimed;
  }

  private List<Kept> claimable(Connection connection, int limit, long now) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            COLUMNS
                + "owner is not null and (owner = ? or claimed < ?) order by received limit ?")) {
      select.setString(1, daemon);
      select.setLong(2, now - SILENCE.toMillis());
      select.setInt(3, limit);
      return all(select);
    }
  }

  /**
   * @return whether it was still to be had: two daemons may see it at once
   */
  private boolean claim(Connection connection, MessageKey key, long now) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update received_message set owner = ?, claimed = ? where "
                + KEY
                + " and (owner = ? or claimed < ?)")) {
      update.setString(1, daemon);
      update.setLong(2, now);
      setKey(update, 3, key);
      update.setString(6, daemon);
      update.setLong(7, now - SILENCE.toMillis());
      return update.executeUpdate() == 1;
    }
  }

  /** This daemon lives: what it has to deliver stays its own. */
  public void renew() throws IOException {
    if (underWay.isEmpty()) {
      return;
    }
    database.write(connection -> {
      try (PreparedStatement update =
          connection.prepareStatement("update received_message set claimed = ? where owner = ?")) {
        update.setLong(1, clock.millis());
        update.setString(2, daemon);
        return update.executeUpdate();
      }
    });
  }

  @Override
  public void forget(Instant before) throws IOException {
    new OldRows(database, "received_message", "received").remove(before);
  }

  private static void setKey(PreparedStatement statement, int first, MessageKey key)
      throws SQLException {
    statement.setString(first, key.from().value());
    statement.setString(first + 1, key.to().value());
    statement.setString(first + 2, key.messageId().value());
  }

  private static List<Kept> all(PreparedStatement select) throws SQLException {
    List<Kept> all = new ArrayList<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        all.add(
            new Kept(
                new MessageKey(
                    new As2Id(rows.getString(1)),
                    new As2Id(rows.getString(2)),
                    new MessageId(rows.getString(3))),
                Instant.ofEpochMilli(rows.getLong(4)),
                rows.getInt(5) == 1,
                Optional.ofNullable(rows.getString(6)).flatMap(Mic::parse),
                rows.getBytes(7),
                Optional.ofNullable(rows.getString(8)).map(URI::create)));
      }
    }
    return all;
  }
}
