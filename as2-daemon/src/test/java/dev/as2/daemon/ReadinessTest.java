package dev.as2.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.ConnectorId;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.transfer.TransferClient;

/** What a daemon says of itself while its PostgreSQL is away, and when it is back. */
@Tag("large")
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReadinessTest {
  @TempDir Path folder;
  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void itIsNotReadyWhileTheDatabaseIsAwayAndSendsWhenItIsBack() throws Exception {
    EmbeddedPostgres postgres = postgres(0);
    int port = postgres.getPort();
    try (Trading trading = Trading.open(folder);
        DaemonProcess daemon =
            DaemonProcess.start(
                folder.resolve("state"),
                Map.of("AS2_QUEUE_HEARTBEAT", "1s", "AS2_QUEUE_POLL", "500ms"),
                "--bucket",
                "out=" + trading.outbox(),
                "--database",
                postgres.getJdbcUrl("postgres", "postgres"));
        TransferClient api = daemon.client()) {
      ConnectorId connector = trading.create(api);
      assertThat(get(daemon, "ready").statusCode()).isEqualTo(200);

      postgres.close();
      assertThat(get(daemon, "ready").body())
          .isEqualTo("{\"status\":\"DOWN\",\"reason\":\"database\"}\n");
      assertThat(get(daemon, "ready").statusCode()).isEqualTo(503);
      assertThat(get(daemon, "live").statusCode()).isEqualTo(200);

      postgres = postgres(port);
      Awaitility.await()
          .atMost(60, TimeUnit.SECONDS)
          .until(() -> get(daemon, "ready").statusCode() == 200);
      String file = trading.file("1.edi", "one").toString();
      api.startFileTransfer(request -> request.connectorId(connector.value()).sendFilePaths(file));
      Awaitility.await()
          .atMost(60, TimeUnit.SECONDS)
          .until(() -> Files.exists(trading.received().resolve("1.edi")));
      assertThat(daemon.stop()).isZero();
    } finally {
      postgres.close();
    }
  }

  /** A server over the same files each time. */
  private EmbeddedPostgres postgres(int port) throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(folder.resolve("postgres"))
        .setCleanDataDirectory(false)
        .setPort(port)
        .start();
  }

  private HttpResponse<String> get(DaemonProcess daemon, String which)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(daemon.endpoint().resolve("/health/" + which)).build(),
        BodyHandlers.ofString());
  }
}
