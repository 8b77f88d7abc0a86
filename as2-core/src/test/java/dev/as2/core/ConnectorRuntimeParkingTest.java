package dev.as2.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.as2.core.MemoryJournal.Call;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A runtime that stops and leaves its transfers to the next one. */
@Timeout(60)
class ConnectorRuntimeParkingTest {
  private static final Duration LONG = Duration.ofSeconds(50);

  @TempDir Path inbox;

  @Test
  void leavesAPostWithoutAnAnswerAfterTheGrace() throws Exception {
    TwoRuns runs = new TwoRuns(RuntimeFixture.connector());
    CompletableFuture<Void> posted = new CompletableFuture<>();
    runs.client.then((post, answer) -> {
      post.readBody();
      posted.complete(null);
    });
    ConnectorRuntime runtime = runs.runtime();
    CompletableFuture<SendResult> future = runtime.send(runs.order());
    posted.get(10, TimeUnit.SECONDS);

    runtime.park(Duration.ofMillis(10));

    TwoRuns.assertAbandoned(future);
    assertThat(runs.results()).isEmpty();
    assertThat(runs.journal.calls).containsExactly(Call.SEALED);
    assertThat(runs.listener.abandoned).hasSize(1);
    assertThat(runs.listener.attempts).isEmpty();
    assertThat(runs.partner(inbox).end().failure()).isEmpty();
  }

  @Test
  void letsAnAttemptEndWithinTheGrace() throws Exception {
    TwoRuns runs = new TwoRuns(RuntimeFixture.connector());
    CompletableFuture<Void> posted = new CompletableFuture<>();
    CountDownLatch parks = new CountDownLatch(1);
    ScriptedClient.Script takes = ScriptedClient.receive(RuntimeFixture.partner(inbox));
    runs.client.then((post, answer) -> {
      posted.complete(null);
      await(parks);
      takes.play(post, answer);
    });
    ConnectorRuntime runtime = runs.runtime();
    CompletableFuture<SendResult> future = runtime.send(runs.order());
    posted.get(10, TimeUnit.SECONDS);
    CompletableFuture<Void> parked = CompletableFuture.runAsync(() -> runtime.park(LONG));
    assertThat(parked).isNotDone();
    parks.countDown();
    parked.get(40, TimeUnit.SECONDS);
    assertThat(RuntimeFixture.result(future).failure()).isEmpty();
    assertThat(runs.results()).hasSize(2);
  }

  @Test
  void beginsNoFurtherAttempt() throws Exception {
    TwoRuns runs = new TwoRuns(RuntimeFixture.connector());
    CompletableFuture<Void> posted = new CompletableFuture<>();
    CountDownLatch parks = new CountDownLatch(1);
    runs.client.then((post, answer) -> {
      posted.complete(null);
      await(parks);
      answer.complete(ScriptedClient.response(503, "busy", true));
    });
    ConnectorRuntime runtime = runs.runtime();
    CompletableFuture<SendResult> future = runtime.send(runs.order());
    posted.get(10, TimeUnit.SECONDS);
    CompletableFuture<Void> parked = CompletableFuture.runAsync(() -> runtime.park(LONG));
    awaitParking(runtime);
    parks.countDown();
    parked.get(40, TimeUnit.SECONDS);
    TwoRuns.assertAbandoned(future);
    assertThat(runs.journal.calls).containsExactly(Call.SEALED, Call.ATTEMPTED);
    assertThat(runs.partner(inbox).end().attempts()).hasSize(2);
  }

  @Test
  void waitsForNoPauseAndForNothingThatHasNotBegun() throws Exception {
    TwoRuns runs = new TwoRuns(RuntimeFixture.connector("as2:retry-delay", "4m"));
    CountDownLatch kept = new CountDownLatch(1);
    runs.client.otherwise(ScriptedClient.answer(503, "busy"));
    runs.journal
        .dieAfter(null)
        .before(call -> {
          if (call == Call.ATTEMPTED) {
            kept.countDown();
          }
        });
    ConnectorRuntime runtime = runs.runtime();
    CompletableFuture<SendResult> future = runtime.send(runs.order());
    await(kept);
    runtime.park(LONG);
    TwoRuns.assertAbandoned(future);
    assertThat(runs.results()).isEmpty();
  }

  @Test
  void leavesWhatWaitsForAThread() throws Exception {
    TwoRuns runs = new TwoRuns(RuntimeFixture.connector());
    CountDownLatch blocks = new CountDownLatch(1);
    CountDownLatch sealing = new CountDownLatch(4);
    runs.journal.before(call -> {
      sealing.countDown();
      await(blocks);
    });
    ConnectorRuntime runtime = runs.runtime(); // with four threads
    List<CompletableFuture<SendResult>> futures = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      futures.add(runtime.send(runs.order()));
    }
    await(sealing);
    CompletableFuture<Void> parked =
        CompletableFuture.runAsync(() -> runtime.park(Duration.ofMillis(1)));
    awaitParking(runtime);
    blocks.countDown();
    parked.get(40, TimeUnit.SECONDS);
    futures.forEach(TwoRuns::assertAbandoned);
    assertThat(runs.client.requests()).isEmpty();
    assertThat(runs.journal.calls).as("those that had a thread").hasSize(4);
  }

  @Test
  void takesNothingMoreOnceParkedOrClosed() throws Exception {
    TwoRuns runs = new TwoRuns(RuntimeFixture.connector());
    ConnectorRuntime parked = runs.runtime();
    parked.park(Duration.ZERO);
    TwoRuns.assertAbandoned(parked.send(runs.order()));
    parked.close();
    ConnectorRuntime closed = runs.runtime();
    closed.close();
    TwoRuns.assertAbandoned(closed.send(runs.order()));
    assertThat(runs.results()).isEmpty();
  }

  @Test
  void hasAtLeastOneWorker() {
    ConnectorRuntime.Builder builder =
        ConnectorRuntime.builder(
            Trade.registry(RuntimeFixture.connector()),
            new InMemoryFileStore("outbox"),
            new ScriptedClient());
    assertThatThrownBy(() -> builder.workers(0)).hasMessage("at least 1 worker thread, not 0");
  }

  private static void awaitParking(ConnectorRuntime runtime) {
    while (!runtime.isParking()) {
      Thread.onSpinWait();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
