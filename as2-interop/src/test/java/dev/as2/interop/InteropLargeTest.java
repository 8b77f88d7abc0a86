package dev.as2.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.ConnectorOption;
import dev.as2.core.SendResult;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A hundred megabytes, which is what certifications ask for (Drummond's test J). */
@Tag("large")
@ExtendWith(Peers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class InteropLargeTest {
  private static final int MEGABYTES = 100;
  private static final Duration STORED = Duration.ofMinutes(5);

  private final Engine engine = new Engine();
  private Path file;

  @BeforeAll
  void write(@TempDir Path folder) throws IOException {
    file = folder.resolve("catalogue.bin");
    byte[] megabyte = new byte[1 << 20];
    Random random = new Random(MEGABYTES);
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int i = 0; i < MEGABYTES; i++) {
        random.nextBytes(megabyte);
        Arrays.fill(megabyte, 0, megabyte.length / 2, (byte) 'x'); // so that it can be compressed
        out.write(megabyte);
      }
    }
  }

  @AfterAll
  void stop() {
    engine.close();
  }

  static Stream<Arguments> messages() {
    return Stream.of(
            Layers.SIGN_ENCRYPT, Layers.SIGN_COMPRESS_ENCRYPT, Layers.COMPRESS_SIGN_ENCRYPT)
        .flatMap(layers ->
            Arrays.stream(PeerProduct.values()).map(product -> Arguments.of(product, layers)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("messages")
  void arrivesAndIsProved(PeerProduct product, Layers layers, RunningPeers peers) throws Exception {
    boolean deviating = product == PeerProduct.AS2_SERVER && layers == Layers.COMPRESS_SIGN_ENCRYPT;
    Agreement agreement = Agreement.of(layers, WantedMdn.SIGNED);
    if (deviating) {
      agreement = agreement.with(ConnectorOption.ACCEPTED_MICS, "PAYLOAD_ENTITY");
    }

    SendResult result =
        engine.send(agreement.registry(peers.ours(), peers.counterpart(product, layers)), file);

    assertThat(result.failure()).isEmpty();
    assertThat(result.receipt().orElseThrow().micMatch())
        .isEqualTo(deviating ? "variant:payload-entity" : "rfc");
    assertThat(peers.peer(product).received(result.transfer().messageId().toHeader(), STORED))
        .hasSameBinaryContentAs(file);
  }
}
