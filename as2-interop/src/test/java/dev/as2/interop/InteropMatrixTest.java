package dev.as2.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.ConnectorOption;
import dev.as2.core.FailureCode;
import dev.as2.core.LocalFileStore;
import dev.as2.core.SendResult;
import dev.as2.core.SendResult.Receipt;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * RFC 4130, RFC 5402: messages in every combination of layers, framings and MDNs arrive at real
 * servers as they were, and their MDNs are proof; where a server deviates it is named.
 */
@ExtendWith(Peers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class InteropMatrixTest {
  private static final Duration STORED = Duration.ofSeconds(60);

  @TempDir Path folder;

  private final Engine engine = new Engine();
  private RunningPeers peers;

  @BeforeAll
  void start(RunningPeers running) {
    peers = running;
  }

  @AfterAll
  void stop() {
    engine.close();
  }

  static Stream<Scenario> ofEveryDay() {
    return Scenario.all().filter(Scenario::isForEveryDay);
  }

  static Stream<Scenario> others() {
    return Scenario.all().filter(scenario -> !scenario.isForEveryDay());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ofEveryDay")
  void arrivesAndIsProved(Scenario scenario) throws Exception {
    assertThatItArrivesAndIsProved(scenario);
  }

  @Tag("large")
  @ParameterizedTest(name = "{0}")
  @MethodSource("others")
  void arrivesAndIsProvedInTheOtherFraming(Scenario scenario) throws Exception {
    assertThatItArrivesAndIsProved(scenario);
  }

  private void assertThatItArrivesAndIsProved(Scenario scenario) throws Exception {
    String expected = scenario.expectation();
    SendResult result = send(scenario, scenario.agreement());

    if (expected.startsWith("variant:")) {
      assertThatItIsRefusedAs(expected, result);
      assertThatItArrived(scenario, result);
      String accepted = expected.substring(8).replace('-', '_').toUpperCase(Locale.ROOT);
      SendResult again =
          send(scenario, scenario.agreement().with(ConnectorOption.ACCEPTED_MICS, accepted));
      assertThatItIsCompleted(scenario, expected, again);
    } else if (expected.equals("411")) {
      assertThatALengthIsWanted(result);
      assertThat(peers.peer(scenario.product()).hasReceived(messageId(result))).isFalse();
    } else {
      assertThatItIsCompleted(scenario, expected, result);
    }
  }

  private SendResult send(Scenario scenario, Agreement agreement) throws Exception {
    Path file = scenario.sample().writeTo(folder);
    Counterpart partner = peers.counterpart(scenario.product(), scenario.layers());
    SendResult result = engine.send(agreement.registry(peers.ours(), partner), file);
    Records.assertThatFilesMatch(result, LocalFileStore.of(Map.of("outbox", folder)), "");
    return result;
  }

  private void assertThatItIsCompleted(Scenario scenario, String expected, SendResult result)
      throws IOException {
    assertThat(result.failure()).isEmpty();
    assertThat(result.message().orElseThrow().layers()).isEqualTo(scenario.layers().words());
    if (expected.equals("no-mdn")) {
      assertThat(result.receipt()).isEmpty();
    } else {
      Receipt receipt = result.receipt().orElseThrow();
      assertThat(receipt.micMatch()).isEqualTo(expected);
      assertThat(receipt.signed()).isEqualTo(scenario.mdn() == WantedMdn.SIGNED);
      assertThat(receipt.disposition()).endsWith("processed");
    }
    assertThat(result.warnings()).hasSize(expected.matches("rfc|no-mdn") ? 0 : 1);
    assertThatItArrived(scenario, result);
  }

  private void assertThatItArrived(Scenario scenario, SendResult result) {
    Peer peer = peers.peer(scenario.product());
    assertThat(peer.received(messageId(result), STORED))
        .hasBinaryContent(scenario.sample().octets());
  }

  private static void assertThatItIsRefusedAs(String expected, SendResult result) {
    assertThat(result.receipt().orElseThrow().micMatch()).isEqualTo(expected);
    assertThat(result.failure().orElseThrow().code()).isEqualTo(FailureCode.VERIFICATION_FAILED);
    assertThat(result.failure().orElseThrow().message()).contains("the partner hashed");
  }

  private static void assertThatALengthIsWanted(SendResult result) {
    assertThat(result.failure().orElseThrow().code())
        .isEqualTo(FailureCode.HTTP_ERROR_RESPONSE_FROM_PARTNER);
    assertThat(result.failure().orElseThrow().message())
        .contains("411")
        .contains("set framing to CONTENT_LENGTH");
    assertThat(result.attempts()).hasSize(1);
  }

  private static String messageId(SendResult result) {
    return result.transfer().messageId().toHeader();
  }
}
