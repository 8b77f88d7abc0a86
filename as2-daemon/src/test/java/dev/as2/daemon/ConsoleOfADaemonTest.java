package dev.as2.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.ConnectorId;
import dev.as2.daemon.aws.Json;
import java.io.IOException;
import java.net.CookieManager;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.transfer.TransferClient;

/** The console over a daemon's own state: what the queue makes of an order is what it shows. */
@Timeout(value = 240, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConsoleOfADaemonTest {
  @TempDir Path folder;
  private final HttpClient browser =
      HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

  @Test
  void sendsAndShowsWhatBecameOfIt() throws Exception {
    try (Trading trading = Trading.open(folder);
        DaemonProcess daemon =
            DaemonProcess.start(folder.resolve("state"), "--bucket", "out=" + trading.outbox());
        TransferClient api = daemon.client()) {
      ConnectorId connector = trading.create(api);
      trading.file("1.edi", "one");
      assertThat(get(daemon, "/").body()).contains("<title>AS2 console</title>");

      String token = post(daemon, "sign-in", "", firstKey()).path("token").asText();
      String order = "{\"connectorId\": \"%s\", \"files\": [\"/out/1.edi\"]}".formatted(connector);
      String id = post(daemon, "send", token, order).path("transferId").asText();
      JsonNode file = ended(daemon, id);
      assertThat(file.path("status").asText()).isEqualTo("COMPLETED");
      assertThat(file.path("partner").asText()).isEqualTo("demo-partner");
      assertThat(file.path("record").path("mic-match").asText()).isEqualTo("rfc");
      assertThat(file.path("record").path("json-file").asText()).startsWith("/out/1.");
      assertThat(read(daemon, "mdn?transferId=" + id).path("fields").toString())
          .contains("Received-Content-MIC");

      String key = "{\"transferId\": \"%s\", \"number\": 0}".formatted(id);
      String again = post(daemon, "resend", token, key).path("transferId").asText();
      assertThat(ended(daemon, again).path("resendOf").path("transferId").asText()).isEqualTo(id);
      assertThat(read(daemon, "transfers?text=DEMO-partner").path("files")).hasSize(2);
      assertThat(read(daemon, "transfers?text=" + id).path("files")).hasSize(1);
      assertThat(read(daemon, "certificates").path("total").asInt()).isEqualTo(4);
      assertThat(daemon.stop()).isZero();
    }
  }

  /** As the daemon wrote it for AWS's tools. */
  private String firstKey() throws IOException {
    Properties credentials = new Properties();
    try (var reader = Files.newBufferedReader(folder.resolve("state/credentials"))) {
      credentials.load(reader);
    }
    return Json.line(
        Json.object()
            .put("accessKeyId", credentials.getProperty("aws_access_key_id"))
            .put("secretAccessKey", credentials.getProperty("aws_secret_access_key")));
  }

  private JsonNode ended(DaemonProcess daemon, String id) {
    return Awaitility.await()
        .atMost(60, TimeUnit.SECONDS)
        .until(() -> read(daemon, "transfer?transferId=" + id), file -> file.has("ended"));
  }

  private ObjectNode read(DaemonProcess daemon, String path)
      throws IOException, InterruptedException {
    return Json.parse(get(daemon, "/console/" + path).body());
  }

  private HttpResponse<String> get(DaemonProcess daemon, String path)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(daemon.endpoint().resolve(path)).build();
    return browser.send(request, BodyHandlers.ofString());
  }

  private ObjectNode post(DaemonProcess daemon, String path, String token, String json)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(daemon.endpoint().resolve("/console/" + path))
            .header("Content-Type", "application/json")
            .header("Origin", daemon.endpoint().toString())
            .header("X-Console-Token", token)
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    return Json.parse(browser.send(request, BodyHandlers.ofString()).body());
  }
}
