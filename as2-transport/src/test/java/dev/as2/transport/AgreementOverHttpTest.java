package dev.as2.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.AgreementRuntime;
import dev.as2.core.As2Client;
import dev.as2.core.As2Handler;
import dev.as2.core.As2Response;
import dev.as2.core.As2Server;
import dev.as2.core.Connector;
import dev.as2.core.ConnectorRuntime;
import dev.as2.core.FileStore;
import dev.as2.core.LocalFileStore;
import dev.as2.core.Mdn;
import dev.as2.core.MdnReader;
import dev.as2.core.ReceivingStage;
import dev.as2.core.Registry;
import dev.as2.core.SendResult;
import dev.as2.core.Trade;
import dev.as2.mime.Headers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our sender and our receiver over real connections. */
@Timeout(60)
class AgreementOverHttpTest {
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  @TempDir Path folder;
  private FileStore store;

  @BeforeEach
  void makeFolders() throws Exception {
    for (String name : List.of("outbox", "inbox", "spool")) {
      Files.createDirectory(folder.resolve(name));
    }
    store = LocalFileStore.below(folder);
  }

  private static URI url(As2Server server, String path) {
    return URI.create("http://127.0.0.1:" + server.address().getPort() + path);
  }

  private AgreementRuntime receiver(As2Client client) {
    Registry registry =
        ReceivingStage.registry(
            Trade.connector(URI.create("https://sender.example/")),
            ReceivingStage.agreement("as2:mdn-hosts", "127.0.0.1"));
    return AgreementRuntime.builder(registry, store, client, folder.resolve("spool")).build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"AUTO", "CONTENT_LENGTH", "CHUNKED"})
  void isReceivedAndProvedInEachFraming(String framing) throws Exception {
    byte[] file = new byte[3_000_000];
    new Random(1).nextBytes(file);
    Files.write(folder.resolve("outbox/850.edi"), file);
    SendResult result;
    try (As2Client client = NettyAs2Client.create();
        AgreementRuntime receiver = receiver(client);
        As2Server server = NettyAs2Server.start(ANY_PORT, receiver)) {
      Connector connector =
          ReceivingStage.connector(
              url(server, "/as2"), Map.of("as2:framing", framing, "as2:expect-continue", "ON"));
      try (ConnectorRuntime sender =
          ConnectorRuntime.builder(
                  ReceivingStage.registry(connector, ReceivingStage.agreement()), store, client)
              .build()) {
        result = sender.send(Trade.CONNECTOR, "/outbox/850.edi").get(30, TimeUnit.SECONDS);
      }
    }

    assertThat(result.failure()).isEmpty();
    assertThat(result.receipt().orElseThrow().micMatch()).isEqualTo("rfc");
    assertThat(result.receipt().orElseThrow().signed()).isTrue();
    try (Stream<Path> received = Files.list(folder.resolve("inbox/from-us/processed"))) {
      assertThat(received.filter(path -> path.toString().endsWith(".edi")))
          .singleElement()
          .satisfies(path -> assertThat(path).hasBinaryContent(file));
    }
    assertThat(folder.resolve("spool")).isEmptyDirectory();
  }

  @Test
  void postsTheMdnOnAnotherConnection() throws Exception {
    CompletableFuture<Mdn> posted = new CompletableFuture<>();
    As2Handler mdns =
        request -> {
          byte[] body = request.body().readAllBytes();
          MdnReader.read(request.headers(), body).ifPresent(posted::complete);
          return new As2Handler.Answer(200, Headers.EMPTY, new byte[0]);
        };
    try (As2Client client = NettyAs2Client.create();
        AgreementRuntime receiver = receiver(client);
        As2Server server = NettyAs2Server.start(ANY_PORT, receiver);
        As2Server listener = NettyAs2Server.start(ANY_PORT, mdns)) {
      As2Response answer =
          client
              .post(ReceivingStage.asynchronous(url(server, "/as2"), url(listener, "/mdn?a=b")))
              .get(30, TimeUnit.SECONDS);

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).isEmpty();
      Mdn mdn = posted.get(30, TimeUnit.SECONDS);
      assertThat(mdn.disposition().isPositive()).isTrue();
      assertThat(mdn.signature()).isPresent();
    }
  }

  @Test
  void answersHeadAndGetWithoutReceivingAnything() throws Exception {
    try (As2Client client = NettyAs2Client.create();
        AgreementRuntime receiver = receiver(client);
        As2Server server = NettyAs2Server.start(ANY_PORT, receiver)) {
      int port = server.address().getPort();
      assertThat(RuntimeStage.exchange(port, "HEAD /as2 HTTP/1.1\r\nHost: a\r\n\r\n"))
          .startsWith("HTTP/1.1 200 OK\r\n")
          .containsIgnoringCase("content-length: 0\r\n");
      assertThat(RuntimeStage.exchange(port, "GET /as2 HTTP/1.1\r\nHost: a\r\n\r\n"))
          .startsWith("HTTP/1.1 405 Method Not Allowed\r\n")
          .contains("Allow: POST, HEAD\r\n");
    }
    assertThat(folder.resolve("inbox")).isEmptyDirectory();
  }
}
