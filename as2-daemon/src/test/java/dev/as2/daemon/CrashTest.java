package dev.as2.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.ConnectorId;
import dev.as2.core.ConnectorOption;
import dev.as2.core.FilePath;
import dev.as2.daemon.CountingPartner.Moment;
import dev.as2.daemon.aws.Json;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.transfer.TransferClient;
import software.amazon.awssdk.services.transfer.model.ConnectorFileTransferResult;

/**
 * The daemon is killed at every step of a transfer: in the partner's eyes the file comes once,
 * under one Message-ID and with the same octets, and both result files are written.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // one daemon, with as many lives as it needs
class CrashTest {
  private static final long LARGE = 24 << 20;
  private static final long SEED = 4_1117L;

  private Path folder = Path.of("");
  private final CountingPartner partner = new CountingPartner();
  private Trading trading;
  private ConnectorId connector = new ConnectorId("c-00000000000000000");
  private DaemonProcess daemon;

  @BeforeAll
  void start(@TempDir Path temporary) throws IOException {
    folder = temporary;
    trading = Trading.open(folder, partner::before);
    trading.with(ConnectorOption.RETRY_ATTEMPTS, "4").with(ConnectorOption.RETRY_DELAY, "100ms");
    daemon = serve();
    try (TransferClient api = daemon.client()) {
      connector = trading.create(api);
    }
  }

  private DaemonProcess serve() throws IOException {
    return DaemonProcess.start(folder.resolve("state"), "--bucket", "out=" + trading.outbox());
  }

  @AfterAll
  void stop() throws Exception {
    daemon.close();
    trading.close();
  }

  @BeforeEach
  void forget() {
    partner.whole().clear();
  }

  @AfterEach
  void goOn() {
    partner.goOn();
  }

  private String startTransfer(FilePath... files) throws IOException {
    try (TransferClient api = daemon.client()) {
      return api.startFileTransfer(request ->
              request
                  .connectorId(connector.value())
                  .sendFilePaths(Stream.of(files).map(FilePath::toString).toList()))
          .transferId();
    }
  }

  private FilePath large(String name) throws IOException {
    byte[] block = new byte[1 << 20];
    Random random = new Random(SEED); // cannot be compressed
    try (RandomAccessFile file =
        new RandomAccessFile(trading.outbox().resolve(name).toFile(), "rw")) {
      for (long written = 0; written < LARGE; written += block.length) {
        random.nextBytes(block);
        file.write(block);
      }
    }
    return new FilePath("out", name);
  }

  private void killAndStartAgain() throws Exception {
    daemon.kill();
    partner.goOn();
    daemon = serve();
  }

  /** What the partner has, what the API says and what lies beside the file, once all has ended. */
  private void assertDeliveredOnce(String transferId, int files) throws IOException {
    try (TransferClient api = daemon.client()) {
      within()
          .until(
              results(api, transferId),
              all ->
                  all.size() == files
                      && all.stream().allMatch(each -> ended(each.statusCodeAsString())));
      assertThat(results(api, transferId).call())
          .allSatisfy(each -> assertThat(each.statusCodeAsString()).isEqualTo("COMPLETED"));
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
    List<Path> records = results(transferId, ".json");
    assertThat(records).hasSize(files);
    assertThat(results(transferId, ".mdn")).hasSize(files);
    for (Path record : records) {
      String messageId = Json.parse(Files.readString(record)).path("as2-message-id").asText();
      List<String> whole = partner.whole().getOrDefault("<" + messageId + ">", List.of());
      assertThat(whole).as("bodies of " + messageId).isNotEmpty();
      assertThat(whole.stream().distinct()).as("digests of " + messageId).hasSize(1);
      assertThat(partner.beganTheSame("<" + messageId + ">")).isTrue();
    }
    assertThat(partner.whole()).as("Message-IDs").hasSize(files);
  }

  private static boolean ended(String status) {
    return status.equals("COMPLETED") || status.equals("FAILED");
  }

  private Callable<List<ConnectorFileTransferResult>> results(
      TransferClient api, String transferId) {
    return () ->
        api.listFileTransferResults(
                request -> request.connectorId(connector.value()).transferId(transferId))
            .fileTransferResults();
  }

  private static ConditionFactory within() {
    return Awaitility.await().atMost(120, TimeUnit.SECONDS).pollInterval(50, TimeUnit.MILLISECONDS);
  }

  private List<Path> results(String transferId, String suffix) throws IOException {
    try (Stream<Path> files = Files.list(trading.outbox())) {
      return files
          .filter(file -> file.toString().contains(transferId) && file.toString().endsWith(suffix))
          .toList();
    }
  }

  @Test
  void whatIsAcceptedIsSent() throws Exception {
    String id = startTransfer(trading.file("1.edi", "one"), trading.file("2.edi", "two"));
    killAndStartAgain();

    assertDeliveredOnce(id, 2);
  }

  @Test
  void killedWhileTheFileIsRead() throws Exception {
    FilePath file = large("large.bin");
    partner.stopAt(Moment.BODY_BEGUN);
    String id = startTransfer(file);
    within().until(() -> daemon.hasOpen("large.bin"));
    killAndStartAgain();

    assertDeliveredOnce(id, 1);
  }

  @Test
  void killedWhileTheMessageIsUploaded() throws Exception {
    FilePath file = large("large.bin");
    partner.stopAt(Moment.BODY_BEGUN);
    String id = startTransfer(file);
    partner.awaitStop();
    killAndStartAgain();

    assertDeliveredOnce(id, 1);
  }

  @Test
  void killedWhileItWaitsForTheMdn() throws Exception {
    partner.stopAt(Moment.BODY_WHOLE);
    String id = startTransfer(trading.file("1.edi", "one"));
    partner.awaitStop();
    killAndStartAgain();

    assertDeliveredOnce(id, 1);
  }

  @Test
  void killedWhenTheMdnIsRead() throws Exception {
    String id = startTransfer(trading.file("1.edi", "one"));
    try (Connection database =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("state/as2.db"));
        PreparedStatement answered =
            database.prepareStatement(
                "select 1 from transfer_file where transfer_id = ?"
                    + " and (answer is not null or ended is not null)")) {
      answered.setString(1, id);
      within().pollInterval(1, TimeUnit.MILLISECONDS).until(() -> any(answered));
    }
    killAndStartAgain();

    assertDeliveredOnce(id, 1);
    assertThat(partner.whole().values()).allSatisfy(bodies -> assertThat(bodies).hasSize(1));
  }

  private static boolean any(PreparedStatement select) throws SQLException {
    try (ResultSet rows = select.executeQuery()) {
      return rows.next();
    }
  }

  @Test
  void killedWhenTheMdnIsWritten() throws Exception {
    String id = startTransfer(trading.file("1.edi", "one"));
    within().pollInterval(1, TimeUnit.MILLISECONDS).until(() -> !results(id, ".mdn").isEmpty());
    killAndStartAgain();

    assertDeliveredOnce(id, 1);
    assertThat(partner.whole().values()).allSatisfy(bodies -> assertThat(bodies).hasSize(1));
  }

  @Test
  void killedWhenTheRecordIsWritten() throws Exception {
    String id = startTransfer(trading.file("1.edi", "one"));
    within().pollInterval(1, TimeUnit.MILLISECONDS).until(() -> !results(id, ".json").isEmpty());
    killAndStartAgain();

    assertDeliveredOnce(id, 1);
    assertThat(partner.whole().values()).allSatisfy(bodies -> assertThat(bodies).hasSize(1));
  }

  @Test
  void endsWithZeroWhenItIsToldToAndGoesOnWhenItIsStartedAgain() throws Exception {
    partner.stopAt(Moment.BODY_WHOLE);
    String id = startTransfer(trading.file("1.edi", "one"));
    partner.awaitStop();
    daemon.close();
    daemon =
        DaemonProcess.start(
            folder.resolve("state"),
            Map.of("AS2_GRACE", "500ms"),
            "--bucket",
            "out=" + trading.outbox());
    assertThat(daemon.stop()).isZero();
    assertThat(results(id, ".json")).isEmpty();
    partner.goOn();
    daemon = serve();

    assertDeliveredOnce(id, 1);
  }
}
