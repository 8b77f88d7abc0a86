package dev.as2.daemon.queue;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.AsyncMdns.Arrived;
import dev.as2.core.ConnectorId;
import dev.as2.core.ConnectorOption;
import dev.as2.core.FilePath;
import dev.as2.core.MessageId;
import dev.as2.core.TransferId;
import dev.as2.daemon.LatePartner;
import dev.as2.daemon.Trading;
import dev.as2.daemon.state.Database;
import dev.as2.daemon.state.Databases;
import dev.as2.daemon.state.MasterKey;
import dev.as2.daemon.state.SqlAsyncMdns.Arrival;
import dev.as2.daemon.state.Transfers.FileKey;
import dev.as2.daemon.state.Transfers.FileState;
import dev.as2.daemon.state.Transfers.Status;
import dev.as2.daemon.state.Vault;
import dev.as2.mime.Headers;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Messages that their partner took, and whose asynchronous MDN comes later, or never. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RestsTest {
  private static final int MANY = 100;
  private static final int SOME = 40;
  private static final URI MDNS = URI.create("http://us.example/mdn");
  private static final Arrived ANYBODYS =
      new Arrived(Headers.of("Content-Type", "text/plain"), "no MDN".getBytes(US_ASCII));
  private static final ConnectorId OTHER = new ConnectorId("c-0000000000000000f");

  /** Room for less than what is to wait: two messages of a connector, and one lane. */
  private static final QueueSettings NARROW =
      new QueueSettings(
          4,
          1,
          Duration.ofMinutes(5),
          Duration.ofSeconds(5),
          Duration.ofMillis(200),
          Duration.ofDays(7));

  @TempDir Path folder;
  private final LatePartner partner = new LatePartner();

  private interface Play {
    void with(Trading trading, QueueStage stage) throws Exception;
  }

  private void play(Databases kind, Play play) throws Exception {
    SecureRandom random = new SecureRandom();
    try (Trading trading = Trading.open(folder, partner::before);
        Database database = Database.open(kind.url(folder))) {
      trading.asynchronous(MDNS).with(ConnectorOption.MAX_PER_SECOND, "1000");
      Vault vault =
          Vault.open(database, MasterKey.file(folder.resolve("master.key"), random), random);
      try (QueueStage stage = new QueueStage("one", database, vault, trading, NARROW)) {
        play.with(trading, stage);
      }
    }
  }

  private Arrival mdn(QueueStage stage, MessageId id) throws IOException {
    return stage.mdns().arrived(id, partner.mdn("<" + id.value() + ">"));
  }

  /** A file whose message the partner took. */
  private static TransferId resting(Trading trading, QueueStage stage) throws IOException {
    TransferId id = stage.accept(trading, trading.file("1.edi", "one"));
    stage.awaitRests(1);
    return id;
  }

  @ParameterizedTest
  @EnumSource
  void waitingMessagesKeepNoPlaceAndNoLane(Databases kind) throws Exception {
    play(
        kind,
        (trading, stage) -> {
          trading.with(ConnectorOption.MAX_CONCURRENT, "2");
          FilePath[] files = new FilePath[MANY];
          for (int i = 0; i < MANY; i++) {
            files[i] = trading.file(i + ".edi", "content " + i);
          }
          TransferId id = stage.accept(trading, files);
          stage.awaitRests(MANY);
          assertThat(partner.deliveries()).hasSize(MANY);

          TransferId next = stage.accept(trading, trading.file("next.edi", "next"));
          TransferId others = stage.accept(OTHER, trading.file("other.edi", "other"));
          stage.awaitRests(MANY + 2);

          List<FileState> waiting = new ArrayList<>(stage.transfers().files(id));
          waiting.addAll(stage.transfers().files(next));
          waiting.addAll(stage.transfers().files(others));
          assertThat(waiting).extracting(FileState::status).containsOnly(Status.IN_PROGRESS);
          for (FileState file : waiting) {
            Files.delete(trading.outbox().resolve(file.file().name())); // nobody reads it again
            assertThat(mdn(stage, file.messageId())).isEqualTo(Arrival.KEPT);
          }
          assertThat(stage.ended(id)).extracting(FileState::status).containsOnly(Status.COMPLETED);
          assertThat(stage.ended(others).get(0).outcome().orElseThrow())
              .contains("\"mic-match\":\"rfc\"");
          assertThat(stage.ended(next).get(0).status()).isEqualTo(Status.COMPLETED);
          assertThat(partner.deliveries()).hasSize(MANY + 2);
        });
  }

  @ParameterizedTest
  @EnumSource
  void anMdnThatCameBeforeTheAnswerIsTaken(Databases kind) throws Exception {
    play(
        kind,
        (trading, stage) -> {
          partner.whenTaken(messageId -> {
            MessageId id = new MessageId(messageId.replaceAll("[<>]", ""));
            assertThat(mdn(stage, id)).isEqualTo(Arrival.KEPT);
          });
          TransferId id = stage.accept(trading, trading.file("1.edi", "one"));

          assertThat(stage.ended(id).get(0).status()).isEqualTo(Status.COMPLETED);
          assertThat(partner.deliveries()).hasSize(1);
        });
  }

  /** Regression: one that came while the file was laid to rest kept the lane for ever. */
  @ParameterizedTest
  @EnumSource
  void anMdnThatComesAtAnyMomentIsTaken(Databases kind) throws Exception {
    ExecutorService posting = Executors.newFixedThreadPool(2);
    List<Future<Arrival>> posted = new CopyOnWriteArrayList<>();
    try {
      play(
          kind,
          (trading, stage) -> {
            partner.whenTaken(messageId -> {
              MessageId about = new MessageId(messageId.replaceAll("[<>]", ""));
              posted.add(posting.submit(() -> mdn(stage, about)));
            });
            FilePath[] files = new FilePath[SOME];
            for (int i = 0; i < SOME; i++) {
              files[i] = trading.file(i + ".edi", "content " + i);
            }
            TransferId id = stage.accept(trading, files);

            assertThat(stage.ended(id))
                .extracting(FileState::status)
                .containsOnly(Status.COMPLETED);
            stage.awaitRests(0);
            assertThat(partner.deliveries()).hasSize(SOME);
            for (Future<Arrival> each : posted) {
              assertThat(each.get()).isEqualTo(Arrival.KEPT);
            }
          });
    } finally {
      posting.shutdownNow();
    }
  }

  @ParameterizedTest
  @EnumSource
  void restsOnAfterAnMdnThatProvesNothing(Databases kind) throws Exception {
    play(
        kind,
        (trading, stage) -> {
          TransferId id = resting(trading, stage);
          MessageId about = stage.transfers().files(id).get(0).messageId();

          assertThat(stage.mdns().arrived(about, ANYBODYS)).isEqualTo(Arrival.KEPT);
          QueueStage.within().until(() -> stage.rows("async_mdn") == 0); // looked at, and dropped
          stage.awaitRests(1);

          assertThat(mdn(stage, about)).isEqualTo(Arrival.KEPT);
          assertThat(stage.ended(id).get(0).status()).isEqualTo(Status.COMPLETED);
          assertThat(partner.deliveries()).hasSize(1);
        });
  }

  @ParameterizedTest
  @EnumSource
  void failsAtItsTimeAndAnMdnThatComesThenChangesNothing(Databases kind) throws Exception {
    play(
        kind,
        (trading, stage) -> {
          trading.with(ConnectorOption.ASYNC_MDN_TIMEOUT, "700ms");
          TransferId id = stage.accept(trading, trading.file("1.edi", "one"));

          FileState file = stage.ended(id).get(0);

          assertThat(file.failureCode()).contains("MDN_TIMED_OUT");
          assertThat(Duration.between(file.accepted(), file.ended().orElse(Instant.MAX)))
              .isGreaterThanOrEqualTo(Duration.ofMillis(700));
          assertThat(mdn(stage, file.messageId())).isEqualTo(Arrival.TOO_LATE);
          assertThat(stage.transfers().files(id).get(0).failureCode()).contains("MDN_TIMED_OUT");
          assertThat(partner.deliveries()).hasSize(1);
        });
  }

  @ParameterizedTest
  @EnumSource
  void whatRestsCanBeCancelled(Databases kind) throws Exception {
    play(
        kind,
        (trading, stage) -> {
          TransferId id = resting(trading, stage);

          assertThat(stage.transfers().cancel(new FileKey(id, 0))).isTrue();

          assertThat(stage.ended(id).get(0).failureCode()).contains("CANCELLED");
          assertThat(partner.deliveries()).hasSize(1);
        });
  }
}
