package dev.as2.daemon.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.ConnectorOption;
import dev.as2.core.FilePath;
import dev.as2.core.TransferId;
import dev.as2.daemon.CountingPartner;
import dev.as2.daemon.Trading;
import dev.as2.daemon.state.Database;
import dev.as2.daemon.state.Databases;
import dev.as2.daemon.state.MasterKey;
import dev.as2.daemon.state.Transfers.FileState;
import dev.as2.daemon.state.Transfers.Status;
import dev.as2.daemon.state.Vault;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several queues over one PostgreSQL, each with connections of its own, as daemons have them. */
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SeveralDaemonsTest {
  private static final int DAEMONS = 3;
  private static final int TRANSFERS = 30;

  @TempDir Path folder;
  private final SecureRandom random = new SecureRandom();

  @Test
  void whatSeveralAcceptIsSentOnceByOneOfThem() throws Exception {
    CountingPartner partner = new CountingPartner();
    String url = Databases.POSTGRESQL.url(folder);
    List<AutoCloseable> open = new ArrayList<>();
    try (Trading trading = Trading.open(folder, partner::before)) {
      trading.with(ConnectorOption.MAX_PER_SECOND, "1000");
      List<QueueStage> daemons = new ArrayList<>();
      for (int i = 0; i < DAEMONS; i++) {
        daemons.add(daemon("daemon-" + i, url, trading, open));
      }
      List<TransferId> transfers = new ArrayList<>();
      for (int i = 0; i < TRANSFERS; i++) {
        FilePath file = trading.file(i + ".edi", "content " + i);
        transfers.add(daemons.get(i % DAEMONS).accept(trading, file));
      }
      for (TransferId id : transfers) {
        assertThat(daemons.get(0).ended(id))
            .extracting(FileState::status)
            .containsExactly(Status.COMPLETED);
      }
      assertThat(partner.whole()).hasSize(TRANSFERS);
      assertThat(partner.whole().values()).allSatisfy(bodies -> assertThat(bodies).hasSize(1));
    } finally {
      for (int i = open.size() - 1; i >= 0; i--) {
        open.get(i).close();
      }
    }
  }

  private QueueStage daemon(String name, String url, Trading trading, List<AutoCloseable> open)
      throws IOException {
    Database database = Database.open(url);
    open.add(database);
    Vault vault =
        Vault.open(database, MasterKey.file(folder.resolve("master.key"), random), random);
    QueueStage stage = new QueueStage(name, database, vault, trading, QueueStage.QUICK);
    open.add(stage);
    return stage;
  }
}
