package dev.as2.daemon.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.ConnectorId;
import dev.as2.core.FilePath;
import dev.as2.core.StoredFile;
import dev.as2.daemon.api.SettableClock;
import dev.as2.daemon.state.Transfers.FileState;
import dev.as2.daemon.state.Transfers.Search;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Looks at a folder whose files are written, changed, taken away and brought back. */
class WatchedFilesTest {
  private static final ConnectorId CONNECTOR = new ConnectorId("c-00000000000000001");
  private static final Duration SETTLE = Duration.ofMinutes(10);

  @TempDir Path folder;
  private final SecureRandom random = new SecureRandom();
  private final SettableClock clock = new SettableClock();

  /** What is looked at, after some minutes. */
  private record Watched(SqlTransfers transfers, WatchedFiles files, SettableClock clock) {
    int lookAfter(int minutes, StoredFile... there) throws IOException {
      clock.offset(Duration.ofMinutes(minutes));
      return look(there);
    }

    int look(StoredFile... there) throws IOException {
      return files.look(new WatchedFiles.Look("in", CONNECTOR, List.of(there), SETTLE));
    }

    List<String> accepted() throws IOException {
      Optional<String> any = Optional.empty();
      return transfers
          .search(new Search(Optional.empty(), Optional.empty(), any, Optional.empty(), 100))
          .stream()
          .map(FileState::file)
          .map(FilePath::name)
          .toList();
    }
  }

  /** A test's own steps, which may fail. */
  @FunctionalInterface
  private interface Steps {
    void take(Watched watched) throws Exception;
  }

  private void on(Databases kind, Steps steps) throws Exception {
    try (Database database = Database.open(kind.url(folder))) {
      Vault vault =
          Vault.open(database, MasterKey.file(folder.resolve("master.key"), random), random);
      SqlTransfers transfers = new SqlTransfers(database, vault, clock, random);
      steps.take(new Watched(transfers, new WatchedFiles(database, transfers, clock), clock));
    }
  }

  private static StoredFile file(String name, String version) {
    return new StoredFile(
        new FilePath("bucket", "in/" + name), 3, version, Instant.EPOCH, Optional.empty());
  }

  @ParameterizedTest
  @EnumSource
  void aFileThatIsStillWrittenIsNotTakenAndThenOnce(Databases kind) throws Exception {
    on(
        kind,
        watched -> {
          assertThat(watched.lookAfter(0, file("1.edi", "half"))).isZero();
          assertThat(watched.lookAfter(9, file("1.edi", "half"))).isZero();
          assertThat(watched.lookAfter(18, file("1.edi", "more"))).isZero();
          assertThat(watched.lookAfter(27, file("1.edi", "more"))).isZero();
          assertThat(watched.lookAfter(29, file("1.edi", "more"))).isEqualTo(1);
          assertThat(watched.lookAfter(60, file("1.edi", "more"))).isZero();
          assertThat(watched.accepted()).containsExactly("1.edi");
        });
  }

  @ParameterizedTest
  @EnumSource
  void anotherVersionIsAnotherFileAndTheSameOneIsNot(Databases kind) throws Exception {
    on(
        kind,
        watched -> {
          watched.lookAfter(0, file("1.edi", "v1"), file("2.edi", "v1"));
          assertThat(watched.lookAfter(11, file("1.edi", "v1"), file("2.edi", "v1"))).isEqualTo(2);
          assertThat(watched.lookAfter(20, file("1.edi", "v2"), file("2.edi", "v1"))).isZero();
          assertThat(watched.lookAfter(31, file("1.edi", "v2"), file("2.edi", "v1"))).isEqualTo(1);
          assertThat(watched.accepted()).containsExactlyInAnyOrder("1.edi", "1.edi", "2.edi");
        });
  }

  @ParameterizedTest
  @EnumSource
  void aFolderThatWasAwayIsNotNewUnlessForMoreThanAWeek(Databases kind) throws Exception {
    int week = 7 * 24 * 60;
    on(
        kind,
        watched -> {
          watched.lookAfter(0, file("1.edi", "v1"));
          assertThat(watched.lookAfter(11, file("1.edi", "v1"))).isEqualTo(1);
          watched.lookAfter(20);
          watched.lookAfter(week, file("1.edi", "v1"));
          assertThat(watched.lookAfter(week + 11, file("1.edi", "v1"))).isZero();

          watched.lookAfter(week + 20);
          watched.lookAfter(2 * week + 30);
          watched.lookAfter(2 * week + 40, file("1.edi", "v1"));
          assertThat(watched.lookAfter(2 * week + 51, file("1.edi", "v1"))).isEqualTo(1);
        });
  }

  @ParameterizedTest
  @EnumSource
  void severalThatLookAtOnceTakeEachFileOnce(Databases kind) throws Exception {
    StoredFile[] files = new StoredFile[20];
    for (int i = 0; i < files.length; i++) {
      files[i] = file(i + ".edi", "v1");
    }
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      on(
          kind,
          watched -> {
            watched.lookAfter(0, files);
            clock.offset(Duration.ofMinutes(11));
            Callable<Integer> look = () -> watched.look(files);
            int taken = 0;
            for (Future<Integer> each : threads.invokeAll(List.of(look, look, look))) {
              taken += each.get();
            }
            assertThat(taken).isEqualTo(files.length);
            assertThat(watched.accepted()).hasSize(files.length).doesNotHaveDuplicates();
          });
    } finally {
      threads.shutdownNow();
    }
  }
}
