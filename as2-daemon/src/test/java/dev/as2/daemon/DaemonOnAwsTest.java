package dev.as2.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.ConnectorId;
import dev.as2.daemon.aws.AwsClients;
import dev.as2.daemon.aws.Json;
import dev.as2.daemon.state.MotoServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.transfer.TransferClient;

/** A daemon whose master key and bus are AWS's, for which moto_server answers. */
@Tag("moto")
@Tag("large")
@Timeout(value = 240, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DaemonOnAwsTest {
  private static MotoServer moto;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws IOException {
    moto = MotoServer.start();
  }

  @AfterAll
  static void stop() {
    moto.close();
  }

  private DaemonProcess daemon(Trading trading, String setting, String value) throws IOException {
    Map<String, String> environment = new HashMap<>(moto.environment());
    environment.put("AS2_QUEUE_POLL", "200ms");
    environment.put(setting, value);
    return DaemonProcess.start(
        folder.resolve("state"), environment, "--bucket", "out=" + trading.outbox());
  }

  private static String kmsKey() throws IOException {
    try (KmsClient kms =
        new AwsClients(Optional.of(moto.endpoint()), Optional.of("us-east-1")).kms()) {
      return kms.createKey().keyMetadata().arn();
    }
  }

  @Test
  void aKeyOfKmsOpensWhatADaemonKeptAndNoOtherDoes() throws Exception {
    String masterKey = "kms:" + kmsKey();
    try (Trading trading = Trading.open(folder)) {
      ConnectorId connector;
      try (DaemonProcess daemon = daemon(trading, "AS2_MASTER_KEY", masterKey);
          TransferClient api = daemon.client()) {
        connector = trading.create(api);
        assertThat(daemon.stop()).isZero();
      }
      assertThat(folder.resolve("state/master.key")).doesNotExist();

      try (DaemonProcess daemon = daemon(trading, "AS2_MASTER_KEY", masterKey);
          TransferClient api = daemon.client()) {
        send(trading, api, connector, "1.edi");
        assertThat(daemon.stop()).isZero();
      }

      String other = kmsKey();
      assertThatThrownBy(() -> daemon(trading, "AS2_MASTER_KEY", "kms:" + other))
          .hasMessageContaining("the daemon ended with 2")
          .hasMessageContaining("The master key " + other + " cannot decrypt");
    }
  }

  /** Signs and encrypts with what is kept, so that the partner has it only where that opened. */
  private static void send(Trading trading, TransferClient api, ConnectorId connector, String name)
      throws IOException {
    String path = trading.file(name, "content of " + name).toString();
    api.startFileTransfer(request -> request.connectorId(connector.value()).sendFilePaths(path));
    Awaitility.await()
        .atMost(60, TimeUnit.SECONDS)
        .until(() -> Files.exists(trading.received().resolve(name)));
  }

  @Test
  void eventsReachARuleOfABusAsAws() throws Exception {
    String queue = queueBehindBus("edi");
    try (Trading trading = Trading.open(folder);
        DaemonProcess daemon = daemon(trading, "AS2_EVENTS_BUS", "edi");
        TransferClient api = daemon.client()) {
      ConnectorId connector = trading.create(api);
      send(trading, api, connector, "1.edi");

      List<ObjectNode> events = new ArrayList<>();
      Awaitility.await()
          .atMost(60, TimeUnit.SECONDS)
          .until(() -> {
            events.addAll(received(queue));
            return events.size() >= 2;
          });
      assertThat(events)
          .extracting(event -> event.path("detail-type").asText())
          .containsExactlyInAnyOrder("AS2 Payload Send Completed", "AS2 MDN Receive Completed");
      assertThat(events)
          .allSatisfy(event -> {
            assertThat(event.path("source").asText()).isEqualTo("as2.transfer");
            assertThat(event.path("resources").path(0).asText())
                .isEqualTo("arn:aws:transfer:us-east-1:000000000000:connector/" + connector);
            assertThat(event.path("detail").path("connector-id").asText())
                .isEqualTo(connector.value());
          });
      assertThat(daemon.stop()).isZero();
    }
  }

  /** A queue of SQS that gets what comes to a new bus from this project's source. */
  private static String queueBehindBus(String bus) throws IOException, InterruptedException {
    String queue =
        sqs("CreateQueue", Json.object().put("QueueName", bus)).path("QueueUrl").asText();
    ObjectNode question = Json.object().put("QueueUrl", queue);
    question.putArray("AttributeNames").add("QueueArn");
    String arn = sqs("GetQueueAttributes", question).path("Attributes").path("QueueArn").asText();
    try (EventBridgeClient client =
        EventBridgeClient.builder()
            .endpointOverride(moto.endpoint())
            .region(Region.US_EAST_1)
            .httpClient(UrlConnectionHttpClient.create())
            .build()) {
      client.createEventBus(request -> request.name(bus));
      client.putRule(request ->
          request.name("all").eventBusName(bus).eventPattern("{\"source\":[\"as2.transfer\"]}"));
      client.putTargets(request ->
          request
              .rule("all")
              .eventBusName(bus)
              .targets(Target.builder().id("queue").arn(arn).build()));
    }
    return queue;
  }

  private static List<ObjectNode> received(String queue) throws IOException, InterruptedException {
    JsonNode messages =
        sqs("ReceiveMessage", Json.object().put("QueueUrl", queue).put("MaxNumberOfMessages", 10))
            .path("Messages");
    List<ObjectNode> events = new ArrayList<>();
    messages.forEach(message -> events.add(Json.parse(message.path("Body").asText())));
    return events;
  }

  /** A call of SQS; moto_server looks at no signature but for the service's name. */
  private static ObjectNode sqs(String operation, ObjectNode body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(moto.endpoint())
            .header("Content-Type", "application/x-amz-json-1.0")
            .header("X-Amz-Target", "AmazonSQS." + operation)
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=AKIA/20260101/us-east-1/sqs/aws4_request,"
                    + " SignedHeaders=host, Signature=0")
            .POST(BodyPublishers.ofString(Json.line(body), UTF_8))
            .build();
    return Json.parse(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body());
  }
}
