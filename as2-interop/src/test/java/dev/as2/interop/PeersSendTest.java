package dev.as2.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.as2.core.FailureCode;
import dev.as2.core.Reception;
import dev.as2.core.Reception.ReceivedFile;
import dev.as2.core.Reception.SentReceipt;
import dev.as2.core.SendResult.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * RFC 4130, RFC 5402: what real products send in every combination of layers, framings and MDNs is
 * received octet by octet, and they take our MDNs for proof; where a product deviates it is named.
 */
@ExtendWith(Peers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PeersSendTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Sample SAMPLE = Sample.BINARY;
  private static final String NAME = "orders.bin";

  @TempDir static Path folder;

  private RunningPeers peers;
  private ReceivingEngine engine;

  /** All at once, as a peer looks into its outbox once a second. */
  @BeforeAll
  void send(RunningPeers running) throws IOException {
    peers = running;
    List<Dispatch> all = dispatches().toList();
    engine = new ReceivingEngine(peers, all, folder);
    for (Dispatch dispatch : all) {
      Path file = Files.write(folder.resolve(dispatch.fileName(NAME)), SAMPLE.octets());
      Files.move(
          file,
          peers.peer(dispatch.product()).outboxOfAll().resolve(dispatch.fileName(NAME)),
          StandardCopyOption.ATOMIC_MOVE);
    }
  }

  @AfterAll
  void stop() {
    engine.close();
  }

  static Stream<Dispatch> dispatches() {
    return Dispatch.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dispatches")
  void isReceivedAndAnswered(Dispatch dispatch) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> engine.reception(dispatch.receiver()).isPresent());
    Reception reception = engine.reception(dispatch.receiver()).orElseThrow();

    assertThat(reception.failure()).isEmpty();
    assertThat(reception.warnings()).isEmpty();
    assertThat(reception.content().layers()).isEqualTo(dispatch.layersFromOutside());
    assertThat(reception.content().files()).hasSize(1);
    ReceivedFile file = reception.content().files().get(0);
    assertThat(engine.file(file)).hasBinaryContent(SAMPLE.octets());
    assertThat(engine.isChunked(dispatch.receiver()))
        .isEqualTo(dispatch.framing() == Dispatch.Framing.CHUNKED);
    assertThatItIsAnswered(dispatch, reception);
  }

  private void assertThatItIsAnswered(Dispatch dispatch, Reception reception) {
    SentReceipt receipt = reception.receipt().orElseThrow();
    assertThat(receipt.signed()).isEqualTo(dispatch.mdn().signed());
    assertThat(receipt.deliverTo().isPresent()).isEqualTo(dispatch.mdn().late());
    Optional<Failure> undelivered = dispatch.mdn().late() ? delivery(reception) : Optional.empty();
    Peer peer = peers.peer(dispatch.product());
    String messageId = reception.key().messageId().toHeader();
    switch (dispatch.belief()) {
      case BELIEVED -> peer.awaitBelief(messageId, PATIENCE);
      case OF_OTHER_CONTENT -> peer.awaitDisbelief(messageId, PATIENCE);
      case REFUSED -> {
        assertThat(undelivered).hasValueSatisfying(PeersSendTest::assertThatItIsAnsweredWith400);
        return;
      }
    }
    assertThat(undelivered).isEmpty();
  }

  private Optional<Failure> delivery(Reception reception) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> engine.delivery(reception.key()).isPresent());
    return engine.delivery(reception.key()).orElseThrow();
  }

  private static void assertThatItIsAnsweredWith400(Failure failure) {
    assertThat(failure.code()).isEqualTo(FailureCode.HTTP_ERROR_RESPONSE_FROM_PARTNER);
    assertThat(failure.message()).contains("answered 400 to the MDN");
  }
}
