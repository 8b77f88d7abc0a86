package dev.as2.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.AgreementRuntime;
import dev.as2.core.As2Client;
import dev.as2.core.As2Server;
import dev.as2.core.Connector;
import dev.as2.core.ConnectorRuntime;
import dev.as2.core.FileStore;
import dev.as2.core.LocalFileStore;
import dev.as2.core.ReceivingStage;
import dev.as2.core.Registry;
import dev.as2.core.SendResult;
import dev.as2.core.SendResult.Attempt;
import dev.as2.core.Trade;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** AS2 Restart between our sender and our receiver, over a line that is cut ten times. */
class RestartOverHttpTest {
  private static final System.Logger LOG = System.getLogger(RestartOverHttpTest.class.getName());

  private static final int CUTS = 10;

  /** What may lie in the buffers between the relay and what the receiver keeps. */
  private static final long LOST_BEHIND_THE_RELAY = 512 << 10;

  /** What may lie in the sender's connection: 512 KiB of its own, and Linux's socket buffer. */
  private static final long IN_FLIGHT = (512 << 10) + (6 << 20);

  @TempDir Path folder;
  private FileStore store;

  @BeforeEach
  void makeFolders() throws Exception {
    for (String name : List.of("outbox", "inbox", "spool")) {
      Files.createDirectory(folder.resolve(name));
    }
    store = LocalFileStore.below(folder);
  }

  @Test
  @Timeout(60)
  void eightMebibytesArriveWhole() throws Exception {
    sendOverACutLine(8 << 20);
  }

  @Test
  @Tag("large")
  @Timeout(900)
  void aGibibyteArrivesWhole() throws Exception {
    long sentTwice = sendOverACutLine(1 << 30);
    assertThat(sentTwice).isLessThan(CUTS * IN_FLIGHT);
  }

  /** Gives how many octets were sent more than once. */
  private long sendOverACutLine(int bytes) throws Exception {
    write(bytes);
    try (As2Client client = NettyAs2Client.create();
        AgreementRuntime receiver = receiver(client);
        As2Server server = NettyAs2Server.start(loopback(), receiver);
        ResettingRelay relay =
            new ResettingRelay(server.address().getPort(), CUTS, bytes / (CUTS + 1))) {
      SendResult result = send(client, relay.port());

      assertThat(result.failure()).isEmpty();
      assertThat(result.receipt().orElseThrow().micMatch()).isEqualTo("rfc");
      assertThat(relay.resetsLeft()).isZero();
      assertReceived();
      assertThat(relay.passed() - bytes).isLessThan(CUTS * LOST_BEHIND_THE_RELAY + bytes / 100);
      long sentTwice = result.attempts().stream().mapToLong(Attempt::bytesSent).sum() - bytes;
      LOG.log(
          System.Logger.Level.INFO,
          "of {0} bytes, cut {1} times, {2} were sent twice, {3} of them got behind the relay",
          bytes,
          CUTS,
          sentTwice,
          relay.passed() - bytes);
      return sentTwice;
    }
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private AgreementRuntime receiver(As2Client client) {
    Registry registry =
        ReceivingStage.registry(
            Trade.connector(URI.create("https://sender.example/")),
            ReceivingStage.agreement("as2:restart", "ON"));
    return AgreementRuntime.builder(registry, store, client, folder.resolve("spool")).build();
  }

  private SendResult send(As2Client client, int port) throws Exception {
    Connector connector =
        ReceivingStage.connector(
            URI.create("http://127.0.0.1:" + port + "/as2"),
            Map.of(
                "as2:restart", "ON",
                "as2:compression-level", "1",
                "as2:retry-attempts", "30",
                "as2:retry-delay", "10ms",
                "as2:retry-max-delay", "100ms"));
    try (ConnectorRuntime sender =
        ConnectorRuntime.builder(
                ReceivingStage.registry(connector, ReceivingStage.agreement()), store, client)
            .build()) {
      return sender.send(Trade.CONNECTOR, "/outbox/850.edi").get(890, TimeUnit.SECONDS);
    }
  }

  /** What cannot be compressed. */
  private void write(int bytes) throws IOException {
    Random random = new Random(1);
    byte[] block = new byte[1 << 20];
    try (OutputStream out = Files.newOutputStream(folder.resolve("outbox/850.edi"))) {
      for (int written = 0; written < bytes; written += block.length) {
        random.nextBytes(block);
        out.write(block);
      }
    }
  }

  private void assertReceived() throws IOException {
    try (Stream<Path> received = Files.list(folder.resolve("inbox/from-us/processed"))) {
      assertThat(received.filter(path -> path.toString().endsWith(".edi")))
          .singleElement()
          .satisfies(path ->
              assertThat(Files.mismatch(path, folder.resolve("outbox/850.edi"))).isEqualTo(-1L));
    }
    assertThat(folder.resolve("spool/restarts")).isEmptyDirectory();
  }
}
