package dev.as2.interop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.as2.core.ConnectorOption;
import dev.as2.core.LocalFileStore;
import dev.as2.core.Registry;
import dev.as2.core.SendResult;
import dev.as2.core.SendResult.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong between us and a real server comes out as the code of that very fault. */
@ExtendWith(Peers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class InteropFaultTest {
  @TempDir Path folder;

  private final Engine engine = new Engine();
  private final Identity other = Identity.selfSigned("other");

  @AfterAll
  void stop() {
    engine.close();
  }

  static Stream<Map<String, String>> faults() {
    return Table.rows("faults.csv").stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void isNamed(Map<String, String> row, RunningPeers peers) throws Exception {
    PeerProduct product = PeerProduct.valueOf(cell(row, "product"));
    Path file = Sample.CRLF_TEXT.writeTo(folder);

    SendResult result = engine.send(registry(cell(row, "fault"), product, peers), file);

    assertThat(result.failure().map(f -> f.code().name()).orElse("COMPLETED"))
        .isEqualTo(cell(row, "code"));
    assertThat(result.failure().map(Failure::message).orElse("")).contains(cell(row, "message"));
    assertThatTheFilesTellIt(result);
  }

  /** What an engine believes that has got one thing wrong. */
  private Registry registry(String fault, PeerProduct product, RunningPeers peers) {
    Layers layers =
        fault.equals("WRONG_PINNED_CERTIFICATE") ? Layers.SIGN : Layers.SIGN_COMPRESS_ENCRYPT;
    Counterpart right = peers.counterpart(product, layers);
    Identity us = peers.ours();
    Agreement agreement = Agreement.of(layers, WantedMdn.SIGNED);
    return switch (fault) {
      case "WRONG_ENCRYPTION_CERTIFICATE" ->
          agreement.registry(us, right.withEncryption(other.certificate()));
      case "WRONG_SIGNING_KEY" ->
          agreement.registry(new Identity(us.as2Id(), other.key(), other.certificate()), right);
      case "WRONG_SIGNING_KEY_WITHOUT_CERTIFICATE" ->
          agreement
              .with(ConnectorOption.SIGNER_CERTIFICATE, "OMITTED")
              .registry(new Identity(us.as2Id(), other.key(), other.certificate()), right);
      case "UNKNOWN_PARTNER_NAME" -> agreement.registry(us, right.withAs2Id("nobody"));
      case "UNKNOWN_OWN_NAME" ->
          agreement.registry(new Identity("nobody", us.key(), us.certificate()), right);
      case "OLD_CERTIFICATE_OF_MDNS" ->
          agreement.registry(us, right.withSigning(other.certificate()));
      case "WRONG_PINNED_CERTIFICATE" -> agreement.registry(us, right.withTls(other.certificate()));
      default -> throw new IllegalArgumentException(fault);
    };
  }

  private void assertThatTheFilesTellIt(SendResult result) throws IOException {
    JsonNode record =
        Records.assertThatFilesMatch(result, LocalFileStore.of(Map.of("outbox", folder)), "");
    assertThat(record.path("hint").asText())
        .isEqualTo(result.failure().map(f -> f.code().hint()).orElse(""));
    boolean answered = result.attempts().get(0).httpStatus().isPresent();
    assertThat(result.files().mdn().isPresent()).isEqualTo(answered);
    if (result.receipt().isPresent()) {
      String mdn =
          Files.readString(folder.resolve(result.files().mdn().orElseThrow().key()), ISO_8859_1);
      assertThat(mdn)
          .containsPattern("(?i)content-type: multipart/")
          .contains(result.receipt().get().disposition());
    }
  }

  private static String cell(Map<String, String> row, String column) {
    return Objects.requireNonNull(row.get(column), column);
  }
}
