package dev.as2.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.as2.core.ConnectorId;
import dev.as2.core.ConnectorOption;
import dev.as2.daemon.CountingPartner.Moment;
import dev.as2.daemon.aws.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.transfer.TransferClient;

/**
 * The daemon is killed while it waits for an asynchronous MDN: the message is not sent again, and
 * ends with its MDN whenever that comes, or at its time.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // one daemon, with as many lives as it needs
class LateMdnCrashTest {
  private static final URI SOMEWHERE = URI.create("http://us.example/mdn");
  private static final String PATIENCE = "5s";

  private Path folder = Path.of("");
  private final LatePartner late = new LatePartner();
  private final CountingPartner partner = new CountingPartner();
  private Trading trading;
  private ConnectorId patient = new ConnectorId("c-00000000000000000");
  private ConnectorId hasty = patient;
  private DaemonProcess daemon;

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    folder = temporary;
    trading = Trading.open(folder, answering -> partner.before(late.before(answering)));
    trading.with(ConnectorOption.RETRY_ATTEMPTS, "4").with(ConnectorOption.RETRY_DELAY, "100ms");
    daemon = serve();
    try (TransferClient api = daemon.client()) {
      patient = trading.create(api);
      trading.with(ConnectorOption.ASYNC_MDN_TIMEOUT, PATIENCE);
      hasty = trading.create(api);
    }
    daemon.makeAsynchronous(patient.value(), SOMEWHERE);
    daemon.makeAsynchronous(hasty.value(), SOMEWHERE);
  }

  private DaemonProcess serve() throws IOException {
    return DaemonProcess.start(
        folder.resolve("state"), "--bucket", "out=" + trading.outbox(), "--receive-port", "0");
  }

  @AfterAll
  void stop() throws Exception {
    daemon.close();
    trading.close();
  }

  @BeforeEach
  void forget() {
    partner.whole().clear();
    late.deliveries().clear();
  }

  private String startTransfer(ConnectorId connector, String file) throws IOException {
    try (TransferClient api = daemon.client()) {
      String path = trading.file(file, "content of " + file).toString();
      return api.startFileTransfer(
              request -> request.connectorId(connector.value()).sendFilePaths(path))
          .transferId();
    }
  }

  private static ConditionFactory within() {
    return Awaitility.await().atMost(120, TimeUnit.SECONDS).pollInterval(10, TimeUnit.MILLISECONDS);
  }

  /** Waits until a transfer waits; returns its Message-ID. */
  private String awaitRest(String transferId) throws SQLException {
    try (Connection database =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("state/as2.db"));
        PreparedStatement select =
            database.prepareStatement(
                "select message_id from transfer_file where transfer_id = ?"
                    + " and rests_until is not null")) {
      select.setString(1, transferId);
      return "<" + within().until(() -> text(select), text -> !text.isEmpty()) + ">";
    }
  }

  private static String text(PreparedStatement select) throws SQLException {
    try (ResultSet row = select.executeQuery()) {
      return row.next() ? row.getString(1) : "";
    }
  }

  /** The record beside the file, when it is there. */
  private JsonNode record(String transferId) throws IOException {
    within().until(() -> !results(transferId, ".json").isEmpty());
    List<Path> records = results(transferId, ".json");
    assertThat(records).hasSize(1);
    return Json.parse(Files.readString(records.get(0)));
  }

  private List<Path> results(String transferId, String suffix) throws IOException {
    try (Stream<Path> files = Files.list(trading.outbox())) {
      return files
          .filter(file -> file.toString().contains(transferId) && file.toString().endsWith(suffix))
          .toList();
    }
  }

  private void assertCompleted(String transferId, String messageId, int deliveries)
      throws IOException {
    JsonNode record = record(transferId);
    assertThat(record.path("status-code").asText()).as(record.toString()).isEqualTo("COMPLETED");
    assertThat("<" + record.path("as2-message-id").asText() + ">").isEqualTo(messageId);
    assertThat(record.path("mic-match").asText()).isEqualTo("rfc");
    List<Path> mdns = results(transferId, ".mdn");
    assertThat(mdns).hasSize(1);
    assertThat(Files.readAllBytes(mdns.get(0))).endsWith(late.mdn(messageId).body());
    assertThat(late.deliveries()).hasSize(deliveries).containsOnly(messageId);
    assertThat(partner.whole().getOrDefault(messageId, List.of()).stream().distinct()).hasSize(1);
  }

  private String metrics() throws IOException, InterruptedException {
    HttpRequest metrics = HttpRequest.newBuilder(daemon.endpoint().resolve("/metrics")).build();
    return HttpClient.newHttpClient().send(metrics, BodyHandlers.ofString()).body();
  }

  @Test
  void killedWhileItWaitsAndTheMdnComesWhileItIsDownAndAgain() throws Exception {
    String id = startTransfer(patient, "1.edi");
    String messageId = awaitRest(id);
    assertThat(metrics()).contains("as2_mdns_waiting 1.0");
    URI before = daemon.receiving();
    daemon.kill();
    assertThatThrownBy(() -> late.post(messageId, before)).isInstanceOf(ConnectException.class);
    daemon = serve();

    assertThat(late.post(messageId, daemon.receiving())).isEqualTo(200);

    assertCompleted(id, messageId, 1);
    within().until(() -> metrics().contains("as2_mdns_waiting 0.0"));
    assertThat(late.post(messageId, daemon.receiving())).isEqualTo(200); // twice is no harm
  }

  @Test
  void killedWhenTheMdnHasCome() throws Exception {
    String id = startTransfer(patient, "2.edi");
    String messageId = awaitRest(id);
    Files.delete(trading.outbox().resolve("2.edi")); // it is the partner's, and nobody reads it
    assertThat(late.post(messageId, daemon.receiving())).isEqualTo(200);
    daemon.kill();
    daemon = serve();

    assertCompleted(id, messageId, 1);
  }

  @Test
  void killedBeforeThePartnerHasAnswered() throws Exception {
    partner.stopAt(Moment.BODY_WHOLE);
    String id = startTransfer(patient, "3.edi");
    partner.awaitStop();
    String messageId = late.deliveries().get(0);
    daemon.kill();
    partner.goOn();
    daemon = serve();
    assertThat(awaitRest(id)).isEqualTo(messageId);

    assertThat(late.post(messageId, daemon.receiving())).isEqualTo(200);

    assertCompleted(id, messageId, 2); // whether it had it the first time nobody knew
  }

  @Test
  void killedUntilTheTimeOfTheMdnIsOver() throws Exception {
    String id = startTransfer(hasty, "4.edi");
    String messageId = awaitRest(id);
    daemon.kill();
    assertThat(results(id, ".json")).isEmpty();
    daemon = serve();

    JsonNode record = record(id);

    assertThat(record.path("failure-code").asText()).isEqualTo("MDN_TIMED_OUT");
    assertThat(late.post(messageId, daemon.receiving())).isEqualTo(200);
    assertThat(results(id, ".mdn")).isEmpty();
    assertThat(record(id)).isEqualTo(record);
    assertThat(late.deliveries()).containsExactly(messageId);
  }
}
