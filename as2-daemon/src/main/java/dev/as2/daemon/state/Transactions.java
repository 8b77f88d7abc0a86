package dev.as2.daemon.state;

import dev.as2.daemon.state.Database.Vendor;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * How transactions that write begin and end, on connections that otherwise commit by themselves.
 */
enum Transactions {
  /**
   * SQLite's driver begins the next transaction within a commit: that takes the lock again, and a
   * commit that succeeded fails where another has it. So these are said in SQL.
   */
  IN_SQL {
    @Override
    void begin(Connection connection) throws SQLException {
      // The lock at once: a transaction that read first would fail where another wrote meanwhile.
      execute(connection, "BEGIN IMMEDIATE");
    }

    @Override
    void commit(Connection connection) throws SQLException {
      execute(connection, "COMMIT");
    }

    @Override
    void rollBack(Connection connection) throws SQLException {
      execute(connection, "ROLLBACK");
    }
  },

  /** PostgreSQL's begins with the first statement, and says so where a commit was none. */
  BY_DRIVER {
    @Override
    void begin(Connection connection) throws SQLException {
      connection.setAutoCommit(false);
    }

    @Override
    void commit(Connection connection) throws SQLException {
      connection.commit();
    }

    @Override
    void rollBack(Connection connection) throws SQLException {
      connection.rollback();
    }
  };

  static Transactions of(Vendor vendor) {
    return vendor == Vendor.SQLITE ? IN_SQL : BY_DRIVER;
  }

  abstract void begin(Connection connection) throws SQLException;

  abstract void commit(Connection connection) throws SQLException;

  abstract void rollBack(Connection connection) throws SQLException;

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
