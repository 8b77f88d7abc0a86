package dev.as2.daemon.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.ConnectorId;
import dev.as2.core.ConnectorOption;
import dev.as2.core.FilePath;
import dev.as2.core.TransferId;
import dev.as2.daemon.Trading;
import dev.as2.daemon.state.Database;
import dev.as2.daemon.state.Databases;
import dev.as2.daemon.state.MasterKey;
import dev.as2.daemon.state.SqlTransfers;
import dev.as2.daemon.state.Transfers.FileState;
import dev.as2.daemon.state.Transfers.Order;
import dev.as2.daemon.state.Vault;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** More connectors with many files than a daemon works for at once, and then one with one file. */
@Tag("large")
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TimeSlicesTest {
  private static final int CONNECTORS = 12;
  private static final int FILES = 30;

  @TempDir Path folder;
  private final SecureRandom random = new SecureRandom();

  @ParameterizedTest
  @EnumSource
  void whoHasOneFileDoesNotWaitForThoseWhoHaveMany(Databases kind) throws Exception {
    Sent sent = send(kind, Duration.ofMillis(1));

    assertThat(sent.many())
        .noneMatch(files -> files.stream().allMatch(file -> file.ended().isPresent()));
  }

  @Test
  void aTurnLastsAsLongAsItIsSaid() throws Exception {
    Sent sent = send(Databases.SQLITE, Duration.ofMinutes(5));

    Instant begun = sent.one().started().orElseThrow();
    assertThat(sent.many())
        .anyMatch(files ->
            files.stream()
                .allMatch(file -> file.started().filter(time -> !time.isAfter(begun)).isPresent()));
  }

  /**
   * When the one file had ended: what became of it, and so far of those of each other connector.
   */
  private record Sent(FileState one, List<List<FileState>> many) {}

  private Sent send(Databases kind, Duration slice) throws Exception {
    QueueSettings settings =
        new QueueSettings(
            1_000, 1, slice, Duration.ofSeconds(1), Duration.ofMillis(200), Duration.ofDays(7));
    try (Trading trading = Trading.open(folder);
        Database database = Database.open(kind.url(folder))) {
      trading.with(ConnectorOption.MAX_CONCURRENT, "1"); // so that many files take a while
      Vault vault =
          Vault.open(database, MasterKey.file(folder.resolve("master.key"), random), random);
      // Accepted before the queue begins: all wait when the first turns are given.
      SqlTransfers transfers = new SqlTransfers(database, vault, Clock.systemUTC(), random);
      List<TransferId> many = new ArrayList<>();
      for (int i = 0; i < CONNECTORS; i++) {
        many.add(accept(transfers, i, files(trading, i, FILES)));
      }
      TransferId one = accept(transfers, CONNECTORS, files(trading, CONNECTORS, 1));
      try (QueueStage stage = new QueueStage("one", database, vault, trading, settings)) {
        FileState ended = stage.ended(one).get(0);
        List<List<FileState>> others = new ArrayList<>();
        for (TransferId id : many) {
          others.add(transfers.files(id));
        }
        return new Sent(ended, others);
      }
    }
  }

  private static TransferId accept(SqlTransfers transfers, int connector, List<FilePath> files)
      throws IOException {
    ConnectorId id = new ConnectorId("c-%017x".formatted(connector));
    return transfers.accept(new Order(id, files, List.of(), "test"));
  }

  private static List<FilePath> files(Trading trading, int connector, int count)
      throws IOException {
    List<FilePath> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      files.add(trading.file(connector + "-" + i + ".edi", "content " + i));
    }
    return files;
  }
}
