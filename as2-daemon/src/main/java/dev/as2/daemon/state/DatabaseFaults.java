package dev.as2.daemon.state;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * What a database's faults mean, as sentences.
 *
 * @param place how sentences name the database: its file, or host and name
 */
record DatabaseFaults(String place) {
  /** The classes of SQLSTATE (SQL:2016, and PostgreSQL's appendix A). */
  private static final String CONNECTION = "08";

  private static final String REFUSED_LOGIN = "28";
  private static final String ROLLED_BACK = "40";
  private static final String INTERVENTION = "57P";
  private static final String DISK_FULL = "53100";
  private static final String NO_DATABASE = "3D000";
  private static final String READ_ONLY = "25006";

  StateException of(SQLException fault) {
    Throwable reason = reason(fault);
    return new StateException("The database " + place + " " + words(reason) + ".", reason);
  }

  StateException unknown(SQLException fault) {
    return new StateException(
        "The database " + place + " was lost while it committed, and whether it did is unknown.",
        reason(fault));
  }

  StateException closed() {
    return new StateException("The database " + place + " is closed: the daemon is ending.");
  }

  /** The pool says only that it waited; the reason is beneath. */
  private static Throwable reason(SQLException fault) {
    return fault instanceof SQLTransientConnectionException
            && fault.getCause() instanceof SQLException cause
        ? cause
        : fault;
  }

  private static String words(Throwable reason) {
    if (reason instanceof SQLiteException fault) {
      return ofSqlite(fault.getResultCode())
          .orElseGet(() -> "refused a statement: " + oneLine(fault));
    }
    if (reason instanceof SQLTransientConnectionException) {
      return "had no connection to spare for too long";
    }
    String state = reason instanceof SQLException fault ? state(fault) : "";
    return ofState(state).orElseGet(() -> "refused a statement: " + oneLine(reason));
  }

  private static Optional<String> ofSqlite(SQLiteErrorCode code) {
    // The low octet is the kind; the rest says more of it.
    return switch (SQLiteErrorCode.getErrorCode(code.code & 0xFF)) {
      case SQLITE_BUSY, SQLITE_LOCKED -> Optional.of("is locked by another program");
      case SQLITE_FULL -> Optional.of("cannot grow: the disk is full");
      case SQLITE_READONLY, SQLITE_PERM -> Optional.of("may not be written");
      case SQLITE_CANTOPEN -> Optional.of("cannot be opened: its folder is missing or forbidden");
      case SQLITE_CORRUPT -> Optional.of("is damaged; restore it from a backup");
      case SQLITE_NOTADB -> Optional.of("is no SQLite database");
      case SQLITE_IOERR -> Optional.of("cannot be read or written: its disk fails");
      default -> Optional.empty();
    };
  }

  private static Optional<String> ofState(String state) {
    if (state.startsWith(CONNECTION) || state.startsWith(INTERVENTION)) {
      return Optional.of("cannot be reached");
    } else if (state.startsWith(REFUSED_LOGIN)) {
      return Optional.of("refuses the user or the password");
    } else if (state.equals(NO_DATABASE)) {
      return Optional.of("does not exist on its server");
    } else if (state.equals(DISK_FULL)) {
      return Optional.of("cannot grow: the disk is full");
    } else if (state.equals(READ_ONLY)) {
      return Optional.of("may not be written");
    }
    return Optional.empty();
  }

  /** Whether the connection is gone. */
  boolean isOfConnection(SQLException fault) {
    String state = state(fault);
    return fault instanceof SQLTransientConnectionException
        || state.startsWith(CONNECTION)
        || state.startsWith(INTERVENTION);
  }

  /** Whether one of several transactions had to give way to another. */
  static boolean isCollision(SQLException fault) {
    return state(fault).startsWith(ROLLED_BACK);
  }

  private static String state(SQLException fault) {
    return Optional.ofNullable(fault.getSQLState()).orElse("");
  }

  private static String oneLine(Throwable fault) {
    String message = fault.getMessage();
    return message == null ? "no reason was given" : message.replaceAll("\\s*\\R\\s*", " ");
  }
}
