package dev.as2.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.Probe.Step;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What keeps a connector from sending, before there is a connection. */
class ConnectorProbeTest {
  private static Probe probe(RuntimeFixture f, ConnectorId id) throws Exception {
    return f.runtime.probe(id).get(20, TimeUnit.SECONDS);
  }

  private static FailureCode code(Probe probe) {
    assertThat(probe.reached()).isEqualTo(Step.CONFIGURATION);
    return probe.failure().orElseThrow().code();
  }

  @Test
  void triesTheWayOfAConnectorThatHasAllItNeeds() throws Exception {
    Connector connector = RuntimeFixture.connector("as2:connect-timeout", "7s");
    try (RuntimeFixture f = new RuntimeFixture(connector)) {
      Probe probe = probe(f, connector.id());
      assertThat(probe.failure()).isEmpty();
      assertThat(probe.reached()).isEqualTo(Step.TLS);
      assertThat(f.client.requests()).isEmpty();
      assertThat(f.client.probed.orElseThrow())
          .isEqualTo(
              Partnership.resolve(connector, Trade.registry(connector), java.time.Instant.now())
                  .transport());
    }
  }

  @Test
  void saysWhatIsMissing() throws Exception {
    Connector connector = RuntimeFixture.connector();
    try (RuntimeFixture f = new RuntimeFixture(connector)) {
      assertThat(code(probe(f, new ConnectorId("c-00000000000000000"))))
          .isEqualTo(FailureCode.CONNECTOR_NOT_FOUND);
    }
    As2Config as2 = connector.as2();
    Connector secret =
        new Connector(
            connector.id(),
            connector.url(),
            new As2Config(
                as2.localProfileId(),
                as2.partnerProfileId(),
                as2.messageSubject(),
                as2.compression(),
                as2.encryptionAlgorithm(),
                as2.signingAlgorithm(),
                as2.mdnSigningAlgorithm(),
                as2.mdnResponse(),
                as2.preserveContentType(),
                Optional.of("a-secret")),
            Optional.empty(),
            Optional.empty(),
            Map.of());
    try (RuntimeFixture f = new RuntimeFixture(secret)) {
      assertThat(code(probe(f, secret.id()))).isEqualTo(FailureCode.CREDENTIALS_RETRIEVAL_FAILED);
    }
  }
}
