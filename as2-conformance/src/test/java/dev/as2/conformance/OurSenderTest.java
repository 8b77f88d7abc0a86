package dev.as2.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.conformance.SenderScenario.Expectation;
import dev.as2.core.As2Config.AsyncMdn;
import dev.as2.core.Connector;
import dev.as2.core.ConnectorRuntime;
import dev.as2.core.LocalFileStore;
import dev.as2.core.SendResult;
import dev.as2.core.Trade;
import dev.as2.transport.NettyAs2Client;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
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

    SendResult result;
    try (SenderMdns mdns = new SenderMdns()) {
      result = send(id, mdns);
      PARTNER.visits(id); // so that what is still to be posted finds the listener
    }

    assertThat(result.failure().isEmpty())
        .as(result.failure().toString())
        .isEqualTo(expected == Expectation.DELIVERED);
    assertThat(PARTNER.visits(id)).hasSize(expected == Expectation.REPEATED ? 2 : 1);
    assertThat(PARTNER.visits(id)).allSatisfy(visit -> assertThat(visit.faults()).isEmpty());
  }

  private SendResult send(String id, SenderMdns mdns) throws Exception {
    Files.writeString(folder.resolve("orders.edi"), Draft.EDI);
    try (ConnectorRuntime runtime = runtime(connector(id, mdns.url()), mdns)) {
      return runtime.send(Trade.CONNECTOR, "/outbox/orders.edi").get();
    }
  }

  private ConnectorRuntime runtime(Connector connector, SenderMdns mdns) throws IOException {
    return ConnectorRuntime.builder(
            Trade.registry(connector), LocalFileStore.of(Map.of("outbox", folder)), CLIENT)
        .asyncMdns(mdns)
        .build();
  }

  private static Connector connector(String id, URI mdns) {
    Connector plain = Trade.connector(PARTNER.url(id));
    boolean isAsync = id.startsWith("async-");
    boolean isDelivered =
        SenderCatalogue.named(id).orElseThrow().expectation() == Expectation.DELIVERED;
    Map<String, String> tags = new HashMap<>(TAGS);
    tags.put("as2:async-mdn-timeout", isDelivered ? "60s" : "1s");
    return new Connector(
        plain.id(),
        plain.url(),
        isAsync ? plain.as2().asynchronous(new AsyncMdn(mdns, List.of())) : plain.as2(),
        plain.accessRole(),
        plain.loggingRole(),
        tags);
  }
}
