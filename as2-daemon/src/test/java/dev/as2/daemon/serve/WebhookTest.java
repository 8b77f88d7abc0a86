package dev.as2.daemon.serve;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.as2.core.As2Handler;
import dev.as2.daemon.queue.EventSink;
import dev.as2.daemon.state.Outbox;
import dev.as2.mime.Headers;
import dev.as2.transport.NettyAs2Server;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Events as a web server gets them, which answers, refuses, stalls, or is not there. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WebhookTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final List<Outbox.Event> EVENTS =
      List.of(new Outbox.Event("1", "{\"n\":\"one \u00fc\"}"), new Outbox.Event("2", "{\"n\":2}"));

  private final BlockingQueue<String> bodies = new LinkedBlockingQueue<>();

  private static NettyAs2Server server(As2Handler handler) throws IOException {
    return NettyAs2Server.start(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), handler);
  }

  private static EventSink webhook(int port, Duration patience) {
    return EventSinks.webhook(URI.create("http://127.0.0.1:" + port + "/hook?key=1"), patience);
  }

  private As2Handler.Answer taken(As2Handler.Request request, int status) throws IOException {
    bodies.add(new String(request.body().readAllBytes(), UTF_8));
    return new As2Handler.Answer(status, Headers.EMPTY, new byte[0]);
  }

  @Test
  void postsEachEventInItsOrder() throws IOException {
    BlockingQueue<As2Handler.Request> requests = new LinkedBlockingQueue<>();
    try (NettyAs2Server server =
        server(request -> {
          requests.add(request);
          return taken(request, 204);
        })) {
      webhook(server.address().getPort(), PATIENCE).deliver(EVENTS);
    }

    assertThat(bodies).containsExactly("{\"n\":\"one \u00fc\"}", "{\"n\":2}");
    assertThat(requests)
        .allSatisfy(request -> {
          assertThat(request.method()).isEqualTo("POST");
          assertThat(request.target()).isEqualTo("/hook?key=1");
          assertThat(request.headers().first("Content-Type")).contains("application/json");
        });
  }

  @Test
  void anAnswerThatIsNot2xxIsAFailureAndTheNextEventIsNotSent() throws IOException {
    try (NettyAs2Server server = server(request -> taken(request, 500))) {
      assertThatThrownBy(() -> webhook(server.address().getPort(), PATIENCE).deliver(EVENTS))
          .isInstanceOf(IOException.class)
          .hasMessage("The webhook 127.0.0.1 answered 500.");
    }

    assertThat(bodies).hasSize(1);
  }

  @Test
  void aServerThatDoesNotAnswerIsNotWaitedForForever() throws IOException {
    CountDownLatch over = new CountDownLatch(1);
    try (NettyAs2Server server =
        server(request -> {
          try {
            over.await();
            return taken(request, 200);
          } catch (InterruptedException e) {
            throw new InterruptedIOException("the server ends");
          }
        })) {
      assertThatThrownBy(() -> webhook(server.address().getPort(), SHORT).deliver(EVENTS))
          .isInstanceOf(IOException.class)
          .hasMessage("The webhook 127.0.0.1 has not answered within 300 ms.");
      over.countDown();
    }
  }

  @Test
  void anAnswerThatStopsInTheMiddleIsNotWaitedForForever() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      BlockingQueue<Socket> sockets = new LinkedBlockingQueue<>();
      Thread serving = new Thread(() -> beginToAnswer(server, sockets), "half-an-answer");
      serving.start();

      assertThatThrownBy(() -> webhook(server.getLocalPort(), SHORT).deliver(EVENTS))
          .isInstanceOf(IOException.class)
          .hasMessage("The webhook 127.0.0.1 has not answered within 300 ms.");
      // It has hung up, too: there is no end to how many stalled connections there could be.
      try (Socket socket = sockets.take()) {
        socket.getInputStream().transferTo(OutputStream.nullOutputStream());
      }
      serving.join();
    }
  }

  private static void beginToAnswer(ServerSocket server, BlockingQueue<Socket> sockets) {
    try {
      Socket socket = server.accept();
      socket
          .getOutputStream()
          .write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf".getBytes(US_ASCII));
      sockets.add(socket);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aServerThatIsNotThereIsASentence() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }

    assertThatThrownBy(() -> webhook(port, PATIENCE).deliver(EVENTS))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("The webhook 127.0.0.1 fails: java.net.ConnectException");
  }
}
