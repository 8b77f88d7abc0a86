package dev.as2.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.CertificateEntry.Usage;
import dev.as2.core.ConnectorId;
import dev.as2.daemon.aws.CertificateText;
import dev.as2.daemon.aws.Json;
import dev.as2.daemon.aws.NewFiles;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.services.transfer.TransferClient;
import software.amazon.awssdk.services.transfer.model.InvalidRequestException;
import software.amazon.awssdk.services.transfer.model.ThrottlingException;

/** A daemon as users start it, and what it shows of itself. */
@Timeout(value = 240, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ServeCommandTest {
  /** The SDK's own: it would try again what is refused for a while. */
  private static final String ATTEMPTS = SdkSystemSetting.AWS_MAX_ATTEMPTS.property();

  @TempDir Path folder;

  @Test
  void sendsLogsCountsAndTells() throws Exception {
    Path config = folder.resolve("as2.yaml");
    try (Trading trading = Trading.open(folder)) {
      Files.writeString(
          config,
          """
          stores:
            out: {Type: LOCAL, Root: outbox}
          events:
            log: %s
          """
              .formatted(folder.resolve("events.jsonl")));
      try (DaemonProcess daemon =
              DaemonProcess.start(folder.resolve("state"), "--config", config.toString());
          TransferClient api = daemon.client()) {
        assertThat(Files.getPosixFilePermissions(folder.resolve("state/credentials")))
            .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        ConnectorId connector = trading.create(api);
        trading.file("1.edi", "one");
        String id =
            api.startFileTransfer(request ->
                    request
                        .connectorId(connector.value())
                        .sendFilePaths("/out/1.edi", "/out/none.edi"))
                .transferId();

        List<ObjectNode> outcomes = outcomes(daemon, id);
        assertThat(outcomes)
            .extracting(line -> line.path("status-code").asText())
            .containsExactlyInAnyOrder("COMPLETED", "FAILED");
        assertThat(outcomes)
            .allSatisfy(line -> assertThat(line.path("as2-message-id").asText()).contains("@"));
        assertMetrics(get(daemon, "/metrics").body());
        assertThat(get(daemon, "/health/live").statusCode()).isEqualTo(200);
        assertThat(get(daemon, "/health/ready").statusCode()).isEqualTo(200);
        assertThat(get(daemon, "/nothing.html").statusCode()).isEqualTo(404);
        assertEvents(folder.resolve("events.jsonl"), id);
        assertThat(daemon.stop()).isZero();
      }
    }
  }

  /** The log's lines of a transfer, when both files have ended. */
  private static List<ObjectNode> outcomes(DaemonProcess daemon, String id) {
    return Awaitility.await()
        .atMost(60, TimeUnit.SECONDS)
        .until(
            () ->
                daemon.lines().stream()
                    .filter(line -> line.startsWith("{") && line.contains(id))
                    .map(Json::parse)
                    .toList(),
            lines -> lines.size() == 2);
  }

  private static void assertMetrics(String metrics) {
    assertThat(metrics)
        .contains("as2_messages_total{status=\"COMPLETED\"} 1.0")
        .contains("as2_messages_total{status=\"FAILED\"} 1.0")
        .contains("as2_failures_total{code=\"SEND_FILE_NOT_FOUND\"} 1.0")
        .contains("as2_bytes_total 3.0")
        .contains("as2_queue_files{status=\"QUEUED\"} 0.0")
        .contains("as2_stage_seconds_count{stage=\"wait\"}")
        .contains("as2_certificate_days_until_expiry{certificate=\"cert-");
  }

  private static void assertEvents(Path file, String id) throws IOException {
    Awaitility.await()
        .atMost(60, TimeUnit.SECONDS)
        .until(() -> Files.exists(file) && Files.readAllLines(file).size() == 3);
    List<ObjectNode> events = Files.readAllLines(file).stream().map(Json::parse).toList();
    assertThat(events)
        .allSatisfy(event -> {
          assertThat(event.path("source").asText()).isEqualTo("aws.transfer");
          assertThat(event.path("detail").path("transfer-id").asText()).isEqualTo(id);
        });
    assertThat(events)
        .extracting(event -> event.path("detail-type").asText())
        .containsExactlyInAnyOrder(
            "AS2 Payload Send Completed", "AS2 MDN Receive Completed", "AS2 Payload Send Failed");
  }

  private static HttpResponse<String> get(DaemonProcess daemon, String path)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(daemon.endpoint().resolve(path)).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void hasTheQuotasThatItIsTold() throws Exception {
    Path config =
        Files.writeString(folder.resolve("as2.yaml"), "api: {connectors: 1, calls: 10}\n");
    try (Trading trading = Trading.open(folder);
        DaemonProcess daemon =
            DaemonProcess.start(folder.resolve("state"), "--config", config.toString());
        TransferClient api = daemon.client()) {
      trading.create(api);

      assertThatThrownBy(() -> trading.create(api))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContaining("There are 1 connectors already, as many as the quota allows.");
      assertThatThrownBy(() -> callWithoutEnd(daemon)).isInstanceOf(ThrottlingException.class);
    }
  }

  private static void callWithoutEnd(DaemonProcess daemon) throws IOException {
    System.setProperty(ATTEMPTS, "1");
    try (TransferClient api = daemon.client()) {
      while (true) {
        api.listConnectors(request -> request.maxResults(1));
      }
    } finally {
      System.clearProperty(ATTEMPTS);
    }
  }

  @Test
  void refusesAFolderThatAnotherDaemonUses() throws Exception {
    Path state = folder.resolve("state");
    DaemonProcess daemon = DaemonProcess.start(state);
    try (daemon) {
      Run run = Run.of("serve", "--state", state, "--port", "0");

      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).contains("Another daemon uses " + state);
    }
  }

  @Test
  void readsItsTlsKeysAgainWhenTheyChange() throws Exception {
    Path certificate = folder.resolve("tls.pem");
    Path key = folder.resolve("tls.key");
    X509Certificate first = write(certificate, key, "first");
    Path config =
        Files.writeString(
            folder.resolve("as2.yaml"),
            "tls: {certificate: %s, key: %s}\n".formatted(certificate, key));
    try (DaemonProcess daemon =
        DaemonProcess.start(folder.resolve("state"), "--config", config.toString())) {
      assertThat(shown(daemon.endpoint())).isEqualTo(first);

      X509Certificate second = write(certificate, key, "second");

      Awaitility.await()
          .atMost(30, TimeUnit.SECONDS)
          .until(() -> shown(daemon.endpoint()).equals(second));
    }
  }

  private static X509Certificate write(Path certificate, Path key, String name) throws IOException {
    SelfSigned.Pair pair = SelfSigned.create(Set.of(Usage.SIGNING), name, Duration.ofDays(1), 2048);
    Files.deleteIfExists(key);
    Files.deleteIfExists(certificate);
    NewFiles.writeSecret(
        key, CertificateText.pem("PRIVATE KEY", pair.key().getEncoded()).getBytes(UTF_8));
    NewFiles.write(certificate, CertificateText.pem(pair.certificate()));
    return pair.certificate();
  }

  /** The certificate that a server shows, whoever vouches for it. */
  private static X509Certificate shown(URI server) throws Exception {
    X509TrustManager anybody =
        new X509TrustManager() {
          @Override
          public void checkClientTrusted(X509Certificate[] chain, String type) {}

          @Override
          public void checkServerTrusted(X509Certificate[] chain, String type) {}

          @Override
          public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
          }
        };
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {anybody}, null);
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(server.getHost(), server.getPort())) {
      socket.startHandshake();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }
}
