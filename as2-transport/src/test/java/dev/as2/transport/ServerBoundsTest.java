package dev.as2.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.as2.core.As2Handler;
import dev.as2.core.As2Handler.Answer;
import dev.as2.mime.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.KeyStore;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server takes at most, and how it ends a connection whose client still sends. */
@Timeout(60)
final class ServerBoundsTest {
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private static final Duration LONG = Duration.ofSeconds(50);

  private static final As2Handler REFUSES =
      request -> new Answer(413, Headers.of("X-Why", "too large"), new byte[0]);

  private static Socket open(NettyAs2Server server) throws IOException {
    Socket socket = new Socket(server.address().getAddress(), server.address().getPort());
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static void write(Socket socket, String octets) throws IOException {
    socket.getOutputStream().write(octets.getBytes(ISO_8859_1));
  }

  private static String line(Socket socket) throws IOException {
    StringBuilder text = new StringBuilder();
    InputStream in = socket.getInputStream();
    for (int octet = in.read(); octet >= 0 && octet != '\n'; octet = in.read()) {
      text.append((char) octet);
    }
    return text.toString().strip();
  }

  @Test
  void letsFurtherConnectionsWaitUntilOneCloses() throws Exception {
    try (NettyAs2Server server =
            NettyAs2Server.builder(REFUSES).maxConnections(2).idleTimeout(LONG).start(ANY_PORT);
        Socket first = open(server);
        Socket second = open(server)) {
      String request = "GET / HTTP/1.1\r\n\r\n";
      write(first, request);
      write(second, request);
      assertThat(line(first)).startsWith("HTTP/1.1 413");
      assertThat(line(second)).startsWith("HTTP/1.1 413");
      try (Socket third = open(server)) {
        write(third, request);
        third.setSoTimeout(300);
        assertThatThrownBy(() -> line(third)).isInstanceOf(SocketTimeoutException.class);
        first.shutdownOutput();
        third.setSoTimeout(10_000);
        assertThat(line(third)).startsWith("HTTP/1.1 413");
      }
    }
  }

  @Test
  void freesThePlaceOfAConnectionThatBroke() throws Exception {
    try (NettyAs2Server server =
        NettyAs2Server.builder(REFUSES).maxConnections(1).idleTimeout(LONG).start(ANY_PORT)) {
      for (int i = 0; i < 20; i++) {
        try (Socket socket = open(server)) {
          write(socket, "GET / HTTP/1.1\r\n\r\n");
          assertThat(line(socket)).startsWith("HTTP/1.1 413");
          socket.setSoLinger(true, 0); // closes with a reset
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void givesItsAnswerToAClientThatSendsOnRegardless(boolean secure) throws Exception {
    Keys keys = Keys.selfSigned("server", "localhost");
    NettyAs2Server.Builder builder = NettyAs2Server.builder(REFUSES).linger(LONG);
    if (secure) {
      builder.tls(keys.serverTls());
    }
    try (NettyAs2Server server = builder.start(ANY_PORT);
        Socket socket = secure ? openTls(server, keys) : open(server)) {
      int length = 32 << 20;
      write(socket, "POST / HTTP/1.1\r\nContent-Length: " + length + "\r\n\r\n");
      byte[] block = new byte[64 << 10];
      for (int left = length; left > 0; left -= block.length) {
        socket.getOutputStream().write(block);
      }
      assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
          .startsWith("HTTP/1.1 413 ")
          .contains("X-Why: too large", "connection: close");
    }
  }

  private static Socket openTls(NettyAs2Server server, Keys keys) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("server", keys.certificate());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    Socket socket =
        context
            .getSocketFactory()
            .createSocket(server.address().getAddress(), server.address().getPort());
    socket.setSoTimeout(10_000);
    return socket;
  }

  @Test
  void saysAtOnceThatNothingFollowsItsEarlyAnswer() throws Exception {
    try (NettyAs2Server server = NettyAs2Server.builder(REFUSES).linger(LONG).start(ANY_PORT);
        Socket socket = open(server)) {
      write(socket, "POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhe");
      assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
          .startsWith("HTTP/1.1 413 ");
    }
  }

  @Test
  void lingersNoLongerThanItMay() throws Exception {
    try (NettyAs2Server server =
            NettyAs2Server.builder(REFUSES)
                .linger(Duration.ofMillis(200))
                .idleTimeout(LONG)
                .start(ANY_PORT);
        Socket socket = open(server)) {
      write(socket, "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n");
      assertThatThrownBy(
              () -> {
                while (true) {
                  write(socket, "1\r\nx\r\n");
                }
              })
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void handsOnTheWholeRequest() throws Exception {
    As2Handler tells =
        request -> {
          String said =
              String.join(
                  " ",
                  request.method(),
                  request.target(),
                  request.path(),
                  request.query(),
                  request.remote().getAddress().getHostAddress());
          return new Answer(200, Headers.of("X-Said", said), new byte[0]);
        };
    try (NettyAs2Server server = NettyAs2Server.start(ANY_PORT, tells);
        Socket socket = open(server)) {
      write(socket, "PUT /a%20b/c?d=%2F&e HTTP/1.1\r\nConnection: close\r\n\r\n");
      assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
          .contains("X-Said: PUT /a%20b/c?d=%2F&e /a%20b/c d=%2F&e 127.0.0.1\r\n");
    }
  }
}
