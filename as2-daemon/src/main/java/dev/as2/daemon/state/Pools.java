package dev.as2.daemon.state;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.as2.daemon.aws.NewFiles;
import dev.as2.daemon.aws.Sentences;
import dev.as2.daemon.state.Database.Vendor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;

/**
 * The connections to a database.
 *
 * @param vendor what it is
 * @param faults what its faults mean
 * @param reads in transactions that see one moment and cannot write
 * @param shared that commit each statement
 * @param writers how many write at once
 */
record Pools(
    Vendor vendor,
    DatabaseFaults faults,
    HikariDataSource reads,
    HikariDataSource shared,
    int writers)
    implements AutoCloseable {
  private static final String SQLITE = "jdbc:sqlite:";
  private static final String POSTGRESQL = "jdbc:postgresql:";

  private static final int READERS = 4;
  private static final int LIBRARIES = 4;
  private static final int POSTGRESQL_WRITERS = 4;

  /**
   * @param patience how long a locked file, or a connection that others have, is waited for
   */
  static Pools open(String url, Duration patience) throws StateException {
    if (url.startsWith(SQLITE)) {
      return sqlite(url, patience);
    } else if (url.startsWith(POSTGRESQL)) {
      return postgresql(url, patience);
    }
    throw new StateException(
        "The database's URL begins neither with %s nor with %s.".formatted(SQLITE, POSTGRESQL));
  }

  private static Pools sqlite(String url, Duration patience) throws StateException {
    String place = withoutOptions(url.substring(SQLITE.length()));
    if (place.isEmpty() || place.startsWith(":")) {
      throw new StateException("The database's URL names no file: " + SQLITE + place + ".");
    }
    makeFile(Path.of(place));
    SQLiteConfig forAll = new SQLiteConfig();
    forAll.setJournalMode(JournalMode.WAL);
    forAll.setSynchronous(SynchronousMode.FULL);
    forAll.setBusyTimeout((int) patience.toMillis());
    forAll.enforceForeignKeys(true);
    // A transaction that reads first and writes then would fail where another wrote meanwhile.
    forAll.setTransactionMode(TransactionMode.IMMEDIATE);
    HikariConfig shared = config("shared", 1 + LIBRARIES, patience);
    shared.setDataSource(source(forAll, url));

    SQLiteConfig forReads = new SQLiteConfig(forAll.toProperties());
    forReads.setTransactionMode(TransactionMode.DEFERRED);
    HikariConfig reads = readsConfig(patience);
    reads.setDataSource(source(forReads, url));
    reads.setConnectionInitSql("PRAGMA query_only = true");
    return open(Vendor.SQLITE, place, shared, reads, 1);
  }

  private static SQLiteDataSource source(SQLiteConfig config, String url) {
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl(url);
    return source;
  }

  /** For its owner only: partners' names and files are nobody else's business. */
  private static void makeFile(Path file) throws StateException {
    try {
      if (!Files.exists(file)) {
        NewFiles.writeSecret(file, new byte[0]);
      }
    } catch (IOException e) {
      throw new StateException("The database cannot be made: " + Sentences.of(e), e);
    }
  }

  private static Pools postgresql(String url, Duration patience) throws StateException {
    HikariConfig shared = config("shared", POSTGRESQL_WRITERS + LIBRARIES, patience);
    HikariConfig reads = readsConfig(patience);
    reads.setReadOnly(true);
    reads.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
    for (HikariConfig each : new HikariConfig[] {shared, reads}) {
      each.setJdbcUrl(url);
      // In seconds; what the URL says goes before.
      each.addDataSourceProperty("connectTimeout", patience.toSeconds());
      each.addDataSourceProperty("socketTimeout", 6 * patience.toSeconds());
      each.addDataSourceProperty("tcpKeepAlive", true);
      each.addDataSourceProperty("ApplicationName", "as2");
    }
    String place = withoutOptions(url.substring(POSTGRESQL.length())).replaceFirst("^//", "");
    return open(Vendor.POSTGRESQL, place, shared, reads, POSTGRESQL_WRITERS);
  }

  /** Where it is, without options: a password may be among them. */
  private static String withoutOptions(String place) {
    int options = place.indexOf('?');
    return options < 0 ? place : place.substring(0, options);
  }

  private static HikariConfig readsConfig(Duration patience) {
    HikariConfig config = config("reads", READERS, patience);
    config.setAutoCommit(false);
    return config;
  }

  private static HikariConfig config(String name, int connections, Duration patience) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("as2-" + name);
    config.setMaximumPoolSize(connections);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(patience.toMillis());
    return config;
  }

  private static Pools open(
      Vendor vendor, String place, HikariConfig shared, HikariConfig reads, int writers)
      throws StateException {
    DatabaseFaults faults = new DatabaseFaults(place);
    HikariDataSource first = connect(shared, faults);
    try {
      return new Pools(vendor, faults, connect(reads, faults), first, writers);
    } catch (StateException e) {
      first.close();
      throw e;
    }
  }

  private static HikariDataSource connect(HikariConfig config, DatabaseFaults faults)
      throws StateException {
    try {
      return new HikariDataSource(config);
    } catch (PoolInitializationException e) {
      throw e.getCause() instanceof SQLException cause ? faults.of(cause) : unusable(e);
    } catch (RuntimeException e) {
      throw unusable(e);
    }
  }

  /** The driver's own words are left out: they repeat the URL. */
  private static StateException unusable(RuntimeException fault) {
    return new StateException("The database's URL cannot be used.", fault);
  }

  @Override
  public void close() {
    reads.close();
    shared.close();
  }

  @Override
  public String toString() {
    return vendor + " " + faults.place();
  }
}
