package dev.as2.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.FailureCode;
import dev.as2.core.Receiver;
import dev.as2.core.SendResult;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The line is cut in the middle of a message, and the same octets come again. */
@Timeout(60)
class RuntimeRetryTest {

  @ParameterizedTest(name = "{0}, {1}, cut after {2} bytes of the body, chunked {3}")
  @CsvSource({
    "DISABLED, CONTENT_LENGTH, 150000, false",
    "ZLIB, CONTENT_LENGTH, 150000, false",
    "ZLIB, CHUNKED, 150000, true",
    "DISABLED, CHUNKED, 150000, true",
    "DISABLED, CONTENT_LENGTH, 1, false",
    "ZLIB, CHUNKED, 0, true",
    "ZLIB, AUTO, 299000, true"
  })
  void repeatsTheSameOctetsAfterTheLineWasCut(
      String compression, String framing, int bytes, boolean chunked) throws Exception {
    try (RuntimeStage stage = RuntimeStage.start();
        NettyAs2Server server =
            NettyAs2Server.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), stage.receiver())) {
      stage.partner.enqueue(with -> {
        with.readHead();
        with.read(bytes);
        with.reset();
      });
      stage.partner.enqueue(recordAndPassOn(server.address().getPort()));
      byte[] content = new byte[300_000];
      new Random(1).nextBytes(content);
      stage.write(content);

      SendResult result = stage.send("as2:framing", framing, "compression", compression);

      assertThat(result.failure()).isEmpty();
      assertThat(result.attempts()).hasSize(2);
      assertThat(result.attempts().get(0).failure().orElseThrow().code())
          .isEqualTo(FailureCode.CONNECTION_CLOSED);
      assertThat(stage.inbox.resolve("850.edi")).hasBinaryContent(content);
      String first = stage.partner.take();
      String second = stage.partner.take();
      assertThat(first.length()).isGreaterThan(bytes);
      assertThat(second).startsWith(withoutNote(first));
      assertThat(second).containsOnlyOnce("Message-ID: <" + result.transfer().messageId() + ">");
      assertThat(second.toLowerCase(Locale.ROOT).contains("\r\ntransfer-encoding: chunked\r\n"))
          .isEqualTo(chunked);
    }
  }

  /** Reads the whole message, and lets the receiver answer it. */
  private static ScriptedPartner.Script recordAndPassOn(int port) {
    return with -> {
      with.readRequest();
      with.write(RuntimeStage.exchange(port, with.soFar()));
    };
  }

  private static String withoutNote(String octets) {
    int note = octets.lastIndexOf("\r\n[");
    return note < 0 ? octets : octets.substring(0, note);
  }

  @Test
  void takesTheDuplicateOfAMessageForSuccessWhoseAnswerWasLost() throws Exception {
    try (RuntimeStage stage = RuntimeStage.start()) {
      Receiver receiver = stage.receiver();
      try (NettyAs2Server server =
          NettyAs2Server.start(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), receiver)) {
        int port = server.address().getPort();
        stage.partner.enqueue(with -> {
          with.readRequest();
          RuntimeStage.exchange(port, with.soFar()); // received, and the answer is lost
          with.reset();
        });
        stage.partner.enqueue(recordAndPassOn(port));
        stage.write("ISA*00*".getBytes(ISO_8859_1));

        SendResult result = stage.send();

        assertThat(result.failure()).isEmpty();
        assertThat(result.attempts()).hasSize(2);
        assertThat(stage.partner.take()).isEqualTo(stage.partner.take());
      }
    }
  }
}
