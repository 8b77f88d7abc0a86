package dev.as2.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.as2.core.FailureCode;
import dev.as2.core.SendResult;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a partner may do to a message, as the transfer's result and files tell it. */
@Timeout(60)
class RuntimeAnswerTest {
  private static final byte[] CONTENT = "ISA*00*          *~\r\n".repeat(50).getBytes(ISO_8859_1);
  private static final String[] ONCE = {"as2:retry-attempts", "1"};

  private static SendResult send(RuntimeStage stage, ScriptedPartner.Script script)
      throws Exception {
    stage.partner.enqueue(script);
    stage.write(CONTENT);
    return stage.send(ONCE);
  }

  private static JsonNode assertFailed(RuntimeStage stage, SendResult result, FailureCode code)
      throws Exception {
    assertThat(result.failure().orElseThrow().code())
        .as(result.failure().orElseThrow().message())
        .isEqualTo(code);
    Path json = stage.outbox.resolve(result.files().json().orElseThrow().key());
    JsonNode record = new ObjectMapper().readTree(Files.readAllBytes(json));
    assertThat(record.path("failure-code").textValue()).isEqualTo(code.name());
    assertThat(record.path("failure-message").textValue()).doesNotContain("Exception");
    assertThat(record.path("attempts")).hasSize(1);
    return record;
  }

  private static Path mdn(RuntimeStage stage, SendResult result) {
    return stage.outbox.resolve(result.files().mdn().orElseThrow().key());
  }

  @Test
  void keepsTheHtmlThatCameInsteadOfAnMdn() throws Exception {
    try (RuntimeStage stage = RuntimeStage.start()) {
      String html = "<html><body>Welcome</body></html>";
      SendResult result = send(stage, ScriptedPartner.answer(ScriptedPartner.ok(html)));
      JsonNode record = assertFailed(stage, result, FailureCode.MDN_MISSING);
      assertThat(record.path("failure-message").textValue()).contains("Welcome");
      assertThat(Files.readString(mdn(stage, result))).endsWith("\r\n\r\n" + html);
    }
  }

  @Test
  void missesTheMdnInAnEmptyAnswer() throws Exception {
    try (RuntimeStage stage = RuntimeStage.start()) {
      SendResult result = send(stage, ScriptedPartner.answer(ScriptedPartner.ok("")));
      assertFailed(stage, result, FailureCode.MDN_MISSING);
      assertThat(result.files().mdn()).isEmpty();
    }
  }

  @Test
  void believesASignedRefusalWhateverItsStatus() throws Exception {
    try (RuntimeStage stage = RuntimeStage.start();
        NettyAs2Server server =
            NettyAs2Server.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                stage.receiverWhoTrustsNobody())) {
      int port = server.address().getPort();
      SendResult result =
          send(
              stage,
              with -> {
                with.readRequest();
                String mdn = RuntimeStage.exchange(port, with.soFar());
                with.write(mdn.replaceFirst("HTTP/1.1 200 OK", "HTTP/1.1 500 Oops"));
              });
      JsonNode record =
          assertFailed(stage, result, FailureCode.MDN_RESPONSE_INDICATES_AUTHENTICATION_FAILED);
      assertThat(record.path("http-status").intValue()).isEqualTo(500);
      assertThat(record.path("mdn-signed").booleanValue()).isTrue();
      assertThat(Files.readString(mdn(stage, result), ISO_8859_1)).contains("multipart/signed");
    }
  }

  @Test
  void refusesTheMdnOfAnotherMessage() throws Exception {
    try (RuntimeStage stage = RuntimeStage.start();
        NettyAs2Server server =
            NettyAs2Server.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), stage.receiver())) {
      int port = server.address().getPort();
      SendResult result =
          send(
              stage,
              with -> {
                with.readRequest();
                String other = with.soFar().replaceFirst("Message-ID: <.", "Message-ID: <x");
                with.write(RuntimeStage.exchange(port, other));
              });
      assertFailed(stage, result, FailureCode.MDN_FOR_OTHER_MESSAGE);
      assertThat(result.files().mdn()).isPresent();
    }
  }

  @Test
  void stopsReadingAnAnswerWithoutEnd() throws Exception {
    try (RuntimeStage stage = RuntimeStage.start()) {
      String block = "x".repeat(1 << 20);
      SendResult result =
          send(
              stage,
              with -> {
                with.readRequest();
                with.write("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n");
                while (true) {
                  with.write(block);
                }
              });
      assertFailed(stage, result, FailureCode.HTTP_ANSWER_TOO_LARGE);
    }
  }

  @Test
  void saysThatTheConnectionWasClosedBeforeAnAnswer() throws Exception {
    try (RuntimeStage stage = RuntimeStage.start()) {
      SendResult result =
          send(
              stage,
              with -> {
                with.readRequest();
                with.reset();
              });
      JsonNode record = assertFailed(stage, result, FailureCode.CONNECTION_CLOSED);
      assertThat(record.path("attempts").get(0).path("bytes-sent").longValue()).isPositive();
    }
  }

  @Test
  void saysThatNobodyListens() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (RuntimeStage stage = RuntimeStage.start()) {
      stage.write(CONTENT);
      SendResult result = stage.sendTo(URI.create("http://127.0.0.1:" + port + "/as2"), ONCE);
      assertFailed(stage, result, FailureCode.UNABLE_TO_CONNECT_TO_REMOTE_HOST_OR_IP);
      assertThat(result.attempts().get(0).bytesSent()).isZero();
    }
  }

  @Test
  void saysThatAPlainPortSpeaksNoTls() throws Exception {
    try (RuntimeStage stage = RuntimeStage.start()) {
      stage.write(CONTENT);
      stage.partner.enqueue(with -> {
        with.read(5);
        with.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
        with.drain();
      });
      long before = System.nanoTime();
      SendResult result =
          stage.sendTo(URI.create("https://localhost:" + stage.partner.port() + "/as2"), ONCE);
      assertFailed(stage, result, FailureCode.TLS_HANDSHAKE_FAILED);
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
    }
  }

  @Test
  void givesUpWaitingForAnAnswer() throws Exception {
    try (RuntimeStage stage = RuntimeStage.start()) {
      stage.write(CONTENT);
      stage.partner.enqueue(with -> {
        with.readRequest();
        with.stall();
      });
      SendResult result = stage.send("as2:retry-attempts", "1", "as2:answer-timeout", "200ms");
      assertFailed(stage, result, FailureCode.MDN_TIMED_OUT);
    }
  }
}
