package dev.as2.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The peers themselves: that they are started and configured as the interop tests need them. */
@ExtendWith(Peers.class)
final class PeersAnswerTest {
  private static final String SIGNED_RECEIPT =
      "signed-receipt-protocol=optional, pkcs7-signature; signed-receipt-micalg=optional, sha-256";
  private static final Duration STORED = Duration.ofSeconds(20);

  private final byte[] payload = randomBytes(100_000);
  private final SmimeMessage plain = SmimeMessage.payload("application/octet-stream", payload);

  @ParameterizedTest
  @EnumSource
  void signsTheReceiptOfAPlainMessage(PeerProduct product, RunningPeers peers) throws Exception {
    Peer peer = peers.peer(product);
    Post post = new Post(plain, peers.ours(), peer).receiptTo("ours@example.com", SIGNED_RECEIPT);

    HttpResponse<byte[]> response = post.send();

    assertThatReceiptIsSigned(response, peer);
    assertThat(peer.received(post.messageId(), STORED)).hasBinaryContent(payload);
  }

  @ParameterizedTest
  @EnumSource
  void answersAPlainMessageInChunksWithAnUnsignedReceipt(PeerProduct product, RunningPeers peers)
      throws Exception {
    Peer peer = peers.peer(product);
    Post post = new Post(plain, peers.ours(), peer).receiptTo("ours@example.com", " ");

    HttpResponse<byte[]> response = post.sendChunked();

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(contentType(response)).startsWith("multipart/report");
    assertThat(text(response)).contains("automatic-action/MDN-sent-automatically; processed\r\n");
    assertThat(peer.received(post.messageId(), STORED)).hasBinaryContent(payload);
  }

  @ParameterizedTest
  @EnumSource
  void opensAMessageWithAllLayers(PeerProduct product, RunningPeers peers) throws Exception {
    Peer peer = peers.peer(product);
    SmimeMessage packed =
        plain.compressed().signedBy(peers.ours()).encryptedTo(peer.encryptionCertificate());
    Post post = new Post(packed, peers.ours(), peer).receiptTo("ours@example.com", SIGNED_RECEIPT);

    HttpResponse<byte[]> response = post.send();

    assertThatReceiptIsSigned(response, peer);
    assertThat(peer.received(post.messageId(), STORED)).hasBinaryContent(payload);
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

  private static byte[] randomBytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes); // the same ones in each run
    return bytes;
  }
}
