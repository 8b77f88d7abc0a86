package dev.as2.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.ConnectorId;
import dev.as2.core.ConnectorOption;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.transfer.TransferClient;

/**
 * A daemon is killed again and again while it accepts and sends, and while it starts: each file it
 * said yes to comes to the partner under one Message-ID with the same octets, and has both results.
 * At chosen moments it is killed each day: {@link CrashTest}, {@link LateMdnCrashTest}.
 */
class RandomKillsTest {
  private static final long SEED = 20_260_117L;
  private static final int LONGEST_BITS = 10; // of milliseconds
  private static final int START_MILLIS = 2_000;
  private static final int PATIENCE_SECONDS = 120;
  private static final int MOST_CALLS = 6;

  @TempDir Path folder;

  @Test
  @Tag("large")
  @Timeout(value = 90, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void killedTwoHundredTimesAtRandomMoments() throws Exception {
    kill(200);
  }

  private void kill(int times) throws Exception {
    Random random = new Random(SEED);
    UnreliablePartner partner = new UnreliablePartner();
    try (Trading trading = Trading.open(folder, partner::before)) {
      trading.with(ConnectorOption.RETRY_ATTEMPTS, "4").with(ConnectorOption.RETRY_DELAY, "50ms");
      Ledger ledger = new Ledger(trading, partner);
      ConnectorId connector = created(trading);
      for (int i = 0; i < times; i++) {
        live(trading, connector, ledger, random);
      }
      try (DaemonProcess last = serve(trading);
          TransferClient api = last.client()) {
        ledger.assertAllDeliveredOnce(api);
        assertThat(ledger.transfers()).as("transfers accepted").isPositive();
        assertThat(last.stop()).isZero();
      }
      System.err.printf("killed %d times: %s%n", times, ledger.summary());
    }
  }

  private DaemonProcess serve(Trading trading) throws IOException {
    return DaemonProcess.start(folder.resolve("state"), "--bucket", "out=" + trading.outbox());
  }

  private ConnectorId created(Trading trading) throws Exception {
    try (DaemonProcess first = serve(trading);
        TransferClient api = first.client()) {
      return trading.create(api);
    }
  }

  /** One life, from its start to its sudden end. */
  private void live(Trading trading, ConnectorId connector, Ledger ledger, Random random)
      throws Exception {
    if (random.nextInt(8) == 0) {
      DaemonProcess.killWhileItStarts(
          folder.resolve("state"),
          Duration.ofMillis(random.nextInt(START_MILLIS)),
          "--bucket",
          "out=" + trading.outbox());
      return;
    }
    int calls = 1 + random.nextInt(MOST_CALLS);
    int files = 1 + random.nextInt(3);
    int before = ledger.transfers();
    int answered = random.nextInt(1 + calls);
    // Most lives end soon after a call, some of them late: there are as many of 1 ms as of 1 s.
    Duration then = Duration.ofMillis(random.nextInt(1 << random.nextInt(1 + LONGEST_BITS)));
    try (DaemonProcess daemon = serve(trading);
        TransferClient api = daemon.client()) {
      CompletableFuture<Integer> caller =
          CompletableFuture.supplyAsync(() -> call(api, connector, ledger, calls, files));
      Awaitility.await("answers")
          .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
          .pollInterval(1, TimeUnit.MILLISECONDS)
          .until(() -> ledger.transfers() - before >= answered || caller.isDone());
      daemon.killAfter(then);
      assertThat(caller.join()).isBetween(answered, calls);
    }
  }

  /** Calls until it has called often enough, or is not answered any more. */
  private static int call(
      TransferClient api, ConnectorId connector, Ledger ledger, int calls, int files) {
    int answered = 0;
    try {
      while (answered < calls && ledger.start(api, connector, files)) {
        answered++;
      }
    } catch (IOException e) {
      throw new CompletionException(e);
    }
    return answered;
  }
}
