package dev.as2.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.As2Client;
import dev.as2.core.As2Server;
import dev.as2.core.ConnectorId;
import dev.as2.core.ConnectorRuntime;
import dev.as2.core.FileStore;
import dev.as2.core.LocalFileStore;
import dev.as2.core.Receiver;
import dev.as2.core.Registry;
import dev.as2.core.SendResult;
import dev.as2.core.Trade;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows to those who embed the engine, as it stands there. */
class EmbeddingTest {
  @TempDir Path folder;

  @Test
  void sendsAFileAndHasItsProof() throws Exception {
    Path outbox = Files.createDirectories(folder.resolve("outbox/orders"));
    Path inbox = Files.createDirectory(folder.resolve("inbox"));
    Files.writeString(outbox.resolve("850.edi"), "ISA*00*...~\r\n");
    Receiver receiver =
        new Receiver(
            new Receiver.Party(Trade.PARTNER_ID, Trade.PARTNER.key(), Trade.PARTNER.certificate()),
            new Receiver.Sender(Trade.OUR_ID, List.of(Trade.US.certificate())),
            inbox,
            Clock.systemUTC());

    SendResult result;
    try (As2Server server =
        NettyAs2Server.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), receiver)) {
      URI url = URI.create("http://127.0.0.1:" + server.address().getPort() + "/as2?from=us");
      result =
          send(Trade.registry(Trade.connector(url)), Trade.CONNECTOR, folder.resolve("outbox"));
    }

    assertThat(result.failure()).isEmpty();
    assertThat(result.receipt().orElseThrow().micMatch()).isEqualTo("rfc");
    assertThat(result.receipt().orElseThrow().signed()).isTrue();
    assertThat(inbox.resolve("850.edi")).hasSameBinaryContentAs(outbox.resolve("850.edi"));
    try (Stream<Path> files = Files.list(outbox)) {
      assertThat(files.map(f -> f.getFileName().toString().replaceAll("^.*\\.", "")))
          .containsExactlyInAnyOrder("edi", "json", "mdn");
    }
  }

  private static SendResult send(Registry registry, ConnectorId connector, Path folder)
      throws Exception {
    // README: begin
    FileStore store = LocalFileStore.of(Map.of("outbox", folder));
    try (As2Client client = NettyAs2Client.create();
        ConnectorRuntime runtime = ConnectorRuntime.builder(registry, store, client).build()) {
      SendResult result = runtime.send(connector, "/outbox/orders/850.edi").get();
      result.failure().ifPresent(f -> System.err.println(f.code() + ": " + f.message()));
      result
          .receipt()
          .ifPresent(r -> System.err.println(r.disposition() + ", MIC " + r.micMatch()));
      result.files().json().ifPresent(record -> System.err.println("see " + record));
      return result;
    }
    // README: end
  }
}
