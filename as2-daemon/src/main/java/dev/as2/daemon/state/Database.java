package dev.as2.daemon.state;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What the daemon must not lose, in a file (SQLite) or on a server (PostgreSQL).
 *
 * <p>Writes that come at the same time share a transaction, and so the wait for the disk; one that
 * fails takes no other with it. Safe for use by several threads; all calls block.
 */
public final class Database implements AutoCloseable {
  /** How long a lock of others is waited for. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Pools pools;
  private final GroupCommit writes;
  private final AtomicLong reads = new AtomicLong();

  private Database(Pools pools) {
    this.pools = pools;
    this.writes = new GroupCommit(pools);
  }

  /** Which product keeps it: what differs in SQL is decided by this. */
  public enum Vendor {
    SQLITE,
    POSTGRESQL;

    /** The folder of its migrations. */
    String folder() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Statements that belong together.
   *
   * <p>Leaves the connection as it is: does not commit, roll back, close or keep it. What it does
   * may be rolled back and done again, so it has no effect but on the connection.
   */
  @FunctionalInterface
  public interface Work<T extends @Nullable Object> {
    T run(Connection connection) throws SQLException, IOException;
  }

  /** How many reads and writes there were, and how many commits carried the writes. */
  public record Statistics(long reads, long writes, long commits) {}

  /**
   * Opens a database, making the file where there is none and the tables that are missing.
   *
   * @param url {@code jdbc:sqlite:FILE} or {@code jdbc:postgresql://HOST/DATABASE?user=...}
   * @throws StateException where it cannot be opened
   */
  public static Database open(String url) throws StateException {
    return open(url, PATIENCE);
  }

  static Database open(String url, Duration patience) throws StateException {
    Pools pools = Pools.open(url, patience);
    try {
      Migrations.run(pools);
      return new Database(pools);
    } catch (StateException | RuntimeException e) {
      pools.close();
      throw e;
    }
  }

  /**
   * Runs work that reads: it sees the state of one moment, and cannot write.
   *
   * @throws StateException where the database fails; what the work itself throws comes out as it is
   */
  public <T extends @Nullable Object> T read(Work<T> work) throws IOException {
    // The pool's connections begin a transaction by themselves, and roll it back when they return.
    reads.incrementAndGet();
    try (Connection connection = pools.reads().getConnection()) {
      return work.run(connection);
    } catch (SQLException e) {
      throw pools.faults().of(e);
    }
  }

  /**
   * Runs work that writes; what it wrote is durable when this returns, and gone when this throws.
   *
   * @throws StateException where the database fails; what the work itself throws comes out as it is
   * @throws IllegalStateException where it is called by such work
   */
  public <T extends @Nullable Object> T write(Work<T> work) throws IOException {
    return writes.run(work);
  }

  /**
   * Connections for libraries: each commits every statement, unless it is told otherwise. On SQLite
   * a transaction keeps all other writes waiting.
   */
  public DataSource dataSource() {
    return pools.shared();
  }

  public Vendor vendor() {
    return pools.vendor();
  }

  /** What was read and written since it was opened, but by libraries. */
  public Statistics statistics() {
    return new Statistics(reads.get(), writes.writes(), writes.commits());
  }

  /** Ends when all writes that were asked for are done; later ones are refused. */
  @Override
  public void close() {
    writes.close();
    pools.close();
  }

  /** Product and place; no password. */
  @Override
  public String toString() {
    return pools.toString();
  }
}
