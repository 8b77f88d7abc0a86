package dev.as2.daemon.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.FilePath;
import dev.as2.core.TransferId;
import dev.as2.daemon.Trading;
import dev.as2.daemon.state.Database;
import dev.as2.daemon.state.MasterKey;
import dev.as2.daemon.state.Transfers.FileState;
import dev.as2.daemon.state.Transfers.Status;
import dev.as2.daemon.state.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SendQueueTest {
  @TempDir Path folder;
  private final SecureRandom random = new SecureRandom();
  private Trading trading;
  private Database database;
  private QueueStage stage;

  @BeforeEach
  void open() throws IOException {
    trading = Trading.open(folder);
    database = Database.open("jdbc:sqlite:" + folder.resolve("as2.db"));
    stage = new QueueStage("one", database, Vault.open(database, MasterKey.file(folder.resolve("master.key"), random), random), trading, QueueStage.QUICK);
  }

  @AfterEach
  void close() {
    stage.close();
    database.close();
    trading.close();
  }

  @Test
  void sendsWhatIsAcceptedAndSaysHowItEnded() throws IOException {
    TransferId id =
        stage.accept(trading, trading.file("1.edi", "one"), trading.file("2.edi", "two"));

    List<FileState> files = stage.ended(id);
    assertThat(files).extracting(FileState::status).containsOnly(Status.COMPLETED);
    assertThat(trading.received().resolve("1.edi")).hasContent("one");
    assertThat(trading.received().resolve("2.edi")).hasContent("two");
    assertThat(files.get(0).outcome().orElseThrow())
        .contains("\"mic-match\":\"rfc\"", "\"json-file\":\"/out/1.");
    assertThat(Files.list(trading.outbox()).filter(f -> f.toString().endsWith(".json"))).hasSize(2);
  }

  @Test
  void aMissingFileFails() throws IOException {
    TransferId id = stage.accept(trading, new FilePath("out", "none.edi"));

    FileState file = stage.ended(id).get(0);
    assertThat(file.status()).isEqualTo(Status.FAILED);
    assertThat(file.failureCode()).contains("SEND_FILE_NOT_FOUND");
  }
}
