package dev.as2.benchmarks;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A PostgreSQL on the disk that result files are on, and as durable as it is in earnest. */
final class Postgres implements AutoCloseable {
  /** Tells each line of the server's start otherwise; held, as its level is lost with it. */
  private static final Logger LOG = Logger.getLogger(EmbeddedPostgres.class.getPackageName());

  private final EmbeddedPostgres server;
  private final Path folder;

  private Postgres(EmbeddedPostgres server, Path folder) {
    this.server = server;
    this.folder = folder;
  }

  static Postgres start(Lab lab) throws IOException {
    LOG.setLevel(Level.WARNING);
    Path folder = lab.scratch("postgres").resolve("data");
    EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setDataDirectory(folder)
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
            .start();
    return new Postgres(server, folder);
  }

  String url() {
    return server.getJdbcUrl("postgres", "postgres");
  }

  /** What it has counted so far. */
  Map<String, Double> counters() throws IOException {
    Map<String, Double> counters = new LinkedHashMap<>();
    String sql =
        "select wal_records, wal_bytes, wal_fpi, wal_sync,"
            + " (select xact_commit from pg_stat_database where datname = 'postgres') commits"
            + " from pg_stat_wal";
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
        counters.put(row.getMetaData().getColumnLabel(i), row.getDouble(i));
      }
    } catch (SQLException e) {
      throw new IOException("PostgreSQL does not say what it has done", e);
    }
    return counters;
  }

  /** CPU time of all its processes that run; those of a daemon's connections do. */
  double cpuSeconds() throws IOException {
    long pid = Long.parseLong(Files.readAllLines(folder.resolve("postmaster.pid")).get(0));
    return ProcessHandle.of(pid).stream()
        .flatMap(ProcessHandle::descendants)
        .mapToDouble(
            each -> each.info().totalCpuDuration().map(used -> used.toNanos() / 1e9).orElse(0.0))
        .sum();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
