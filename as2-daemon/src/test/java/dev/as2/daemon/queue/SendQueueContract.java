package dev.as2.daemon.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.As2Handler;
import dev.as2.core.ConnectorOption;
import dev.as2.core.FilePath;
import dev.as2.core.TransferId;
import dev.as2.daemon.Trading;
import dev.as2.daemon.state.Database;
import dev.as2.daemon.state.MasterKey;
import dev.as2.daemon.state.Outbox;
import dev.as2.daemon.state.Transfers;
import dev.as2.daemon.state.Transfers.FileKey;
import dev.as2.daemon.state.Transfers.FileState;
import dev.as2.daemon.state.Transfers.Search;
import dev.as2.daemon.state.Transfers.Status;
import dev.as2.daemon.state.Vault;
import dev.as2.mime.Header;
import dev.as2.mime.Headers;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.PreparedStatement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a queue does over any database. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class SendQueueContract {
  @TempDir Path folder;
  private final SecureRandom random = new SecureRandom();
  private final BlockingQueue<As2Handler.Request> requests = new LinkedBlockingQueue<>();
  private final List<AutoCloseable> open = new ArrayList<>();

  /** While it is not counted down, the partner answers nothing. */
  private final CountDownLatch answering = new CountDownLatch(1);

  private final AtomicInteger atOnce = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();
  private Trading trading;
  private Database database;
  private Vault vault;

  /** An empty database. */
  abstract String url() throws IOException;

  @BeforeEach
  void openAll() throws IOException {
    trading = Trading.open(folder, partner -> request -> answer(partner, request));
    database = Database.open(url());
    vault = Vault.open(database, MasterKey.file(folder.resolve("master.key"), random), random);
  }

  private As2Handler.Answer answer(As2Handler partner, As2Handler.Request request)
      throws IOException {
    requests.add(request);
    mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
    try {
      As2Handler.Answer answer = partner.handle(request);
      answering.await();
      return answer;
    } catch (InterruptedException e) {
      throw new InterruptedIOException("the partner ends");
    } finally {
      atOnce.decrementAndGet();
    }
  }

  @AfterEach
  void closeAll() throws Exception {
    answering.countDown();
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
    database.close();
    trading.close();
  }

  private QueueStage stage(String daemon) throws IOException {
    return stage(daemon, QueueStage.QUICK, EventSink.NONE);
  }

  private QueueStage stage(String daemon, QueueSettings settings, EventSink sink, Watch... watches)
      throws IOException {
    QueueStage stage = new QueueStage(daemon, database, vault, trading, settings, sink, watches);
    open.add(stage);
    return stage;
  }

  @Test
  void sendsWhatIsAcceptedAndSaysHowItEnded() throws IOException {
    answering.countDown();
    QueueStage stage = stage("one");

    TransferId id =
        stage.accept(trading, trading.file("1.edi", "one"), trading.file("2.edi", "two"));

    List<FileState> files = stage.ended(id);
    assertThat(files).extracting(FileState::status).containsOnly(Status.COMPLETED);
    assertThat(trading.received().resolve("1.edi")).hasContent("one");
    assertThat(trading.received().resolve("2.edi")).hasContent("two");
    assertThat(files.get(0).outcome().orElseThrow())
        .contains("\"mic-match\":\"rfc\"", "\"json-file\":\"/out/1.");
    assertThat(records()).hasSize(2);
  }

  private List<Path> records() throws IOException {
    try (var files = Files.list(trading.outbox())) {
      return files.filter(file -> file.toString().endsWith(".json")).toList();
    }
  }

  @Test
  void aMissingFileFails() throws IOException {
    QueueStage stage = stage("one");

    TransferId id = stage.accept(trading, new FilePath("out", "none.edi"));

    FileState file = stage.ended(id).get(0);
    assertThat(file.status()).isEqualTo(Status.FAILED);
    assertThat(file.failureCode()).contains("SEND_FILE_NOT_FOUND");
    assertThat(file.outcome().orElseThrow()).contains("SEND_FILE_NOT_FOUND");
  }

  @Test
  void sendsTheHeadersOfATransferAlsoWhenItIsSentAgain() throws Exception {
    answering.countDown();
    QueueStage stage = stage("one");
    TransferId id =
        stage
            .transfers()
            .accept(
                new Transfers.Order(
                    trading.connectorId(),
                    List.of(trading.file("1.edi", "one")),
                    List.of(new Header("X-Route", "edi:7")),
                    "test"));
    FileState first = stage.ended(id).get(0);
    TransferId again = stage.transfers().resend(first.key(), "person").orElseThrow();

    FileState second = stage.ended(again).get(0);
    assertThat(second.status()).isEqualTo(Status.COMPLETED);
    assertThat(second.resendOf()).contains(first.key());
    assertThat(second.messageId()).isNotEqualTo(first.messageId());
    assertThat(requests).hasSize(2);
    assertThat(requests).extracting(r -> r.headers().first("X-Route").get()).containsOnly("edi:7");
  }

  @Test
  void cancelsWhatIsUnderWay() throws Exception {
    QueueStage stage = stage("one");
    TransferId id = stage.accept(trading, trading.file("1.edi", "one"));
    requests.take();

    assertThat(stage.transfers().cancel(new FileKey(id, 0))).isTrue();

    FileState file = stage.ended(id).get(0);
    assertThat(file.failureCode()).contains("CANCELLED");
    assertThat(stage.transfers().cancel(file.key())).isFalse();
    assertThat(records()).hasSize(1);
  }

  @Test
  void cancelsWhatIsStillQueued() throws Exception {
    trading.with(ConnectorOption.MAX_CONCURRENT, "1");
    QueueStage stage = stage("one");
    stage.accept(trading, trading.file("1.edi", "one"));
    requests.take();
    TransferId second = stage.accept(trading, trading.file("2.edi", "two"));
    assertThat(stage.transfers().cancel(new FileKey(second, 0))).isTrue();
    answering.countDown();

    assertThat(stage.ended(second).get(0).failureCode()).contains("CANCELLED");
    assertThat(requests).isEmpty();
  }

  /** The future was cancelled by then, and the engine abandons the file instead of ending it. */
  @Test
  void cancelsWhatCouldNotBePreparedMeanwhile() throws Exception {
    CountDownLatch preparing = new CountDownLatch(1);
    BlockingQueue<Thread> looks = new LinkedBlockingQueue<>();
    AtomicInteger failures = new AtomicInteger(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    trading.whenAsked(() -> {
      Thread thread = Thread.currentThread();
      if (!thread.getName().startsWith("as2-worker-")) {
        looks.add(thread);
      } else if (failures.getAndDecrement() > 0) {
        preparing.countDown();
        await(cancelled);
        throw new UncheckedIOException(new IOException("the registry is away"));
      }
    });
    QueueStage stage = stage("one");
    TransferId id = stage.accept(trading, trading.file("1.edi", "one"));
    preparing.await();

    assertThat(stage.transfers().cancel(new FileKey(id, 0))).isTrue();
    looks.clear();
    looks.take(); // between two looks of the lane
    looks.take(); // it has heard of the cancellation
    cancelled.countDown();

    assertThat(stage.ended(id).get(0).failureCode()).contains("CANCELLED");
    assertThat(requests).isEmpty();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void keepsToTheConcurrencyOfAConnector() throws Exception {
    trading.with(ConnectorOption.MAX_CONCURRENT, "2");
    QueueStage stage = stage("one");
    FilePath[] files = new FilePath[8];
    for (int i = 0; i < files.length; i++) {
      files[i] = trading.file(i + ".edi", "content " + i);
    }
    TransferId id = stage.accept(trading, files);
    requests.take();
    requests.take();
    answering.countDown();

    assertThat(stage.ended(id)).extracting(FileState::status).containsOnly(Status.COMPLETED);
    assertThat(mostAtOnce.get()).isEqualTo(2);
  }

  @Test
  void whatIsParkedIsSentByTheNextLifeWithTheSameOctets() throws Exception {
    QueueStage first = stage("one");
    TransferId id = first.accept(trading, trading.file("1.edi", "one"));
    As2Handler.Request before = requests.take();
    first.queue().stop(Duration.ofMillis(100));
    FileState parked = first.transfers().files(id).get(0);
    assertThat(parked.status()).isEqualTo(Status.IN_PROGRESS);
    assertThat(records()).isEmpty();
    answering.countDown();

    QueueStage second = stage("one");

    assertThat(second.ended(id).get(0).status()).isEqualTo(Status.COMPLETED);
    Headers headers = requests.take().headers();
    assertThat(headers.first("Message-ID")).isEqualTo(before.headers().first("Message-ID"));
    assertThat(headers.first("Date")).isEqualTo(before.headers().first("Date"));
  }

  @Test
  void takesOverFromADaemonThatIsSilent() throws Exception {
    answering.countDown();
    QueueStage first = stage("one");
    first.queue().stop(Duration.ZERO);
    TransferId id = first.accept(trading, trading.file("1.edi", "one"));
    pickAs("ghost/1");

    QueueSettings watchful =
        QueueSettings.DEFAULT.withRhythm(Duration.ofMillis(100), Duration.ofMillis(100));
    QueueStage second = stage("two", watchful, EventSink.NONE);

    assertThat(second.ended(id).get(0).status()).isEqualTo(Status.COMPLETED);
  }

  /** As another daemon does just before it dies. */
  private void pickAs(String name) throws IOException {
    database.write(connection -> {
      try (PreparedStatement update =
          connection.prepareStatement(
              "update scheduled_tasks set picked = ?, picked_by = ?, version = version + 1,"
                  + " last_heartbeat = ? where task_name = 'lane'")) {
        update.setBoolean(1, true);
        update.setString(2, name);
        update.setTimestamp(3, Timestamp.from(Instant.now()));
        return update.executeUpdate();
      }
    });
  }

  /** As another daemon does when it has taken a lane over. */
  private void adoptAs(String name) throws IOException {
    database.write(connection -> {
      try (PreparedStatement update =
          connection.prepareStatement("update transfer_file set owner = ?")) {
        update.setString(1, name + "#1");
        return update.executeUpdate();
      }
    });
  }

  @Test
  void aDaemonThatWasThoughtDeadWritesNothingMore() throws Exception {
    QueueStage first = stage("one");
    TransferId id = first.accept(trading, trading.file("1.edi", "one"));
    requests.take();
    pickAs("ghost/1");
    adoptAs("ghost/1");
    answering.countDown();

    Awaitility.await().until(() -> first.queue().underWay() == 0);
    assertThat(first.transfers().files(id).get(0).status()).isEqualTo(Status.IN_PROGRESS);
  }

  @Test
  void whatIsDamagedFailsAndHoldsUpNoOther() throws Exception {
    answering.countDown();
    QueueStage first = stage("one");
    first.queue().stop(Duration.ZERO);
    TransferId id =
        first.accept(trading, trading.file("1.edi", "one"), trading.file("2.edi", "two"));
    database.write(connection -> {
      try (PreparedStatement update =
          connection.prepareStatement(
              "update transfer_file set seal = ?, status = 'IN_PROGRESS' where number = 0")) {
        update.setBytes(1, new byte[] {1, 2, 3});
        return update.executeUpdate();
      }
    });

    List<FileState> files = stage("one").ended(id);

    assertThat(files.get(0).failureCode()).contains("JOURNAL_DAMAGED");
    assertThat(files.get(1).status()).isEqualTo(Status.COMPLETED);
  }

  @Test
  void forgetsWhatEndedLongAgo() throws Exception {
    answering.countDown();
    QueueSettings forgetful =
        new QueueSettings(
            10,
            10,
            Duration.ofSeconds(1),
            Duration.ofMillis(500),
            Duration.ofMillis(500),
            Duration.ofMillis(1));
    QueueStage stage = stage("one");
    TransferId id = stage.accept(trading, trading.file("1.edi", "one"));
    stage.ended(id);
    stage.queue().stop(Duration.ZERO);

    QueueStage second = stage("two", forgetful, EventSink.NONE);
    database.write(connection -> {
      try (PreparedStatement update =
          connection.prepareStatement(
              "update scheduled_tasks set execution_time = ? where task_name = 'history'")) {
        update.setTimestamp(1, Timestamp.from(Instant.now()));
        return update.executeUpdate();
      }
    });

    Awaitility.await()
        .atMost(30, TimeUnit.SECONDS)
        .until(() -> second.transfers().files(id).isEmpty());
  }

  @Test
  void deliversEachEventAfterAFailedDeliveryToo() throws Exception {
    answering.countDown();
    BlockingQueue<Outbox.Event> delivered = new LinkedBlockingQueue<>();
    AtomicInteger calls = new AtomicInteger();
    QueueStage stage =
        stage(
            "one",
            QueueStage.QUICK,
            events -> {
              if (calls.incrementAndGet() == 1) {
                throw new IOException("nobody is there");
              }
              delivered.addAll(events);
            });

    stage.ended(stage.accept(trading, trading.file("1.edi", "one")));

    Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> delivered.size() == 2);
    assertThat(delivered)
        .extracting(Outbox.Event::envelope)
        .containsExactly("PAYLOAD_SEND_COMPLETED", "MDN_RECEIVE_COMPLETED");
    Awaitility.await().until(() -> stage.outbox().size() == 0);
  }

  @Test
  void sendsWhatAppearsInAFolderOnceAndAgainWhenItChanges() throws Exception {
    answering.countDown();
    Watch watch =
        Watch.of(
            "in",
            trading.connectorId(),
            "/out",
            "*.edi",
            Duration.ofMillis(300),
            Duration.ofMillis(600));
    trading.file("1.edi", "one");
    trading.file("1.txt", "not that");
    QueueStage stage = stage("one", QueueStage.QUICK, EventSink.NONE, watch);

    Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> completed(stage).size() == 1);
    trading.file("1.edi", "another one");
    Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> completed(stage).size() == 2);

    assertThat(completed(stage)).extracting(file -> file.file().name()).containsOnly("1.edi");
    assertThat(completed(stage)).extracting(FileState::requester).containsOnly("watch:in");
    assertThat(trading.received().resolve("1.edi")).hasContent("another one");
  }

  /** Regression: the new content went out twice, once in the place of the old one. */
  @Test
  void whatBecameAnotherBeforeItsTurnIsSentOnceAsTheOther() throws Exception {
    trading.with(ConnectorOption.MAX_CONCURRENT, "1");
    Watch watch =
        Watch.of(
            "in",
            trading.connectorId(),
            "/out",
            "1.edi",
            Duration.ofMillis(100),
            Duration.ofMillis(100));
    QueueStage stage = stage("one", QueueStage.QUICK, EventSink.NONE, watch);
    stage.accept(trading, trading.file("0.edi", "it holds the connector"));
    requests.take();
    trading.file("1.edi", "one");
    Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> watched(stage).size() == 1);
    trading.file("1.edi", "another one");
    Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> watched(stage).size() == 2);

    answering.countDown();

    stage.ended(watched(stage).get(0).key().transferId());
    assertThat(stage.ended(watched(stage).get(1).key().transferId()))
        .extracting(file -> file.failureCode().orElseThrow())
        .containsExactly("SOURCE_CHANGED");
    assertThat(watched(stage).get(0).status()).isEqualTo(Status.COMPLETED);
    assertThat(requests).hasSize(1);
    assertThat(trading.received().resolve("1.edi")).hasContent("another one");
  }

  /** The newest first. */
  private static List<FileState> watched(QueueStage stage) throws IOException {
    return stage
        .transfers()
        .search(
            new Search(
                Optional.empty(), Optional.empty(), Optional.of("1.edi"), Optional.empty(), 100));
  }

  private static List<FileState> completed(QueueStage stage) throws IOException {
    return stage
        .transfers()
        .search(
            new Search(
                Optional.empty(),
                Optional.of(Status.COMPLETED),
                Optional.empty(),
                Optional.empty(),
                100));
  }

  @Test
  void findsTransfersByTextStatusAndConnector() throws IOException {
    answering.countDown();
    QueueStage stage = stage("one");
    TransferId id =
        stage.accept(trading, trading.file("A_1.edi", "one"), trading.file("b%2.edi", "two"));
    stage.ended(id);

    assertThat(found(stage, "a_1")).containsExactly("A_1.edi");
    assertThat(found(stage, "%2")).containsExactly("b%2.edi");
    assertThat(found(stage, id.value())).containsExactly("b%2.edi", "A_1.edi");
    assertThat(found(stage, "none")).isEmpty();
  }

  private List<String> found(QueueStage stage, String text) throws IOException {
    return stage
        .transfers()
        .search(
            new Search(
                Optional.of(trading.connectorId()),
                Optional.empty(),
                Optional.of(text),
                Optional.empty(),
                10))
        .stream()
        .map(file -> file.file().name())
        .toList();
  }
}
