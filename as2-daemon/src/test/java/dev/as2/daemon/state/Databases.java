package dev.as2.daemon.state;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The databases that contract tests run on; each call of {@link #url} gives a new one. What costs
 * time, the making of the tables, is done once.
 */
public enum Databases {
  SQLITE {
    @Override
    public String url(Path folder) {
      return "jdbc:sqlite:" + folder.resolve("state-" + NUMBER.incrementAndGet() + ".db");
    }
  },
  POSTGRESQL {
    @Override
    public String url(Path folder) throws IOException {
      return Server.create(" TEMPLATE " + Server.WITH_TABLES);
    }
  };

  private static final AtomicInteger NUMBER = new AtomicInteger();

  /** The URL of a database that holds no rows; that of a file is in {@code folder}. */
  public abstract String url(Path folder) throws IOException;

  /** One real PostgreSQL for all tests of a JVM, started by the first that needs it. */
  private static final class Server {
    static final EmbeddedPostgres RUNNING = start();
    static final String WITH_TABLES = withTables();

    private static String withTables() {
      try {
        String url = create("");
        Database.open(url).close();
        return url.replaceAll(".*/([^?]*).*", "$1");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    static String create(String how) throws IOException {
      String name = "as2_" + NUMBER.incrementAndGet();
      try (Connection connection = RUNNING.getPostgresDatabase().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE DATABASE " + name + how);
      } catch (SQLException e) {
        throw new IOException(e);
      }
      return RUNNING.getJdbcUrl("postgres", name);
    }

    private static EmbeddedPostgres start() {
      try {
        // Durable, as in earnest: embedded servers leave that out.
        return EmbeddedPostgres.builder()
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
