package dev.as2.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.As2Handler;
import dev.as2.core.As2Handler.Answer;
import dev.as2.core.Limits;
import dev.as2.mime.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class NettyAs2ServerTest {
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private static final As2Handler ECHO =
      request ->
          new Answer(200, Headers.of("X-Method", request.method()), request.body().readAllBytes());

  private static Socket open(NettyAs2Server server) throws IOException {
    Socket socket = new Socket(server.address().getAddress(), server.address().getPort());
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static void write(Socket socket, String octets) throws IOException {
    socket.getOutputStream().write(octets.getBytes(ISO_8859_1));
  }

  private static String readUpTo(Socket socket, String end) throws IOException {
    StringBuilder text = new StringBuilder();
    while (!text.toString().endsWith(end)) {
      int octet = socket.getInputStream().read();
      if (octet < 0) {
        throw new IOException("ended after: " + text);
      }
      text.append((char) octet);
    }
    return text.toString();
  }

  private static String readAll(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
  }

  @Test
  void answersRequestsOfEitherFramingOnOneConnection() throws Exception {
    try (NettyAs2Server server = NettyAs2Server.start(ANY_PORT, ECHO);
        Socket socket = open(server)) {
      write(socket, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello");
      assertThat(readUpTo(socket, "hello"))
          .startsWith("HTTP/1.1 200 OK\r\n")
          .contains("content-length: 5\r\n");
      write(
          socket,
          "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
              + "2;a=b\r\nwo\r\n3  \r\nrld\r\n0\r\n\r\n");
      assertThat(readUpTo(socket, "world")).contains("X-Method: POST");
    }
  }

  @Test
  void answersPipelinedRequestsInTheirOrder() throws Exception {
    try (NettyAs2Server server = NettyAs2Server.start(ANY_PORT, ECHO);
        Socket socket = open(server)) {
      write(
          socket,
          "POST / HTTP/1.1\r\nContent-Length: 1\r\n\r\n1"
              + "GET / HTTP/1.1\r\n\r\n"
              + "POST / HTTP/1.1\r\nContent-Length: 1\r\nConnection: close\r\n\r\n3");
      assertThat(readAll(socket).replaceAll("\r\n", " "))
          .matches("HTTP/1.1 200 OK .* 1HTTP/1.1 200 OK X-Method: GET .* 3")
          .contains("connection: close");
    }
  }

  @Test
  void refusesWhoStatesBothFramings() throws Exception {
    try (NettyAs2Server server = NettyAs2Server.start(ANY_PORT, ECHO);
        Socket socket = open(server)) {
      write(
          socket,
          "POST / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"
              + "1\r\na\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\n\r\n");
      assertThat(readAll(socket)).startsWith("HTTP/1.1 400 Bad Request\r\n").doesNotContain("200");
    }
  }

  @Test
  void answersHeadWithoutABody() throws Exception {
    As2Handler page = request -> new Answer(200, Headers.EMPTY, new byte[7]);
    try (NettyAs2Server server = NettyAs2Server.start(ANY_PORT, page);
        Socket socket = open(server)) {
      write(socket, "HEAD / HTTP/1.1\r\nConnection: close\r\n\r\n");
      assertThat(readAll(socket)).contains("content-length: 7\r\n").endsWith("\r\n\r\n");
    }
  }

  @Test
  void saysContinueOnceTheHandlerReads() throws Exception {
    try (NettyAs2Server server = NettyAs2Server.start(ANY_PORT, ECHO);
        Socket socket = open(server)) {
      write(socket, "POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
      assertThat(readUpTo(socket, "\r\n\r\n")).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
      write(socket, "hello");
      assertThat(readUpTo(socket, "hello")).startsWith("HTTP/1.1 200 OK\r\n");
    }
  }

  @Test
  void answersWithoutContinueWhereTheHandlerDoesNotRead() throws Exception {
    As2Handler refuses = request -> new Answer(401, Headers.EMPTY, new byte[0]);
    try (NettyAs2Server server = NettyAs2Server.start(ANY_PORT, refuses);
        Socket socket = open(server)) {
      write(socket, "POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
      assertThat(readAll(socket))
          .startsWith("HTTP/1.1 401 Unauthorized\r\n")
          .contains("connection: close\r\n");
    }
  }

  @Test
  void tellsNothingOfAHandlersFailure() throws Exception {
    As2Handler broken =
        request -> {
          throw new IllegalStateException("the secret place");
        };
    try (NettyAs2Server server = NettyAs2Server.start(ANY_PORT, broken);
        Socket socket = open(server)) {
      write(socket, "GET / HTTP/1.1\r\nConnection: close\r\n\r\n");
      assertThat(readAll(socket))
          .startsWith("HTTP/1.1 500 ")
          .endsWith("\r\n\r\n")
          .doesNotContain("secret");
    }
  }

  @Test
  void refusesWhatIsNoRequest() throws Exception {
    try (NettyAs2Server server = NettyAs2Server.start(ANY_PORT, ECHO);
        Socket socket = open(server)) {
      write(socket, "what is this\r\n\r\n");
      assertThat(readAll(socket)).startsWith("HTTP/1.1 400 ");
    }
  }

  @Test
  void refusesHeadersThatAreTooLarge() throws Exception {
    try (NettyAs2Server server = NettyAs2Server.start(ANY_PORT, ECHO);
        Socket socket = open(server)) {
      write(socket, "GET / HTTP/1.1\r\nX: " + "y".repeat(Limits.HTTP_HEADER_BYTES));
      assertThat(readAll(socket)).startsWith("HTTP/1.1 431 ");
    }
  }

  @Test
  void failsTheHandlersReadWhenTheRequestBreaksOff() throws Exception {
    BlockingQueue<String> outcomes = new LinkedBlockingQueue<>();
    try (NettyAs2Server server = NettyAs2Server.start(ANY_PORT, noting(outcomes));
        Socket socket = open(server)) {
      write(socket, "POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhel");
      socket.shutdownOutput();
      assertThat(outcomes.poll(10, TimeUnit.SECONDS)).isEqualTo("failed");
    }
  }

  @Test
  void closesWhenTheClientSendsNothingForTooLong() throws Exception {
    BlockingQueue<String> outcomes = new LinkedBlockingQueue<>();
    try (NettyAs2Server server =
            NettyAs2Server.builder(noting(outcomes))
                .idleTimeout(Duration.ofMillis(200))
                .start(ANY_PORT);
        Socket half = open(server);
        Socket silent = open(server)) {
      write(half, "POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhel");
      assertThat(outcomes.poll(10, TimeUnit.SECONDS)).isEqualTo("failed");
      assertThat(readAll(silent)).isEmpty();
    }
  }

  private static As2Handler noting(BlockingQueue<String> outcomes) {
    return request -> {
      try {
        request.body().readAllBytes();
        outcomes.add("read");
      } catch (IOException e) {
        outcomes.add("failed");
        throw e;
      }
      return new Answer(200, Headers.EMPTY, new byte[0]);
    };
  }

  @Test
  void stopsReadingTheSocketWhileTheHandlerDoesNotRead() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicLong held = new AtomicLong();
    long length = 64L << 20;
    As2Handler slow =
        request -> {
          InputStream body = request.body();
          body.read();
          begun.countDown();
          waitFor(goOn);
          held.set(body.available());
          long count = 1 + body.transferTo(java.io.OutputStream.nullOutputStream());
          return new Answer(200, Headers.of("X-Count", "" + count), new byte[0]);
        };
    try (NettyAs2Server server = NettyAs2Server.start(ANY_PORT, slow);
        Socket socket = open(server)) {
      write(
          socket, "POST / HTTP/1.1\r\nConnection: close\r\nContent-Length: " + length + "\r\n\r\n");
      AtomicLong written = new AtomicLong();
      Thread writer = new Thread(() -> fill(socket, length, written));
      writer.start();
      assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
      long before;
      do { // until nothing more goes in
        before = written.get();
        writer.join(300);
      } while (written.get() != before);
      assertThat(before).isLessThan(length / 2);
      goOn.countDown();
      assertThat(readAll(socket)).contains("X-Count: " + length);
      assertThat(held.get()).isBetween(1L, (long) RequestBody.MOST_BYTES + (64 << 10));
      writer.join();
    }
  }

  private static void waitFor(CountDownLatch latch) throws IOException {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static void fill(Socket socket, long length, AtomicLong written) {
    byte[] block = new byte[64 << 10];
    try {
      for (long left = length; left > 0; left -= block.length) {
        socket.getOutputStream().write(block);
        written.addAndGet(block.length);
      }
    } catch (IOException e) {
      written.set(-1);
    }
  }
}
