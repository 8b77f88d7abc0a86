package dev.as2.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.as2.core.Reception;
import dev.as2.core.Reception.ReceivedFile;
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
 * received octet by octet, and they take our MDNs for proof.
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
    assertThat(reception.content().layers())
        .containsExactlyInAnyOrderElementsOf(dispatch.layers().words());
    assertThat(reception.content().files()).hasSize(1);
    ReceivedFile file = reception.content().files().get(0);
    assertThat(engine.file(file)).hasBinaryContent(SAMPLE.octets());
    assertThat(engine.isChunked(dispatch.receiver()))
        .isEqualTo(dispatch.framing() == Dispatch.Framing.CHUNKED);
    assertThatItIsAnswered(dispatch, reception);
  }

  private void assertThatItIsAnswered(Dispatch dispatch, Reception reception) {
    assertThat(reception.receipt().orElseThrow().deliverTo().isPresent())
        .isEqualTo(dispatch.late());
    if (dispatch.late()) {
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(20))
          .until(() -> engine.delivery(reception.key()).isPresent());
      assertThat(engine.delivery(reception.key())).contains(Optional.empty());
    }
    Peer peer = peers.peer(dispatch.product());
    String messageId = reception.key().messageId().toHeader();
    if (dispatch.isDisbelieved()) {
      peer.awaitLog("Message abandoned after retry limit reached. [" + messageId, PATIENCE);
    } else {
      peer.mdn(messageId, PATIENCE);
    }
  }
}
