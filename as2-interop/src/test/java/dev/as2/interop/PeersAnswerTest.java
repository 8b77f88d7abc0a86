package dev.as2.interop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The peers themselves: that they are started and configured as the interop tests need them. */
@ExtendWith(Peers.class)
final class PeersAnswerTest {
  private static final String UNSIGNED = "signed-receipt-micalg=optional, sha-256";
  private static final String SIGNED =
      "signed-receipt-protocol=optional, pkcs7-signature; " + UNSIGNED;
  private static final Duration STORED = Duration.ofSeconds(60);

  private final byte[] payload = randomBytes(100_000);
  private final SmimeMessage plain = SmimeMessage.payload("application/octet-stream", payload);

  @ParameterizedTest
  @EnumSource
  void signsTheReceiptOfAPlainMessage(PeerProduct product, RunningPeers peers) throws Exception {
    Peer peer = peers.peer(product);
    Post post = new Post(plain, peers.ours(), peer).receiptTo("ours@example.com", SIGNED);

    HttpResponse<byte[]> response = post.send();

    assertThatReceiptIsSigned(response, peer);
    assertThat(text(response)).contains("Received-Content-MIC: " + mic(payload));
    assertThat(peer.received(post.messageId(), STORED)).hasBinaryContent(payload);
  }

  @ParameterizedTest
  @EnumSource
  void answersAPlainMessageInChunksWithAnUnsignedReceipt(PeerProduct product, RunningPeers peers)
      throws Exception {
    Peer peer = peers.peer(product);
    Post post = new Post(plain, peers.ours(), peer).receiptTo("ours@example.com", UNSIGNED);

    HttpResponse<byte[]> response = post.sendChunked();

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(contentType(response)).startsWith("multipart/report");
    assertThat(text(response)).contains("automatic-action/MDN-sent-automatically; processed\r\n");
    assertThat(peer.received(post.messageId(), STORED)).hasBinaryContent(payload);
  }

  @ParameterizedTest
  @EnumSource
  void hashesTheSignedPartWithItsHeaders(PeerProduct product, RunningPeers peers) throws Exception {
    Peer peer = peers.peer(product);
    Post post =
        new Post(plain.signedBy(peers.ours()), peers.ours(), peer)
            .receiptTo("ours@example.com", SIGNED);

    HttpResponse<byte[]> response = post.send();

    assertThat(text(response)).contains("Received-Content-MIC: " + mic(plain.octets()));
  }

  @ParameterizedTest
  @EnumSource
  void opensAMessageWithAllLayers(PeerProduct product, RunningPeers peers) throws Exception {
    Peer peer = peers.peer(product);
    SmimeMessage packed =
        plain.compressed().signedBy(peers.ours()).encryptedTo(peer.encryptionCertificate());
    Post post = new Post(packed, peers.ours(), peer).receiptTo("ours@example.com", SIGNED);

    HttpResponse<byte[]> response = post.send();

    assertThatReceiptIsSigned(response, peer);
    assertThat(peer.received(post.messageId(), STORED)).hasBinaryContent(payload);
  }

  @ParameterizedTest
  @EnumSource
  void postsAReceiptLater(PeerProduct product, RunningPeers peers) throws Exception {
    Peer peer = peers.peer(product);
    try (Listener listener = new Listener(0)) {
      Post post =
          new Post(plain, peers.ours(), peer)
              .receiptTo("ours@example.com", SIGNED)
              .header("Receipt-Delivery-Option", "http://127.0.0.1:" + listener.port() + "/mdn");

      HttpResponse<byte[]> response = post.send();

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(text(response)).doesNotContain("Disposition:");
      assertThat(listener.next().getFirst("Content-Type")).startsWith("multipart/signed");
    }
  }

  @ParameterizedTest
  @EnumSource
  void sendsAFileOfItsOutbox(PeerProduct product, RunningPeers peers, @TempDir Path temp)
      throws Exception {
    Peer peer = peers.peer(product);
    Path file = Files.write(temp.resolve("orders.edi"), payload);
    try (Listener listener = new Listener(peers.oursUrl().getPort())) {
      Files.move(file, peer.outbox().resolve("orders.edi"));

      Headers headers = listener.next();

      assertThat(headers.getFirst("AS2-From")).isEqualTo(peer.as2Id());
      assertThat(headers.getFirst("AS2-To")).isEqualTo(peers.ours().as2Id());
      assertThat(headers.getFirst("Content-Type")).contains("enveloped-data");
    }
  }

  @ParameterizedTest
  @EnumSource
  void showsThePeersLogWhereAMessageIsNotStored(PeerProduct product, RunningPeers peers)
      throws Exception {
    Peer peer = peers.peer(product);
    Post other = new Post(plain, peers.ours(), peer);
    other.send();

    assertThatThrownBy(() -> peer.received("<never@ours.example>", Duration.ofMillis(100)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("has not stored <never@ours.example>")
        .hasMessageContaining(other.messageId());
  }

  private static void assertThatReceiptIsSigned(HttpResponse<byte[]> response, Peer peer) {
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(contentType(response)).startsWith("multipart/signed");
    assertThat(text(response)).contains("automatic-action/MDN-sent-automatically; processed\r\n");
    assertThat(
            SmimeMessage.isSignedBy(
                peer.signingCertificate(), contentType(response), response.body()))
        .isTrue();
  }

  private static String contentType(HttpResponse<byte[]> response) {
    return response.headers().firstValue("Content-Type").orElse("");
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), ISO_8859_1);
  }

  private static String mic(byte[] hashed) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(hashed);
    return Base64.getEncoder().encodeToString(digest) + ", sha-256";
  }

  private static byte[] randomBytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes); // the same ones in each run
    return bytes;
  }

  /** Takes what a peer posts to us, and answers 200 with nothing. */
  private static final class Listener implements AutoCloseable {
    private final BlockingQueue<Headers> requests = new LinkedBlockingQueue<>();
    private final HttpServer server;

    Listener(int port) throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      server.createContext(
          "/",
          exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
            requests.add(exchange.getRequestHeaders());
          });
      server.start();
    }

    int port() {
      return server.getAddress().getPort();
    }

    Headers next() throws InterruptedException {
      Headers next = requests.poll(STORED.toSeconds(), TimeUnit.SECONDS);
      assertThat(next).as("a request of the peer").isNotNull();
      return next;
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
