package dev.as2.transport;

import static dev.as2.transport.Messages.await;
import static dev.as2.transport.Messages.body;
import static dev.as2.transport.Messages.large;
import static dev.as2.transport.Messages.options;
import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.As2Handler;
import dev.as2.core.As2Request;
import dev.as2.core.As2Response;
import dev.as2.core.TransportOptions;
import dev.as2.mime.Entity;
import dev.as2.mime.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.junit.jupiter.api.Test;

/** Messages larger than the heap, from the client to the server. */
final class LargeMessageTest {
  private static final As2Handler SUMS =
      request -> {
        CRC32C sum = new CRC32C();
        long count = count(new CheckedInputStream(request.body(), sum));
        String said = count + " " + sum.getValue();
        return new As2Handler.Answer(200, Headers.EMPTY, said.getBytes(StandardCharsets.US_ASCII));
      };

  private static long count(InputStream body) throws IOException {
    byte[] block = new byte[64 << 10];
    long count = 0;
    int length;
    while ((length = body.read(block)) >= 0) {
      count += length;
    }
    return count;
  }

  private static String sum(Entity message, long length) throws IOException {
    CRC32C sum = new CRC32C();
    message.writeBodyTo(new CheckedOutputStream(OutputStream.nullOutputStream(), sum));
    return length + " " + sum.getValue();
  }

  private static As2Request request(
      String scheme, NettyAs2Server server, long length, TransportOptions options) {
    URI url = URI.create(scheme + "://localhost:" + server.address().getPort() + "/");
    boolean chunked = scheme.equals("https");
    return new As2Request(url, large(length), chunked, options, Optional.empty());
  }

  @Test
  void goesThroughWholeThoughNoHeapHoldsIt() throws Exception {
    long length = (3L << 29) + 1;
    assertThat(length).isGreaterThan(Runtime.getRuntime().maxMemory());
    try (NettyAs2Server server = NettyAs2Server.start(anyPort(), SUMS);
        NettyAs2Client client = NettyAs2Client.create()) {
      As2Response response =
          await(client.post(request("http", server, length, options(Messages.PATIENT))));

      assertThat(body(response)).isEqualTo(sum(large(length), length));
    }
  }

  @Test
  void goesThroughWholeInManyChunksOverTlsAtTheSameTime() throws Exception {
    long length = (64L << 20) + 17;
    Keys keys = Keys.selfSigned("partner", "localhost");
    try (NettyAs2Server server =
            NettyAs2Server.builder(SUMS).tls(keys.serverTls()).start(anyPort());
        NettyAs2Client client = NettyAs2Client.create()) {
      List<CompletableFuture<As2Response>> answers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        answers.add(
            client.post(request("https", server, length, options(ClientTlsTest.pinned(keys)))));
      }
      String expected = sum(large(length), length);
      for (CompletableFuture<As2Response> answer : answers) {
        assertThat(body(await(answer))).isEqualTo(expected);
      }
    }
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }
}
