package dev.as2.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.ConnectorId;
import dev.as2.core.ConnectorOption;
import dev.as2.daemon.aws.Json;
import dev.as2.daemon.state.Databases;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.transfer.TransferClient;

/**
 * Three daemons over one PostgreSQL, of which one is killed and one is told to end while they
 * accept and send: nothing is lost, and nothing is sent under two Message-IDs. What the daemons'
 * queues do together is tried each day: {@link dev.as2.daemon.queue.SeveralDaemonsTest}.
 */
class ThreeDaemonsTest {
  private static final int DAEMONS = 3;
  private static final int CONNECTORS = 5;

  @TempDir Path folder;

  @Test
  @Tag("large")
  @Timeout(value = 60, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void twoThousandTransfers() throws Exception {
    send(2_000);
  }

  /** A daemon and a client of its own. */
  private record Member(DaemonProcess daemon, TransferClient api) implements AutoCloseable {
    @Override
    public void close() {
      api.close();
      daemon.close();
    }
  }

  private void send(int transfers) throws Exception {
    UnreliablePartner partner = new UnreliablePartner();
    List<Member> members = new ArrayList<>();
    ExecutorService callers = Executors.newFixedThreadPool(DAEMONS);
    try (Trading trading = Trading.open(folder, partner::before)) {
      trading.with(ConnectorOption.RETRY_ATTEMPTS, "4").with(ConnectorOption.RETRY_DELAY, "50ms");
      String database = Databases.POSTGRESQL.url(folder);
      for (int i = 0; i < DAEMONS; i++) {
        members.add(member(i, database, trading));
      }
      Ledger ledger = new Ledger(trading, partner);
      List<ConnectorId> connectors = connectors(trading, members.get(0).api());
      List<CompletableFuture<Integer>> calls = new ArrayList<>();
      for (Member member : members) {
        calls.add(
            CompletableFuture.supplyAsync(
                () -> call(member.api(), connectors, ledger, transfers), callers));
      }
      awaitMessages(partner, transfers / 3);
      members.get(1).daemon().kill();
      awaitMessages(partner, transfers * 2 / 3);
      assertThat(members.get(2).daemon().stop()).isZero();
      calls.forEach(CompletableFuture::join);

      ledger.assertAllDeliveredOnce(members.get(0).api());
      assertThat(ledger.transfers()).isGreaterThanOrEqualTo(transfers);
      assertThat(completed(members)).doesNotHaveDuplicates();
      System.err.println("three daemons: " + ledger.summary());
    } finally {
      callers.shutdownNow();
      members.forEach(Member::close);
    }
  }

  private Member member(int number, String database, Trading trading) throws IOException {
    DaemonProcess daemon =
        DaemonProcess.start(
            folder.resolve("state-" + number),
            Map.of(
                "AS2_MASTER_KEY", folder.resolve("master.key").toString(),
                "AS2_QUEUE_HEARTBEAT", "1s",
                "AS2_QUEUE_POLL", "500ms"),
            "--bucket",
            "out=" + trading.outbox(),
            "--database",
            database);
    return new Member(daemon, daemon.client(folder.resolve("state-0").resolve("credentials")));
  }

  private static List<ConnectorId> connectors(Trading trading, TransferClient api)
      throws IOException {
    List<ConnectorId> connectors = new ArrayList<>();
    for (int i = 0; i < CONNECTORS; i++) {
      connectors.add(trading.create(api));
    }
    return connectors;
  }

  /** Calls until enough was accepted by all together, or nobody answers any more. */
  private static int call(
      TransferClient api, List<ConnectorId> connectors, Ledger ledger, int transfers) {
    int answered = 0;
    try {
      while (ledger.transfers() < transfers
          && ledger.start(api, connectors.get(answered % connectors.size()), 1)) {
        answered++;
      }
    } catch (IOException e) {
      throw new CompletionException(e);
    }
    return answered;
  }

  private static void awaitMessages(UnreliablePartner partner, int count) {
    Awaitility.await(count + " messages at the partner")
        .atMost(10, TimeUnit.MINUTES)
        .pollInterval(5, TimeUnit.MILLISECONDS)
        .until(() -> partner.deliveries().size() >= count);
  }

  /** The Message-IDs that the daemons said had ended, of all of them together. */
  private static List<String> completed(List<Member> members) throws IOException {
    List<String> messageIds = new ArrayList<>();
    for (Member member : members) {
      for (String line : member.daemon().lines()) {
        if (line.startsWith("{") && line.endsWith("}")) { // a kill may tear the last one
          messageIds.add(Json.parse(line).path("as2-message-id").asText());
        }
      }
    }
    return messageIds;
  }
}
