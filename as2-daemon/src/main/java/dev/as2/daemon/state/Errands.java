package dev.as2.daemon.state;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;

/**
 * The rows of db-scheduler's table, written in the transaction that makes the work: where work is
 * committed, somebody is going to do it. db-scheduler's own client writes on a connection of its
 * own, or leaves PostgreSQL's transaction aborted where the row is there already.
 */
final class Errands {
  private Errands() {}

  /**
   * Which execution of which task.
   *
   * @param pickedBy who does it
   * @param version its version since it was picked
   */
  record Picked(String task, String instance, String pickedBy, long version) {}

  /** Has it done, now: by whoever does it already, or by the next who looks. */
  static void ensure(Connection connection, String task, String instance, Instant now)
      throws SQLException {
    do {
      insert(connection, task, instance, now);
    } while (!held(connection, task, instance));
  }

  /** Has it done at once, also where it was to go on later only. */
  static void hurry(Connection connection, String task, String instance, Instant now)
      throws SQLException {
    ensure(connection, task, instance, now);
    try (PreparedStatement update =
        connection.prepareStatement(
            "update scheduled_tasks set execution_time = ? where task_name = ?"
                + " and task_instance = ? and picked = ? and execution_time > ?")) {
      update.setTimestamp(1, Timestamp.from(now));
      update.setString(2, task);
      update.setString(3, instance);
      update.setBoolean(4, false);
      update.setTimestamp(5, Timestamp.from(now));
      update.executeUpdate();
    }
  }

  private static void insert(Connection connection, String task, String instance, Instant now)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version)"
                + " values (?, ?, ?, ?, 1) on conflict (task_name, task_instance) do nothing")) {
      insert.setString(1, task);
      insert.setString(2, instance);
      insert.setTimestamp(3, Timestamp.from(now));
      insert.setBoolean(4, false);
      insert.executeUpdate();
    }
  }

  /**
   * Keeps the row from being removed before this transaction's work can be seen. SQLite has one
   * writer at a time; on PostgreSQL the one who would remove it waits for this lock.
   */
  private static boolean held(Connection connection, String task, String instance)
      throws SQLException {
    if (!isPostgres(connection)) {
      return true;
    }
    try (PreparedStatement select =
        connection.prepareStatement(
            "select 1 from scheduled_tasks where task_name = ? and task_instance = ?"
                + " for key share")) {
      select.setString(1, task);
      select.setString(2, instance);
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  /**
   * Whether it is still with whoever picked it, and stays so until the transaction ends.
   *
   * @param lock {@code share} to work on, {@code update} to end it
   */
  static boolean isHeld(Connection connection, Picked errand, String lock) throws SQLException {
    String locking = isPostgres(connection) ? " for " + lock : "";
    try (PreparedStatement select =
        connection.prepareStatement("select 1 from scheduled_tasks" + WHERE_PICKED + locking)) {
      setPicked(select, 1, errand);
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  private static final String WHERE_PICKED =
      " where task_name = ? and task_instance = ? and picked_by = ? and version = ?";

  private static void setPicked(PreparedStatement statement, int first, Picked errand)
      throws SQLException {
    statement.setString(first, errand.task());
    statement.setString(first + 1, errand.instance());
    statement.setString(first + 2, errand.pickedBy());
    statement.setLong(first + 3, errand.version());
  }

  /** It is done, and there is nothing more. */
  static void remove(Connection connection, Picked errand) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("delete from scheduled_tasks" + WHERE_PICKED)) {
      setPicked(delete, 1, errand);
      delete.executeUpdate();
    }
  }

  /** It is to go on at a time, with anybody. */
  static void giveUp(Connection connection, Picked errand, Instant next) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("update scheduled_tasks set " + UNPICKED + WHERE_PICKED)) {
      update.setBoolean(1, false);
      update.setTimestamp(2, Timestamp.from(next));
      setPicked(update, 3, errand);
      update.executeUpdate();
    }
  }

  private static final String UNPICKED =
      "picked = ?, picked_by = null, last_heartbeat = null, execution_time = ?,"
          + " version = version + 1";

  /**
   * Takes back what an earlier life of a daemon had picked, instead of waiting until its heartbeats
   * are missed. Only for whoever knows that the earlier life has ended.
   *
   * @param prefix what the names of all its lives begin with
   */
  static int takeBack(Connection connection, String prefix, Instant now) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update scheduled_tasks set "
                + UNPICKED
                + " where picked = ? and substr(picked_by, 1, ?) = ?")) {
      update.setBoolean(1, false);
      update.setTimestamp(2, Timestamp.from(now));
      update.setBoolean(3, true);
      update.setInt(4, prefix.length());
      update.setString(5, prefix);
      return update.executeUpdate();
    }
  }

  /** Both drivers know this without asking the server. */
  static boolean isPostgres(Connection connection) throws SQLException {
    return connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
  }
}
