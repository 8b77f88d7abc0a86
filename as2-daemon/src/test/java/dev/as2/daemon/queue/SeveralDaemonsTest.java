package dev.as2.daemon.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.As2Handler;
import dev.as2.core.ConnectorOption;
import dev.as2.core.FilePath;
import dev.as2.core.MessageId;
import dev.as2.core.TransferId;
import dev.as2.daemon.CountingPartner;
import dev.as2.daemon.LatePartner;
import dev.as2.daemon.Trading;
import dev.as2.daemon.state.Database;
import dev.as2.daemon.state.Databases;
import dev.as2.daemon.state.MasterKey;
import dev.as2.daemon.state.SqlAsyncMdns.Arrival;
import dev.as2.daemon.state.Transfers.FileState;
import dev.as2.daemon.state.Transfers.Status;
import dev.as2.daemon.state.Vault;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
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

  /** What is open: the last of it is closed first. */
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void closeInTurn() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  @Test
  void whatSeveralAcceptIsSentOnceByOneOfThem() throws Exception {
    CountingPartner partner = new CountingPartner();
    String url = Databases.POSTGRESQL.url(folder);
    Trading trading = trading(partner::before);
    List<QueueStage> daemons = new ArrayList<>();
    for (int i = 0; i < DAEMONS; i++) {
      daemons.add(daemon("daemon-" + i, url, trading));
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
  }

  /** A partner posts an MDN to whichever daemon a load balancer gives him. */
  @Test
  void anMdnMayComeToADaemonThatDidNotSendItsMessage() throws Exception {
    LatePartner partner = new LatePartner();
    String url = Databases.POSTGRESQL.url(folder);
    Trading trading = trading(partner::before).asynchronous(URI.create("http://us.example/mdn"));
    QueueStage sender = daemon("sender", url, trading);
    TransferId id = sender.accept(trading, trading.file("1.edi", "one"));
    sender.awaitRests(1);
    QueueStage other = daemon("other", url, trading);
    sender.close();

    MessageId about = other.transfers().files(id).get(0).messageId();
    Arrival arrival = other.mdns().arrived(about, partner.mdn("<" + about.value() + ">"));

    assertThat(arrival).isEqualTo(Arrival.KEPT);
    assertThat(other.ended(id)).extracting(FileState::status).containsExactly(Status.COMPLETED);
    assertThat(partner.deliveries()).hasSize(1);
  }

  private Trading trading(UnaryOperator<As2Handler> partner) throws IOException {
    Trading trading = Trading.open(folder, partner);
    open.add(trading);
    return trading.with(ConnectorOption.MAX_PER_SECOND, "1000");
  }

  private QueueStage daemon(String name, String url, Trading trading) throws IOException {
    Database database = Database.open(url);
    open.add(database);
    Vault vault =
        Vault.open(database, MasterKey.file(folder.resolve("master.key"), random), random);
    QueueStage stage = new QueueStage(name, database, vault, trading, QueueStage.QUICK);
    open.add(stage);
    return stage;
  }
}
