package dev.as2.daemon.state;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Events that are still to be delivered. They are written in the transaction that writes the
 * outcome they tell of, and removed when somebody has them: none is lost, and after a crash one may
 * be delivered twice, with the same id. Safe for use by several threads.
 */
public final class Outbox {
  /** The name of db-scheduler's task that delivers; it has one instance. */
  public static final String TASK = "events";

  /** The name of the one instance. */
  public static final String INSTANCE = "outbox";

  private final Database database;
  private final boolean wanted;

  /**
   * @param wanted whether anybody wants events; otherwise none is kept
   */
  public Outbox(Database database, boolean wanted) {
    this.database = database;
    this.wanted = wanted;
  }

  /**
   * An event.
   *
   * @param id the envelope's id: the same however often it is delivered
   * @param envelope EventBridge's envelope as JSON, on one line
   */
  public record Event(String id, String envelope) {}

  /**
   * The delivery that was picked.
   *
   * @param pickedBy the daemon's name in db-scheduler's table
   * @param version of the picked row
   */
  public record Turn(String pickedBy, long version) {}

  /** Adds events to a transaction. */
  void add(Connection connection, List<Event> events, Instant now) throws SQLException {
    if (!wanted || events.isEmpty()) {
      return;
    }
    try (PreparedStatement insert =
        connection.prepareStatement("insert into event (id, envelope) values (?, ?)")) {
      for (Event event : events) {
        insert.setString(1, event.id());
        insert.setString(2, event.envelope());
        insert.addBatch();
      }
      insert.executeBatch();
    }
    Errands.ensure(connection, TASK, INSTANCE, now);
  }

  /** The oldest that are still to be delivered. */
  public List<Event> oldest(int limit) throws IOException {
    return database.read(connection -> {
      try (PreparedStatement select =
          connection.prepareStatement("select id, envelope from event order by sequence limit ?")) {
        select.setInt(1, limit);
        List<Event> events = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
          while (rows.next()) {
            events.add(new Event(rows.getString(1), rows.getString(2)));
          }
        }
        return events;
      }
    });
  }

  /** They are delivered. */
  public void remove(List<Event> events) throws IOException {
    database.write(connection -> {
      try (PreparedStatement delete =
          connection.prepareStatement("delete from event where id = ?")) {
        for (Event event : events) {
          delete.setString(1, event.id());
          delete.addBatch();
        }
        delete.executeBatch();
        return true;
      }
    });
  }

  /** How many are still to be delivered. */
  public long size() throws IOException {
    return database.read(connection -> {
      try (PreparedStatement select = connection.prepareStatement("select count(*) from event");
          ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    });
  }

  /** Ends a delivery: the next one is at a time where events are left, and else with the next. */
  public void leave(Turn turn, Instant next) throws IOException {
    Errands.Picked picked = new Errands.Picked(TASK, INSTANCE, turn.pickedBy(), turn.version());
    database.write(connection -> {
      if (!Errands.isHeld(connection, picked, "update")) {
        return false;
      }
      try (PreparedStatement select = connection.prepareStatement("select 1 from event limit 1");
          ResultSet row = select.executeQuery()) {
        if (row.next()) {
          Errands.giveUp(connection, picked, next);
        } else {
          Errands.remove(connection, picked);
        }
      }
      return true;
    });
  }
}
