package dev.as2.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.As2Handler;
import dev.as2.daemon.aws.Json;
import dev.as2.daemon.state.Databases;
import dev.as2.mime.Headers;
import dev.as2.transport.NettyAs2Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.transfer.TransferClient;
import software.amazon.awssdk.services.transfer.model.Tag;

/** Daemons that receive: from another one, and from a partner who knows only HTTP. */
@Timeout(value = 240, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReceivingTest {
  private static final Firm US = Firm.of("US");
  private static final Firm THEM = Firm.of("THEM");
  private static final String MESSAGE_ID = "<1@them.example>";

  @TempDir Path folder;
  private Path inbox;

  @BeforeEach
  void makeFolders() throws IOException {
    inbox = Files.createDirectories(folder.resolve("inbox"));
  }

  /** A daemon of ours that receives into the bucket {@code in}. */
  private DaemonProcess receiver() throws IOException {
    return DaemonProcess.start(
        folder.resolve("us"),
        Map.of("AS2_EVENTS_LOG", folder.resolve("events.jsonl").toString()),
        "--receive-port",
        "0",
        "--bucket",
        "in=" + inbox);
  }

  private Path only(String suffix) throws IOException {
    try (Stream<Path> files = Files.list(inbox.resolve("them/processed"))) {
      List<Path> found = files.filter(each -> each.toString().endsWith(suffix)).toList();
      assertThat(found).as(suffix).hasSize(1);
      return found.get(0);
    }
  }

  private List<ObjectNode> events(int count) {
    Path file = folder.resolve("events.jsonl");
    return Awaitility.await()
        .atMost(60, TimeUnit.SECONDS)
        .until(
            () -> Files.exists(file) ? Files.readAllLines(file) : List.<String>of(),
            lines -> lines.size() == count)
        .stream()
        .map(Json::parse)
        .toList();
  }

  @Test
  void whatOneDaemonSendsAnotherReceives() throws Exception {
    Path outbox = Files.createDirectories(folder.resolve("outbox"));
    Files.writeString(outbox.resolve("orders.edi"), "UNA:+.? '");
    try (DaemonProcess us = receiver();
        TransferClient ours = us.client();
        DaemonProcess them =
            DaemonProcess.start(folder.resolve("them"), "--bucket", "out=" + outbox);
        TransferClient theirs = them.client()) {
      String agreement = US.receivesFrom(ours, THEM, "/in/them");
      String connector = THEM.sendsTo(theirs, US, us.receiving().resolve("/as2").toString());
      String transfer =
          theirs
              .startFileTransfer(
                  request -> request.connectorId(connector).sendFilePaths("/out/orders.edi"))
              .transferId();

      JsonNode sent = line(them, transfer);
      assertThat(sent.path("status-code").asText()).as(sent.toString()).isEqualTo("COMPLETED");
      String messageId = sent.path("as2-message-id").asText();
      assertThat(only(".edi")).hasContent("UNA:+.? '");
      assertThat(only(".edi").getFileName()).hasToString("orders." + messageId + ".edi");
      assertThat(only(".mdn")).content().contains("disposition-notification");
      JsonNode received = line(us, messageId);
      assertThat(received.path("status-code").asText()).isEqualTo("COMPLETED");
      assertThat(received.path("agreement-id").asText()).isEqualTo(agreement);
      assertThat(received.path("file-path").asText()).startsWith("/in/them/processed/orders.");
      assertThat(get(us.endpoint().resolve("/metrics")))
          .contains("as2_received_total{status=\"COMPLETED\"} 1.0")
          .contains("as2_received_bytes_total 9.0")
          .contains("as2_mdns_sent_total{status=\"COMPLETED\"} 1.0");
      assertEvents(events(2), agreement, messageId);
      assertThat(us.stop()).isZero();
    }
  }

  @Test
  void aDaemonThatAsksForAnAsynchronousMdnGetsIt() throws Exception {
    Path outbox = Files.createDirectories(folder.resolve("outbox"));
    Files.writeString(outbox.resolve("orders.edi"), "UNA:+.? '");
    String[] sends = {"--bucket", "out=" + outbox, "--receive-port", "0"};
    try (DaemonProcess us = receiver();
        TransferClient ours = us.client();
        DaemonProcess them = DaemonProcess.start(folder.resolve("them"), sends);
        TransferClient theirs = them.client()) {
      String agreement = US.receivesFrom(ours, THEM, "/in/them", tag("as2:mdn-hosts", "127.0.0.1"));
      String connector = THEM.sendsTo(theirs, US, us.receiving().toString());
      them.makeAsynchronous(connector, them.receiving());
      String transfer =
          theirs
              .startFileTransfer(
                  request -> request.connectorId(connector).sendFilePaths("/out/orders.edi"))
              .transferId();

      JsonNode sent = line(them, transfer);

      assertThat(sent.path("status-code").asText()).as(sent.toString()).isEqualTo("COMPLETED");
      JsonNode received = line(us, sent.path("as2-message-id").asText());
      assertThat(received.path("agreement-id").asText()).isEqualTo(agreement);
      assertThat(received.path("mdn-url").asText()).isEqualTo(them.receiving().toString());
      assertThat(only(".edi")).hasContent("UNA:+.? '");
    }
  }

  private static void assertEvents(List<ObjectNode> events, String agreement, String messageId) {
    assertThat(events)
        .extracting(event -> event.path("detail-type").asText())
        .containsExactly("AS2 Payload Receive Completed", "AS2 MDN Send Completed");
    assertThat(events)
        .allSatisfy(event -> {
          assertThat(event.path("resources").path(0).asText())
              .isEqualTo(
                  "arn:aws:transfer:us-east-1:000000000000:agreement/%s/%s"
                      .formatted(Firm.SERVER, agreement));
          assertThat(event.at("/detail/as2-message-id").asText()).isEqualTo(messageId);
          assertThat(event.at("/detail/s3-attributes/file-bucket").asText()).isEqualTo("in");
          assertThat(event.at("/detail/mdn-type").asText()).isEqualTo("SYNC");
        });
    assertThat(events)
        .extracting(event -> event.at("/detail/as2-from").asText())
        .containsExactly("THEM", "US");
    assertThat(events)
        .extracting(event -> event.at("/detail/status-code").asText())
        .containsExactly("PROCESSING", "COMPLETED");
  }

  /** The log's line with this id, when it is there. */
  private static JsonNode line(DaemonProcess daemon, String id) {
    return Awaitility.await()
        .atMost(60, TimeUnit.SECONDS)
        .until(
            () ->
                daemon.lines().stream()
                    .filter(line -> line.startsWith("{") && line.contains(id))
                    .map(Json::parse)
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  private static String get(URI url) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString())
        .body();
  }

  private static HttpResponse<byte[]> post(URI url, String... more)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .headers(
                "AS2-Version", "1.1",
                "AS2-From", "THEM",
                "AS2-To", "US",
                "Message-ID", MESSAGE_ID,
                "Content-Type", "text/plain",
                "Disposition-Notification-To", "them@them.example")
            .POST(BodyPublishers.ofString("an order"));
    if (more.length > 0) {
      request.headers(more);
    }
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofByteArray());
  }

  @Test
  void aMessageThatComesAgainGetsTheSameAnswerFromTheNextLife() throws Exception {
    HttpResponse<byte[]> first;
    DaemonProcess killed = receiver();
    try (killed;
        TransferClient api = killed.client()) {
      US.receivesFrom(api, THEM, "/in/them");
      first = post(killed.receiving());
      killed.kill();
    }
    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(new String(first.body(), UTF_8)).contains("automatic-action/MDN-sent-automatically");
    Files.createFile(folder.resolve("us/spool/left-behind"));

    DaemonProcess next = receiver();
    try (next) {
      HttpResponse<byte[]> second = post(next.receiving());

      assertThat(second.body()).isEqualTo(first.body());
      assertThat(second.headers().firstValue("Message-ID"))
          .isEqualTo(first.headers().firstValue("Message-ID"));
      assertThat(only("1@them.example")).hasContent("an order");
      assertThat(get(next.endpoint().resolve("/metrics"))).contains("as2_received_again_total 1.0");
      assertThat(folder.resolve("us/spool")).isEmptyDirectory();
    }
  }

  @Test
  void aMessageThatComesAgainGetsTheSameAnswerFromAnotherDaemon() throws Exception {
    String[] shared = {
      "--receive-port",
      "0",
      "--bucket",
      "in=" + inbox,
      "--database",
      Databases.POSTGRESQL.url(folder)
    };
    Map<String, String> key = Map.of("AS2_MASTER_KEY", folder.resolve("master.key").toString());
    try (DaemonProcess one = DaemonProcess.start(folder.resolve("one"), key, shared);
        DaemonProcess other = DaemonProcess.start(folder.resolve("other"), key, shared);
        TransferClient api = one.client()) {
      US.receivesFrom(api, THEM, "/in/them");

      HttpResponse<byte[]> first = post(one.receiving());
      HttpResponse<byte[]> second = post(other.receiving());

      assertThat(first.statusCode()).isEqualTo(200);
      assertThat(second.body()).isEqualTo(first.body());
      assertThat(only("1@them.example")).hasContent("an order");
    }
  }

  @Test
  void anAsynchronousMdnThatCouldNotBePostedIsPostedByTheNextLife() throws Exception {
    BlockingQueue<String> mdns = new LinkedBlockingQueue<>();
    As2Handler partner =
        request -> {
          mdns.add(new String(request.body().readAllBytes(), UTF_8));
          return new As2Handler.Answer(mdns.size() == 1 ? 503 : 200, Headers.EMPTY, new byte[0]);
        };
    try (NettyAs2Server server =
        NettyAs2Server.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), partner)) {
      String url = "http://localhost:" + server.address().getPort() + "/mdn";
      DaemonProcess killed = receiver();
      try (killed;
          TransferClient api = killed.client()) {
        US.receivesFrom(api, THEM, "/in/them", tag("as2:mdn-hosts", "localhost"));
        HttpResponse<byte[]> answer = post(killed.receiving(), "Receipt-Delivery-Option", url);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(mdns.poll(60, TimeUnit.SECONDS)).contains(MESSAGE_ID);
        killed.kill();
      }
      mdns.add("the first one, which was refused");

      DaemonProcess next = receiver();
      try (next) {
        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> mdns.size() == 2);
        List<ObjectNode> events = events(2);
        assertThat(events)
            .extracting(event -> event.path("detail-type").asText())
            .containsExactly("AS2 Payload Receive Completed", "AS2 MDN Send Completed");
        assertThat(events.get(1).at("/detail/mdn-type").asText()).isEqualTo("ASYNC");
        assertThat(next.stop()).isZero();
      }
    }
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }
}
