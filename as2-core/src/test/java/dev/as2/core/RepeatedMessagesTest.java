package dev.as2.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.as2.core.ReceivingStage.Made;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.Thread.State;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** RFC 4130 §5.5 and §7.5.6: what comes again gets the same answer, and no second file. */
@Timeout(60)
class RepeatedMessagesTest {
  private static final Set<Layer> ALL = Set.of(Layer.COMPRESS, Layer.SIGN, Layer.ENCRYPT);
  private static final String URL = "http://mdn.example/mdn";

  @TempDir Path spool;

  @Test
  void answersARepetitionWithTheSameOctets() throws Exception {
    Made made = ReceivingStage.message(ALL);
    try (ReceivingStage stage = new ReceivingStage(spool)) {
      As2Handler.Answer first = stage.receive(made);
      List<InMemoryFileStore.Call> calls = stage.store.calls();
      As2Handler.Answer second = stage.receive(made);

      assertThat(second.body()).isEqualTo(first.body());
      assertThat(second.headers()).isEqualTo(first.headers());
      assertThat(stage.store.calls()).isEqualTo(calls);
      assertThat(stage.receptions).hasSize(1);
      assertThat(stage.repeated).hasSize(1);
    }
  }

  @Test
  void remembersInAStoreAsItDoesInMemory() throws Exception {
    Made made = ReceivingStage.message(ALL);
    InMemoryFileStore kept = new InMemoryFileStore("kept");
    FolderPath folder = FolderPath.parse("/kept/received");
    As2Handler.Answer first;
    try (ReceivingStage stage =
        new ReceivingStage(
            spool,
            ReceivingStage.agreement(),
            b -> b.received(new StoredReceivedMessages(kept, folder)))) {
      first = stage.receive(made);
    }
    try (ReceivingStage later =
        new ReceivingStage(
            spool,
            ReceivingStage.agreement(),
            b -> b.received(new StoredReceivedMessages(kept, folder)))) {
      assertThat(later.receive(made).body()).isEqualTo(first.body());
      assertThat(later.inbox()).isEmpty();
    }
  }

  @Test
  void warnsWhereThereIsNoMdnToRepeat() throws Exception {
    Made made = ReceivingStage.message(ALL);
    try (ReceivingStage stage = new ReceivingStage(spool)) {
      stage.receive(made.without("Disposition-Notification-To"));
      Mdn mdn = ReceivingStage.mdn(stage.receive(made));

      assertThat(mdn.dispositionField())
          .isEqualTo(Disposition.MODES + "processed/warning: duplicate-document");
      assertThat(made.isStatedBy(mdn.mic().orElseThrow())).isTrue();
      assertThat(mdn.signature()).isPresent();
    }
  }

  @Test
  void postsAnAsynchronousMdnAgain() throws Exception {
    Made made = ReceivingStage.message(ALL).with("Receipt-Delivery-Option", URL);
    try (ReceivingStage stage = new ReceivingStage(spool)) {
      stage.client.otherwise(ScriptedClient.answer(204, ""));
      stage.receive(made);
      stage.deliveries.next();
      As2Handler.Answer second = stage.receive(made);
      stage.deliveries.next();

      assertThat(second.status()).isEqualTo(200);
      assertThat(second.body()).isEmpty();
      assertThat(stage.client.posts()).hasSize(2);
      assertThat(stage.client.posts().get(1)).isEqualTo(stage.client.posts().get(0));
    }
  }

  @Test
  void takesARefusedMessageThatIsMended() throws Exception {
    Made made = ReceivingStage.message(ALL);
    try (ReceivingStage stage = new ReceivingStage(spool)) {
      Mdn no = ReceivingStage.mdn(stage.receive(made.withBody(new byte[100])));
      Mdn yes = ReceivingStage.mdn(stage.receive(made));

      assertThat(no.disposition().isNegative()).isTrue();
      assertThat(yes.disposition()).isEqualTo(Disposition.PROCESSED);
    }
  }

  @Test
  void takesAMessageThatIsBeingReceivedOnlyOnce() throws Exception {
    Made made = ReceivingStage.message(ALL);
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    InputStream slow =
        new ByteArrayInputStream(made.body()) {
          @Override
          public synchronized int read(byte[] target, int offset, int length) {
            reading.countDown();
            try {
              goOn.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            return super.read(target, offset, length);
          }
        };
    try (ReceivingStage stage = new ReceivingStage(spool)) {
      As2Handler.Request request = ScriptedClient.arrived("POST", made.headers(), made.body());
      CompletableFuture<Integer> first =
          CompletableFuture.supplyAsync(() ->
              status(
                  stage,
                  new As2Handler.Request("POST", "/", made.headers(), slow, request.remote())));
      reading.await();
      assertThat(stage.runtime.handle(request).status()).isEqualTo(503);
      goOn.countDown();

      assertThat(first.get()).isEqualTo(200);
      assertThat(
              stage
                  .runtime
                  .handle(ScriptedClient.arrived("POST", made.headers(), made.body()))
                  .status())
          .isEqualTo(200);
      assertThat(stage.receptions).hasSize(1);
    }
  }

  @Test
  void waitsForTheEndOfAConnectionThatBroke() throws Exception {
    Made made = ReceivingStage.message(ALL);
    CountDownLatch reading = new CountDownLatch(1);
    try (ReceivingStage stage = new ReceivingStage(spool)) {
      As2Handler.Request request = ScriptedClient.arrived("POST", made.headers(), made.body());
      FutureTask<Integer> again = new FutureTask<>(() -> status(stage, request));
      Thread copy = new Thread(again);
      InputStream broken =
          new InputStream() {
            @Override
            public int read() throws IOException {
              reading.countDown();
              Set<Thread.State> early = Set.of(State.NEW, State.RUNNABLE, State.BLOCKED);
              while (early.contains(copy.getState())) {
                Thread.onSpinWait();
              }
              throw new IOException("connection reset");
            }
          };
      CompletableFuture<Void> first =
          CompletableFuture.runAsync(() ->
              assertThatThrownBy(() ->
                      stage.runtime.handle(
                          new As2Handler.Request(
                              "POST", "/", made.headers(), broken, request.remote())))
                  .hasMessageContaining("broke off"));
      reading.await();
      copy.start();

      assertThat(again.get()).isEqualTo(200);
      first.get();
      assertThat(stage.receptions).hasSize(1);
    }
  }

  private static int status(ReceivingStage stage, As2Handler.Request request) {
    try {
      return stage.runtime.handle(request).status();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
