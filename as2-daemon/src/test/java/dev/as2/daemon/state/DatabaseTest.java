package dev.as2.daemon.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.as2.daemon.state.Database.Work;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DatabaseTest {
  private static final int THREADS = 64;
  private static final int WRITES = 20;

  @TempDir Path folder;

  private static Database withTable(String url) throws IOException {
    Database database = Database.open(url);
    database.write(statement("CREATE TABLE number (n INTEGER PRIMARY KEY)"));
    return database;
  }

  private static Work<Integer> statement(String sql) {
    return connection -> {
      try (Statement statement = connection.createStatement()) {
        return statement.executeUpdate(sql);
      }
    };
  }

  private static Work<Integer> insert(int n) {
    return connection -> {
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO number (n) VALUES (?)")) {
        insert.setInt(1, n);
        return insert.executeUpdate();
      }
    };
  }

  private static int count(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM number")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void writesOfManyThreadsAreAllThereInFewerCommits(Databases kind) throws Exception {
    String url = kind.url(folder);
    try (Database database = withTable(url)) {
      runInThreads(thread -> {
        for (int i = 0; i < WRITES; i++) {
          database.write(insert(thread * WRITES + i));
        }
      });

      assertThat(database.read(DatabaseTest::count)).isEqualTo(THREADS * WRITES);
      Database.Statistics statistics = database.statistics();
      assertThat(statistics.writes()).isEqualTo(1 + THREADS * WRITES);
      assertThat(statistics.commits()).isLessThan(statistics.writes() / 2);
    }
    try (Database again = Database.open(url)) {
      assertThat(again.read(DatabaseTest::count)).isEqualTo(THREADS * WRITES);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aWriteThatFailsIsGoneAndTakesNoOtherWithIt(Databases kind) throws Exception {
    try (Database database = withTable(kind.url(folder))) {
      runInThreads(thread -> {
        for (int i = 0; i < WRITES; i++) {
          int n = thread * WRITES + i;
          if (i % 2 == 0) {
            database.write(insert(n));
          } else {
            assertThatThrownBy(() -> database.write(failing(n))).isInstanceOf(IOException.class);
          }
        }
      });

      assertThat(database.read(DatabaseTest::count)).isEqualTo(THREADS * WRITES / 2);
    }
  }

  /** Some break the database's rules, others throw by themselves; all have written before. */
  private static Work<Integer> failing(int n) {
    return connection -> {
      insert(n).run(connection);
      if (n % 3 == 0) {
        throw new FileNotFoundException("no " + n);
      }
      return insert(n).run(connection);
    };
  }

  @ParameterizedTest
  @EnumSource
  void whatAWorkThrowsComesOutAsItIs(Databases kind) throws IOException {
    try (Database database = withTable(kind.url(folder))) {
      assertThatThrownBy(() -> database.write(failing(3)))
          .isInstanceOf(FileNotFoundException.class)
          .hasMessage("no 3");
      assertThatThrownBy(() ->
              database.write(connection -> {
                throw new ArithmeticException("of the work's own");
              }))
          .isInstanceOf(ArithmeticException.class);
      assertThatThrownBy(() -> database.write(failing(4)))
          .isInstanceOf(StateException.class)
          .hasMessageContaining("refused a statement: ");
      assertThat(database.read(DatabaseTest::count)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aReadCannotWrite(Databases kind) throws IOException {
    try (Database database = withTable(kind.url(folder))) {
      assertThatThrownBy(() -> database.read(insert(1)))
          .isInstanceOf(StateException.class)
          .hasMessageEndingWith("may not be written.");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aReadSeesOneMoment(Databases kind) throws IOException {
    try (Database database = withTable(kind.url(folder))) {
      List<Integer> seen =
          database.read(connection -> {
            int before = count(connection);
            database.write(insert(1));
            return List.of(before, count(connection));
          });

      assertThat(seen).containsExactly(0, 0);
      assertThat(database.read(DatabaseTest::count)).isOne();
    }
  }

  @ParameterizedTest
  @EnumSource
  void librariesCommitEachStatement(Databases kind) throws Exception {
    try (Database database = withTable(kind.url(folder))) {
      try (Connection connection = database.dataSource().getConnection()) {
        insert(1).run(connection);
        assertThat(database.read(DatabaseTest::count)).isOne();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aClosedDatabaseRefusesWritesAndSaysSo(Databases kind) throws IOException {
    Database database = withTable(kind.url(folder));
    database.close();

    assertThatThrownBy(() -> database.write(insert(1)))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("is closed");
  }

  @ParameterizedTest
  @EnumSource
  void aWriteWithinAWriteIsRefusedInsteadOfWaitingForItself(Databases kind) throws IOException {
    try (Database database = withTable(kind.url(folder))) {
      assertThatThrownBy(() -> database.write(connection -> database.write(insert(1))))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void writesThatStandInEachOthersWayAreTriedAgain(Databases kind) throws Exception {
    try (Database database = withTable(kind.url(folder))) {
      database.write(insert(1));
      database.write(insert(2));

      runInThreads(thread -> {
        // Opposite orders of locking: PostgreSQL lets one of two such transactions go on.
        int first = 1 + thread % 2;
        database.write(touch(first, 3 - first));
      });

      assertThat(database.read(DatabaseTest::count)).isEqualTo(2);
    }
  }

  private static Work<Integer> touch(int first, int second) {
    return connection ->
        statement("UPDATE number SET n = n WHERE n = " + first).run(connection)
            + statement("UPDATE number SET n = n WHERE n = " + second).run(connection);
  }

  /** What would be there after a power cut: the files as they are at that moment. */
  @Test
  void aWriteIsInTheFilesWhenItReturns() throws IOException {
    Path file = folder.resolve("state.db");
    Path copies = Files.createDirectory(folder.resolve("copies"));
    try (Database database = withTable("jdbc:sqlite:" + file)) {
      database.write(insert(7));
      for (String suffix : List.of("", "-wal")) {
        Files.copy(folder.resolve("state.db" + suffix), copies.resolve("state.db" + suffix));
      }
    }
    try (Database copy = Database.open("jdbc:sqlite:" + copies.resolve("state.db"))) {
      assertThat(copy.read(DatabaseTest::count)).isOne();
    }
  }

  @Test
  void aFileIsForItsOwnerOnly() throws IOException {
    Path file = folder.resolve("new/state.db");
    Database.open("jdbc:sqlite:" + file).close();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void aLockedFileIsASentenceAndPasses() throws Exception {
    String url = "jdbc:sqlite:" + folder.resolve("state.db");
    try (Database database = Database.open(url, Duration.ofMillis(250));
        Database other = withTable(url);
        Connection lock = other.dataSource().getConnection()) {
      lock.setAutoCommit(false);
      insert(1).run(lock);

      assertThatThrownBy(() -> database.write(insert(2)))
          .isInstanceOf(StateException.class)
          .hasMessage(
              "The database " + folder.resolve("state.db") + " is locked by another program.");
      lock.rollback();
      lock.setAutoCommit(true);
      database.write(insert(2));

      assertThat(database.read(DatabaseTest::count)).isOne();
    }
  }

  @Test
  void aFullDiskIsASentenceForThoseWhoNeedRoomAndPasses() throws Exception {
    Path file = folder.resolve("state.db");
    try (Database database = withTable("jdbc:sqlite:" + file + "?max_page_count=60")) {
      database.write(statement("CREATE TABLE filling (octets BLOB)"));
      Work<Integer> fill = statement("INSERT INTO filling VALUES (zeroblob(20000))");
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 60; i++) {
                  database.write(fill);
                }
              })
          .isInstanceOf(StateException.class)
          .hasMessage("The database " + file + " cannot grow: the disk is full.");

      runInThreads(thread -> {
        if (thread % 2 == 0) {
          assertThatThrownBy(() -> database.write(fill)).isInstanceOf(StateException.class);
        } else {
          database.write(statement("DELETE FROM number"));
        }
      });
      database.write(statement("DELETE FROM filling"));
      database.write(fill);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anUpdateOfTheTablesKeepsWhatIsThere(Databases kind) throws IOException {
    String url = kind.url(folder);
    try (Database database = withTable(url)) {
      database.write(insert(1));
    }
    try (Database again = Database.open(url)) {
      assertThat(again.read(DatabaseTest::count)).isOne();
    }
  }

  @Test
  void saysInOneSentenceWhyADatabaseCannotBeOpened() throws IOException {
    Path text = Files.writeString(folder.resolve("text.db"), "no database at all".repeat(100));

    assertThatThrownBy(() -> Database.open("jdbc:sqlite:" + text))
        .hasMessage("The database " + text + " is no SQLite database.");
    assertThatThrownBy(() -> Database.open("jdbc:sqlite::memory:"))
        .hasMessage("The database's URL names no file: jdbc:sqlite::memory:.");
    assertThatThrownBy(() -> Database.open("jdbc:mysql://x/y?password=hunter2"))
        .hasMessage(
            "The database's URL begins neither with jdbc:sqlite: nor with jdbc:postgresql:.");
    assertThatThrownBy(
            () -> Database.open("jdbc:postgresql://127.0.0.1:1/as2?user=as2&password=hunter2"))
        .isInstanceOf(StateException.class)
        .hasMessage("The database 127.0.0.1:1/as2 cannot be reached.");
    assertThatThrownBy(() -> Database.open("jdbc:postgresql:?port=x&password=hunter2"))
        .isInstanceOf(StateException.class)
        .hasMessageNotContaining("hunter2");
  }

  /** What a thread does, told its number. */
  private interface Task {
    void run(int thread) throws IOException;
  }

  private static void runInThreads(Task task) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    CountDownLatch together = new CountDownLatch(1);
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int thread = i;
      all.add(
          threads.submit(() -> {
            together.await();
            task.run(thread);
            return null;
          }));
    }
    together.countDown();
    for (Future<?> each : all) {
      each.get(60, TimeUnit.SECONDS);
    }
    threads.shutdown();
  }
}
