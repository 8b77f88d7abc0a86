package dev.as2.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.as2.core.ConnectorId;
import dev.as2.core.ConnectorOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.services.transfer.TransferClient;
import software.amazon.awssdk.services.transfer.model.ServiceUnavailableException;

/**
 * The daemon's database takes nothing for a while, because another program holds its lock or the
 * disk is full: callers are told so, what was accepted is sent all the same, and all goes on when
 * it is over, without a restart.
 */
@Tag("large")
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DatabaseOutageTest {
  private static final String SENTENCE =
      "The service cannot reach what it keeps at the moment; try again.";

  /** The SDK's own: a fault is to be seen, and each takes as long as the daemon is patient. */
  private static final String ATTEMPTS = SdkSystemSetting.AWS_MAX_ATTEMPTS.property();

  /** More than a new database has, in pages of 4 KiB. */
  private static final int DISK_PAGES = 200;

  @TempDir Path folder;
  private final UnreliablePartner partner = new UnreliablePartner();
  private Trading trading;
  private Ledger ledger;
  private DaemonProcess daemon;
  private TransferClient api;
  private ConnectorId connector = new ConnectorId("c-00000000000000000");

  @BeforeEach
  void start() throws IOException {
    System.setProperty(ATTEMPTS, "1");
    trading = Trading.open(folder, partner::before);
    trading.with(ConnectorOption.RETRY_ATTEMPTS, "4").with(ConnectorOption.RETRY_DELAY, "50ms");
    ledger = new Ledger(trading, partner);
    daemon =
        DaemonProcess.start(
            folder.resolve("state"),
            Map.of("AS2_QUEUE_HEARTBEAT", "500ms"),
            "--bucket",
            "out=" + trading.outbox(),
            "--database",
            "jdbc:sqlite:" + file() + "?max_page_count=" + DISK_PAGES);
    api = daemon.client();
    connector = trading.create(api);
  }

  @AfterEach
  void stop() {
    System.clearProperty(ATTEMPTS);
    api.close();
    daemon.close();
    trading.close();
  }

  private Path file() {
    return folder.resolve("as2.db");
  }

  private Connection another() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file() + "?busy_timeout=60000");
  }

  /** Some of them are under way then, and others wait. */
  private void startSome() throws IOException {
    for (int i = 0; i < 5; i++) {
      ledger.start(api, connector, 4);
    }
  }

  @Test
  void aLockThatAnotherProgramHoldsIsSurvived() throws Exception {
    try (Connection other = another();
        Statement statement = other.createStatement()) {
      startSome();
      statement.execute("BEGIN IMMEDIATE");

      assertThatThrownBy(() -> ledger.start(api, connector, 1))
          .isInstanceOf(ServiceUnavailableException.class)
          .hasMessageStartingWith(SENTENCE);
      assertThat(api.listConnectors(request -> request.maxResults(10)).connectors()).hasSize(1);
      statement.execute("ROLLBACK");
    }
    assertThat(ledger.start(api, connector, 1)).isTrue();

    assertEverythingWasSent();
    assertThat(log()).contains("The database " + file() + " is locked by another program.");
  }

  @Test
  void aFullDiskIsSurvived() throws Exception {
    try (Connection other = another();
        Statement statement = other.createStatement()) {
      startSome();
      fill(statement);

      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 1_000; i++) { // there is room in pages that are begun
                  ledger.start(api, connector, 10);
                }
              })
          .isInstanceOf(ServiceUnavailableException.class)
          .hasMessageStartingWith(SENTENCE);
      statement.execute("DROP TABLE ballast");
    }
    assertThat(ledger.start(api, connector, 1)).isTrue();

    assertEverythingWasSent();
    assertThat(log()).contains("The database " + file() + " cannot grow: the disk is full.");
  }

  /** Until the daemon, which keeps to its bound, gets no more page. */
  private static void fill(Statement statement) throws SQLException {
    statement.execute("CREATE TABLE ballast (octets BLOB)");
    while (pages(statement) < DISK_PAGES) {
      statement.execute("INSERT INTO ballast VALUES (zeroblob(3000))");
    }
  }

  private static int pages(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("PRAGMA page_count")) {
      return row.getInt(1);
    }
  }

  private void assertEverythingWasSent() throws IOException {
    ledger.assertAllDeliveredOnce(api);
    System.err.println("after an outage: " + ledger.summary());
  }

  private String log() throws IOException {
    return Files.readString(Path.of(folder.resolve("state") + ".err"));
  }
}
