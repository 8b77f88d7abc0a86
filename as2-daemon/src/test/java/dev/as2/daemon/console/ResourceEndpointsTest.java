package dev.as2.daemon.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.AgreementId;
import dev.as2.core.As2Id;
import dev.as2.core.MessageId;
import dev.as2.core.MessageKey;
import dev.as2.daemon.state.ReceivedHistory.Entry;
import dev.as2.daemon.state.ReceivedHistory.MdnState;
import dev.as2.daemon.state.ReceivedHistory.Placed;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResourceEndpointsTest {
  @TempDir private Path outbox;
  private ConsoleServer server;
  private Visitor visitor;

  @BeforeEach
  void start() throws Exception {
    server = ConsoleServer.start(outbox);
    visitor = server.visitor();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static List<String> all(JsonNode list, String member) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(each -> each.path(member).asText())
        .toList();
  }

  @Test
  void connectorsComeByNameWithTheirSettings() throws Exception {
    JsonNode connectors = visitor.read("connectors").path("connectors");
    assertThat(all(connectors, "name"))
        .containsExactly("ACME-EDI", "Globex production", "Initech orders");
    JsonNode globex = connectors.get(1);
    assertThat(globex.path("local").asText()).isEqualTo("NORTHWIND");
    assertThat(globex.path("partner").asText()).isEqualTo("GLOBEX-AS2");
    assertThat(globex.path("members").path("As2Config").path("EncryptionAlgorithm").asText())
        .isEqualTo("AES256_CBC");
    assertThat(globex.path("tags").path("as2:framing").asText()).isEqualTo("CONTENT_LENGTH");
  }

  @Test
  void connectorsAreFoundByNamePartnerUrlAndId() throws Exception {
    for (String text : List.of("production", "globex-as2", "b2b.globex", Partners.GLOBEX.value())) {
      assertThat(all(visitor.read("connectors?text=" + text).path("connectors"), "id"))
          .containsExactly(Partners.GLOBEX.value());
    }
    assertThat(visitor.read("connectors?text=umbrella").path("total").asInt()).isZero();
  }

  @Test
  void listsArePagedThrough() throws Exception {
    Partners partners = new Partners(server.resources, server.clock.instant());
    for (int i = 10; i < 70; i++) {
      partners.connector(
          Partners.connectorId(i), 2, "https://x.example/", Map.of("Name", "Branch " + i));
    }
    ObjectNode first = visitor.read("connectors?limit=40");
    assertThat(first.path("connectors")).hasSize(40);
    assertThat(first.path("total").asInt()).isEqualTo(63);
    ObjectNode second = visitor.read("connectors?limit=40&from=" + first.path("next").asInt());
    assertThat(second.path("connectors")).hasSize(23);
    assertThat(second.has("next")).isFalse();
    assertThat(visitor.read("connectors?from=2147483647").path("connectors")).isEmpty();
  }

  @Test
  void aConnectorWhoseProfileIsGoneIsStillShown() throws Exception {
    new Partners(server.resources, server.clock.instant())
        .connector(Partners.connectorId(77), 99, "https://x.example/", Map.of());
    JsonNode connector =
        visitor.read("connectors?text=" + Partners.connectorId(77)).path("connectors").get(0);
    assertThat(connector.path("partner").asText()).isEmpty();
  }

  @Test
  void agreementsComeWithTheirNames() throws Exception {
    new Partners(server.resources, server.clock.instant()).agreement(1, 1, 3, "orders-of-globex");
    for (String text : List.of("", "orders-of", "northwind", "globex-as2", "a-0000000000000000")) {
      JsonNode agreement = visitor.read("agreements?text=" + text).path("agreements").get(0);
      assertThat(agreement.path("name").asText()).isEqualTo("orders-of-globex");
      assertThat(agreement.path("local").asText()).isEqualTo("NORTHWIND");
      assertThat(agreement.path("partner").asText()).isEqualTo("GLOBEX-AS2");
      assertThat(agreement.path("members").path("BaseDirectory").asText()).isEqualTo("/in/globex");
    }
    assertThat(visitor.read("agreements?text=umbrella").path("agreements")).isEmpty();
  }

  private void received(long sequence, Optional<String> failure) {
    server.received.add(
        new Placed(
            sequence,
            new Entry(
                new MessageKey(
                    new As2Id("GLOBEX-AS2"),
                    new As2Id("NORTHWIND"),
                    new MessageId(sequence + "@globex.example")),
                new AgreementId("a-00000000000000001"),
                server.clock.instant(),
                failure.isEmpty() ? "COMPLETED" : "FAILED",
                failure,
                failure.map(any -> "It is damaged."),
                7,
                MdnState.SENT,
                "{\"client-ip\":\"192.0.2.1\"}")));
  }

  @Test
  void whatWasReceivedComesNewestFirst() throws Exception {
    for (int i = 1; i <= 5; i++) {
      received(i, i == 5 ? Optional.of("VERIFICATION_FAILED") : Optional.empty());
    }

    ObjectNode first = visitor.read("received?limit=2");
    assertThat(all(first.path("received"), "messageId"))
        .containsExactly("5@globex.example", "4@globex.example");
    assertThat(all(first.path("received"), "status")).containsExactly("FAILED", "COMPLETED");
    JsonNode failed = first.path("received").get(0);
    assertThat(failed.path("failureCode").asText()).isEqualTo("VERIFICATION_FAILED");
    assertThat(failed.path("detail").path("client-ip").asText()).isEqualTo("192.0.2.1");
    ObjectNode second = visitor.read("received?limit=3&from=" + first.path("next").asLong());
    assertThat(second.path("received")).hasSize(3);
    assertThat(second.has("next")).isFalse();
    assertThat(visitor.read("received?text=3@globex").path("received")).hasSize(1);
  }

  @Test
  void profilesComeWithTheirCertificates() throws Exception {
    JsonNode profiles = visitor.read("profiles").path("profiles");
    assertThat(all(profiles, "as2Id"))
        .containsExactly("NORTHWIND", "ACME-EDI", "GLOBEX-AS2", "INITECH");
    assertThat(all(profiles.get(3).path("certificates"), "validity"))
        .containsExactly("CRITICAL", "EXPIRED");
  }

  @Test
  void aCertificateThatAProfileNamesAndNobodyHasIsNamed() throws Exception {
    new Partners(server.resources, server.clock.instant()).profile(8, "PARTNER", "LOST", 88);
    JsonNode certificate =
        visitor.read("profiles?text=lost").path("profiles").get(0).path("certificates").get(0);
    assertThat(certificate.path("id").asText()).isEqualTo(Partners.certificateId(88));
    assertThat(certificate.has("validity")).isFalse();
  }

  @Test
  void certificatesThatEndFirstComeFirst() throws Exception {
    ObjectNode answer = visitor.read("certificates");
    JsonNode certificates = answer.path("certificates");
    assertThat(all(certificates, "daysLeft")).containsExactly("-12", "3", "19", "214", "402");
    assertThat(all(certificates, "validity"))
        .containsExactly("EXPIRED", "CRITICAL", "WARNING", "GOOD", "GOOD");
    assertThat(answer.path("urgent").asInt()).isEqualTo(3);
  }

  @Test
  void aCertificateSaysWhatItIsAndWhoUsesIt() throws Exception {
    JsonNode certificate = visitor.read("certificates?text=northwind").path("certificates").get(0);
    assertThat(certificate.path("subject").asText()).contains("CN=EDI Gateway");
    assertThat(certificate.path("description").asText()).isEqualTo("signing-2027");
    assertThat(certificate.path("withKey").asBoolean()).isTrue();
    assertThat(certificate.path("key").asText()).isEqualTo("RSA, 2048 bits");
    assertThat(certificate.path("fingerprint").asText()).matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
    assertThat(all(certificate.path("profiles"), "as2Id")).containsExactly("NORTHWIND");
    assertThat(certificate.toString()).doesNotContain("PRIVATE KEY-----");
  }
}
