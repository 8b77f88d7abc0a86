package dev.as2.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.conformance.SenderScenario.Expectation;
import dev.as2.core.Connector;
import dev.as2.core.ConnectorRuntime;
import dev.as2.core.LocalFileStore;
import dev.as2.core.SendResult;
import dev.as2.core.Trade;
import dev.as2.transport.NettyAs2Client;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our own sender makes of each answer what it is expected to. */
class OurSenderTest {
  private static final Map<String, String> TAGS =
      Map.of(
          "as2:retry-attempts", "2",
          "as2:retry-delay", "20ms",
          "as2:answer-timeout", "2s",
          "as2:answer-whole-timeout", "2s");

  private static final NettyAs2Client CLIENT = NettyAs2Client.create();

  @RegisterExtension
  static final TestPartnerExtension PARTNER =
      TestPartnerExtension.of(
          new Party(Trade.PARTNER_ID, Trade.PARTNER.key(), Trade.PARTNER.certificate()),
          new Partner(Trade.OUR_ID, List.of(Trade.US.certificate())));

  @TempDir Path folder;

  @AfterAll
  static void close() {
    CLIENT.close();
  }

  static Stream<String> scenarios() {
    return SenderCatalogue.all().stream().map(SenderScenario::id);
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void makesOfEachAnswerWhatIsExpected(String id) throws Exception {
    Expectation expected = SenderCatalogue.named(id).orElseThrow().expectation();

    SendResult result = send(id);

    assertThat(result.failure().isEmpty())
        .as(result.failure().toString())
        .isEqualTo(expected == Expectation.DELIVERED);
    assertThat(PARTNER.visits(id)).hasSize(expected == Expectation.REPEATED ? 2 : 1);
    assertThat(PARTNER.visits(id)).allSatisfy(visit -> assertThat(visit.faults()).isEmpty());
  }

  private SendResult send(String id) throws Exception {
    Files.writeString(folder.resolve("orders.edi"), Draft.EDI);
    Connector plain = Trade.connector(PARTNER.url(id));
    Connector connector =
        new Connector(
            plain.id(), plain.url(), plain.as2(), plain.accessRole(), plain.loggingRole(), TAGS);
    try (ConnectorRuntime runtime =
        ConnectorRuntime.builder(
                Trade.registry(connector), LocalFileStore.of(Map.of("outbox", folder)), CLIENT)
            .build()) {
      return runtime.send(Trade.CONNECTOR, "/outbox/orders.edi").get();
    }
  }
}
