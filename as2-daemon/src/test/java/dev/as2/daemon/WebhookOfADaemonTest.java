package dev.as2.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.As2Handler;
import dev.as2.core.ConnectorId;
import dev.as2.daemon.aws.Json;
import dev.as2.mime.Headers;
import dev.as2.transport.NettyAs2Server;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.transfer.TransferClient;

/** Events of a daemon for a web server that refuses the first one and then lets it wait. */
@Timeout(value = 240, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WebhookOfADaemonTest {
  @TempDir Path folder;
  private final List<ObjectNode> events = new CopyOnWriteArrayList<>();
  private final CountDownLatch stalled = new CountDownLatch(1);
  private NettyAs2Server server;
  private Trading trading;

  @BeforeEach
  void start() throws IOException {
    server =
        NettyAs2Server.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), this::answer);
    trading = Trading.open(folder);
  }

  @AfterEach
  void stop() {
    stalled.countDown();
    server.close();
    trading.close();
  }

  private synchronized As2Handler.Answer answer(As2Handler.Request request) throws IOException {
    events.add(Json.parse(new String(request.body().readAllBytes(), UTF_8)));
    try {
      if (events.size() == 2) {
        stalled.await();
      }
      return new As2Handler.Answer(events.size() < 3 ? 500 : 200, Headers.EMPTY, new byte[0]);
    } catch (InterruptedException e) {
      throw new InterruptedIOException("the server ends");
    }
  }

  private DaemonProcess daemon() throws IOException {
    return DaemonProcess.start(
        folder.resolve("state"),
        Map.of(
            "AS2_EVENTS_WEBHOOK",
            "http://127.0.0.1:" + server.address().getPort() + "/hook",
            "AS2_QUEUE_POLL",
            "200ms"),
        "--bucket",
        "out=" + trading.outbox());
  }

  @Test
  void eventsOutliveARefusalAStallAndTheDaemonAndHoldUpNoFile() throws Exception {
    try (DaemonProcess first = daemon();
        TransferClient api = first.client()) {
      ConnectorId connector = trading.create(api);
      start(api, connector, "1.edi");
      await(() -> events.size() == 2);
      start(api, connector, "2.edi");
      await(() -> trading.received().resolve("2.edi").toFile().exists());
      await(() -> ended(first) == 2);
      first.kill();
    }
    stalled.countDown();

    try (DaemonProcess second = daemon()) {
      await(() -> events.size() == 6);
      assertThat(second.stop()).isZero();
    }
    assertThat(ids().subList(0, 3)).containsOnly(ids().get(0)); // refused, stalled, taken
    assertThat(ids().subList(2, 6)).doesNotHaveDuplicates();
    assertThat(events.get(2)).isEqualTo(events.get(0)).isEqualTo(events.get(1));
    assertThat(events.subList(2, 6))
        .extracting(event -> event.path("detail-type").asText())
        .containsExactly(
            "AS2 Payload Send Completed", "AS2 MDN Receive Completed",
            "AS2 Payload Send Completed", "AS2 MDN Receive Completed");
  }

  private List<String> ids() {
    return events.stream().map(event -> event.path("id").asText()).toList();
  }

  private void start(TransferClient api, ConnectorId connector, String name) throws IOException {
    String path = trading.file(name, "content of " + name).toString();
    api.startFileTransfer(request -> request.connectorId(connector.value()).sendFilePaths(path));
  }

  private static long ended(DaemonProcess daemon) throws IOException {
    return daemon.lines().stream().filter(line -> line.contains("\"COMPLETED\"")).count();
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await().atMost(60, TimeUnit.SECONDS).until(condition);
  }
}
