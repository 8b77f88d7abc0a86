package dev.as2.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.SendResult;
import dev.as2.mime.ContentCipher;
import dev.as2.mime.DigestAlgorithm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Other algorithms, other options and other names arrive at real servers, and are proved. */
@ExtendWith(Peers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class InteropVarietyTest {
  private static final Duration STORED = Duration.ofSeconds(60);

  @TempDir Path folder;

  private final Engine engine = new Engine();

  @AfterAll
  void stop() {
    engine.close();
  }

  static Stream<Arguments> varieties() {
    return Arrays.stream(PeerProduct.values())
        .flatMap(
            product -> Table.rows("varieties.csv").stream().map(row -> Arguments.of(product, row)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("varieties")
  void arrivesAndIsProved(PeerProduct product, Map<String, String> row, RunningPeers peers)
      throws Exception {
    Agreement agreement = agreement(row);
    Path file = Files.write(folder.resolve(cell(row, "file")), Sample.CRLF_TEXT.octets());
    Counterpart partner = peers.counterpart(product, agreement.layers());

    SendResult result = engine.send(agreement.registry(peers.ours(), partner), file);

    assertThat(result.failure()).isEmpty();
    assertThat(result.warnings()).isEmpty();
    assertThat(result.receipt().orElseThrow().micMatch()).isEqualTo("rfc");
    assertThat(result.receipt().orElseThrow().signed()).isTrue();
    Peer peer = peers.peer(product);
    String messageId = result.transfer().messageId().toHeader();
    assertThat(peer.received(messageId, STORED)).hasBinaryContent(Sample.CRLF_TEXT.octets());
    assertThat(peer.receivedHeader(messageId, "Content-Disposition"))
        .hasValue("attachment; " + cell(row, "name on the wire"));
  }

  private static Agreement agreement(Map<String, String> row) {
    Agreement agreement =
        Agreement.of(Layers.valueOf(cell(row, "layers")), WantedMdn.SIGNED)
            .with(ContentCipher.valueOf(cell(row, "cipher")))
            .with(DigestAlgorithm.valueOf(cell(row, "digest")));
    String option = cell(row, "option");
    return option.isEmpty() ? agreement : agreement.with(option, cell(row, "value"));
  }

  private static String cell(Map<String, String> row, String column) {
    return Objects.requireNonNull(row.get(column), column);
  }
}
