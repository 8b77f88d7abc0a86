package dev.as2.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.ConnectorId;
import dev.as2.core.FilePath;
import dev.as2.core.FileStore;
import dev.as2.core.StoredFile;
import dev.as2.daemon.state.MotoServer;
import dev.as2.mime.Content;
import dev.as2.s3.S3FileStore;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.transfer.TransferClient;

/** What appears below a prefix of S3, for which moto_server answers, is sent exactly once. */
@Tag("moto")
@Tag("large")
@Timeout(value = 240, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WatchedPrefixTest {
  private static final int FILES = 20;

  @TempDir Path folder;

  @Test
  void eachVersionBelowAPrefixIsSentOnceAlsoByADaemonThatDies() throws Exception {
    CountingPartner partner = new CountingPartner();
    try (MotoServer moto = MotoServer.start();
        Trading trading = Trading.open(folder, partner::before);
        S3FileStore s3 = bucket(moto)) {
      Files.writeString(config(), stores(moto));
      try (DaemonProcess daemon = daemon(moto)) {
        Files.writeString(config(), stores(moto) + watch(connector(trading, daemon)));
      }
      for (int i = 0; i < FILES; i++) {
        put(s3, "in/%02d.edi".formatted(i), "content " + i);
      }
      put(s3, "in/deeper/other.edi", "not that");
      put(s3, "beside.edi", "nor that");

      try (DaemonProcess first = daemon(moto)) {
        await(() -> partner.whole().size() >= FILES / 2);
        first.kill();
      }
      try (DaemonProcess second = daemon(moto)) {
        await(() -> records(s3).size() == FILES);
        put(s3, "in/00.edi", "content 0"); // is what it was
        put(s3, "in/01.edi", "other content");
        put(s3, "in/zz.edi", "the last one, whose look has seen all others");
        await(() -> records(s3).size() == FILES + 2);
        assertThat(second.stop()).isZero();
      }

      assertThat(partner.whole()).hasSize(FILES + 2);
      assertThat(partner.whole().values())
          .allSatisfy(bodies -> assertThat(bodies).containsOnly(bodies.get(0)));
      assertThat(trading.received().resolve("01.edi")).hasContent("other content");
      assertThat(trading.received().resolve("19.edi")).hasContent("content 19");
      assertThat(trading.received().resolve("other.edi")).doesNotExist();
      assertThat(trading.received().resolve("beside.edi")).doesNotExist();
    }
  }

  private Path config() {
    return folder.resolve("as2.yaml");
  }

  private static ConnectorId connector(Trading trading, DaemonProcess daemon) throws Exception {
    try (TransferClient api = daemon.client()) {
      ConnectorId connector = trading.create(api);
      assertThat(daemon.stop()).isZero();
      return connector;
    }
  }

  private static String watch(ConnectorId connector) {
    return """
    watch:
      - {name: in, connector: %s, folder: /inbox/in, every: 300ms, settle: 500ms}
    """
        .formatted(connector);
  }

  private static String stores(MotoServer moto) {
    return """
    stores:
      inbox: {Type: S3, Endpoint: "%s", Region: us-east-1, PathStyle: true, AssumeRole: true}
    """
        .formatted(moto.endpoint());
  }

  private DaemonProcess daemon(MotoServer moto) throws IOException {
    return DaemonProcess.start(
        folder.resolve("state"), moto.environment(), "--config", config().toString());
  }

  private static S3FileStore bucket(MotoServer moto) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(moto.endpoint().resolve("/inbox"))
            .PUT(BodyPublishers.noBody())
            .build();
    assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode())
        .isEqualTo(200);
    return S3FileStore.builder().endpoint(moto.endpoint()).region("us-east-1").pathStyle().build();
  }

  private static void put(FileStore s3, String key, String content) throws IOException {
    s3.write(new FilePath("inbox", key), Content.of(content.getBytes(UTF_8)), "text/plain");
  }

  private static List<StoredFile> records(FileStore s3) throws IOException {
    return s3.list("inbox", "in/", 1_000).stream()
        .filter(file -> file.path().key().endsWith(".json"))
        .toList();
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await().atMost(120, TimeUnit.SECONDS).until(condition);
  }
}
