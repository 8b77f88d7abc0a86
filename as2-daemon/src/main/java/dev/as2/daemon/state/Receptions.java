package dev.as2.daemon.state;

import dev.as2.core.AgreementId;
import dev.as2.core.As2Id;
import dev.as2.core.MessageId;
import dev.as2.core.MessageKey;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The history of what was received, and the events that tell of it, each written in the transaction
 * of what it tells of. Safe for use by several threads; what is written is durable on return.
 */
public final class Receptions implements ReceivedHistory {
  private static final String COLUMNS =
      "select sequence, as2_from, as2_to, message_id, agreement_id, ended, status, failure_code,"
          + " failure_message, bytes, mdn, detail from reception ";

  private final Database database;
  private final Outbox outbox;
  private final Clock clock;

  public Receptions(Database database, Outbox outbox, Clock clock) {
    this.database = database;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** A message was accepted or refused. */
  public void add(Entry entry, List<Outbox.Event> events) throws IOException {
    database.write(connection -> {
      try (PreparedStatement insert =
          connection.prepareStatement(
              "insert into reception (as2_from, as2_to, message_id, agreement_id, ended, status,"
                  + " failure_code, failure_message, bytes, mdn, detail)"
                  + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
        insert.setString(1, entry.key().from().value());
        insert.setString(2, entry.key().to().value());
        insert.setString(3, entry.key().messageId().value());
        insert.setString(4, entry.agreementId().value());
        insert.setLong(5, entry.ended().toEpochMilli());
        insert.setString(6, entry.status());
        insert.setString(7, entry.failureCode().orElse(null));
        insert.setString(8, entry.failureMessage().orElse(null));
        insert.setLong(9, entry.bytes());
        insert.setString(10, entry.mdn().name());
        insert.setString(11, entry.detail());
        insert.executeUpdate();
      }
      outbox.add(connection, events, clock.instant());
      return true;
    });
  }

  /** The last entry of a message. */
  public Optional<Placed> last(MessageKey key) throws IOException {
    return database.read(connection -> {
      try (PreparedStatement select =
          connection.prepareStatement(
              COLUMNS
                  + "where as2_from = ? and as2_to = ? and message_id = ?"
                  + " order by sequence desc limit 1")) {
        select.setString(1, key.from().value());
        select.setString(2, key.to().value());
        select.setString(3, key.messageId().value());
        return all(select).stream().findFirst();
      }
    });
  }

  /** An MDN was posted, or is not tried any more. */
  public void delivered(Placed entry, MdnState mdn, List<Outbox.Event> events) throws IOException {
    database.write(connection -> {
      try (PreparedStatement update =
          connection.prepareStatement("update reception set mdn = ? where sequence = ?")) {
        update.setString(1, mdn.name());
        update.setLong(2, entry.sequence());
        update.executeUpdate();
      }
      outbox.add(connection, events, clock.instant());
      return true;
    });
  }

  @Override
  public List<Placed> newest(String text, Optional<Long> before, int limit) throws IOException {
    return database.read(connection -> {
      try (PreparedStatement select =
          connection.prepareStatement(
              COLUMNS
                  + "where sequence < ? and lower(as2_from || ' ' || as2_to || ' ' || message_id"
                  + " || ' ' || coalesce(failure_code, '')) like ? escape '!'"
                  + " order by sequence desc limit ?")) {
        select.setLong(1, before.orElse(Long.MAX_VALUE));
        select.setString(2, "%" + text.replaceAll("[!%_]", "!$0") + "%");
        select.setInt(3, limit);
        return all(select);
      }
    });
  }

  /** Removes what ended before this moment. */
  public void forget(Instant before) throws IOException {
    new OldRows(database, "reception", "ended").remove(before);
  }

  private static List<Placed> all(PreparedStatement select) throws SQLException {
    List<Placed> all = new ArrayList<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        all.add(new Placed(rows.getLong(1), entry(rows)));
      }
    }
    return all;
  }

  private static Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        new MessageKey(
            new As2Id(row.getString(2)),
            new As2Id(row.getString(3)),
            new MessageId(row.getString(4))),
        new AgreementId(row.getString(5)),
        Instant.ofEpochMilli(row.getLong(6)),
        row.getString(7),
        Optional.ofNullable(row.getString(8)),
        Optional.ofNullable(row.getString(9)),
        row.getLong(10),
        MdnState.valueOf(row.getString(11)),
        row.getString(12));
  }
}
