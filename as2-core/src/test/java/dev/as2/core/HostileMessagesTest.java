package dev.as2.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.ReceivingStage.Made;
import dev.as2.mime.CompressedEntity;
import dev.as2.mime.Content;
import dev.as2.mime.ContentEntity;
import dev.as2.mime.Entity;
import dev.as2.mime.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that are to exhaust a receiver, or to write where they may not. */
@Timeout(120)
class HostileMessagesTest {
  private static final String PARTS = "multipart/related; boundary=b";

  @TempDir Path spool;

  /** The words of the MDN's refusal, where nothing was stored. */
  private String refusal(Made made) throws IOException {
    try (ReceivingStage stage = new ReceivingStage(spool)) {
      As2Handler.Answer answer = stage.receive(made);
      assertThat(answer.status()).isEqualTo(200);
      Mdn mdn = ReceivingStage.mdn(answer);
      assertThat(mdn.disposition().isPositive()).isFalse();
      assertThat(mdn.text())
          .startsWith("The message was not accepted: ")
          .doesNotContain("Exception");
      assertThat(stage.inbox()).allMatch(key -> key.matches("from-us/failed/.*\\.(mdn|json)"));
      assertThat(stage.spoolIsEmpty()).isTrue();
      return stage.reception().failure().orElseThrow().message();
    }
  }

  private static Made plain(String contentType, String body) throws IOException {
    return ReceivingStage.message(Set.of())
        .with("Content-Type", contentType)
        .withBody(body.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static Made entity(Entity entity) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    entity.writeBodyTo(body);
    return ReceivingStage.message(Set.of())
        .with("Content-Type", entity.headers().first("Content-Type").orElseThrow())
        .with("Content-Transfer-Encoding", "binary")
        .withBody(body.toByteArray());
  }

  /** As many zeros as are asked for, in no memory. */
  private static Content zeros(long length) {
    return new Content() {
      @Override
      public long length() {
        return length;
      }

      @Override
      public InputStream open() {
        return new InputStream() {
          private long left = length;

          @Override
          public int read() {
            return left-- > 0 ? 0 : -1;
          }

          @Override
          public int read(byte[] target, int offset, int count) {
            if (left <= 0) {
              return -1;
            }
            int some = (int) Math.min(left, count);
            Arrays.fill(target, offset, offset + some, (byte) 0);
            left -= some;
            return some;
          }
        };
      }
    };
  }

  @Test
  void refusesACompressionBomb() throws IOException {
    Entity bomb =
        new CompressedEntity(
            new ContentEntity(
                Headers.of("Content-Type", "application/octet-stream"), zeros(400L << 20)),
            9);

    assertThat(refusal(entity(bomb)))
        .contains("more than 200 times larger than its compressed form");
  }

  @Test
  void takesSmallContentsHoweverWellTheyShrink() throws IOException {
    Entity zeros =
        new CompressedEntity(
            new ContentEntity(Headers.of("Content-Type", "text/plain"), zeros(10 << 20)), 9);
    try (ReceivingStage stage = new ReceivingStage(spool)) {
      assertThat(ReceivingStage.mdn(stage.receive(entity(zeros))).disposition().isPositive())
          .isTrue();
    }
  }

  @Test
  void refusesALayerThatComesTwice() throws IOException {
    Entity payload =
        new ContentEntity(Headers.of("Content-Type", "text/plain"), Content.of(new byte[10]));
    assertThat(refusal(entity(new CompressedEntity(new CompressedEntity(payload, 1), 1))))
        .isEqualTo("The message was not accepted: it is compressed twice.");
  }

  @Test
  void refusesTenThousandParts() throws IOException {
    String body = "--b\r\nContent-Type: text/plain\r\n\r\nx\r\n".repeat(10_000) + "--b--\r\n";
    assertThat(refusal(plain(PARTS, body))).contains("it has more than 100 attachments");
  }

  @Test
  void refusesAPartWithAHugeHeader() throws IOException {
    String body = "--b\r\nContent-Type: " + "x".repeat(1 << 20) + "\r\n\r\nx\r\n--b--\r\n";
    assertThat(refusal(plain(PARTS, body))).contains("header block is longer than 65536");
  }

  @Test
  void refusesAnEntityWithAHugeHeader() throws IOException {
    Entity huge =
        new CompressedEntity(
            new ContentEntity(
                Headers.of("Content-Type", "text/plain", "X", "y".repeat(1 << 20)),
                Content.of(new byte[10])),
            1);
    assertThat(refusal(entity(huge))).contains("header block is longer than 65536");
  }

  static Stream<Arguments> notWhole() {
    String signed = "--b\r\n\r\nx\r\n--b\r\n\r\n";
    String cms = "application/pkcs7-mime";
    return Stream.of(
        Arguments.of("multipart/related", "--b--\r\n"),
        Arguments.of("multipart/related; boundary=", "--b--\r\n"),
        Arguments.of(PARTS, ""),
        Arguments.of(PARTS, "--b--\r\n"),
        Arguments.of(PARTS, "--b"),
        Arguments.of(PARTS, "--b\r\n\r\nno end"),
        Arguments.of(PARTS, "--b\r\nContent-Transfer-Encoding: base64\r\n\r\nA=A\r\n--b--\r\n"),
        Arguments.of("multipart/signed; boundary=b", "--b--\r\n"),
        Arguments.of("multipart/signed; boundary=b", "--b\r\n\r\nx\r\n--b--\r\n"),
        Arguments.of("multipart/signed; boundary=b", signed + "!\r\n--b--\r\n"),
        Arguments.of("multipart/signed; boundary=b; micalg=none", signed + "MIIB\r\n--b--\r\n"),
        Arguments.of(
            "multipart/signed; boundary=b", signed + "0".repeat(2 << 20) + "\r\n--b--\r\n"),
        Arguments.of(cms, ""),
        Arguments.of(cms, "0"),
        Arguments.of(cms, "MIAG"),
        Arguments.of(
            cms + "; smime-type=signed-data", "0\u0080\u0006\t*\u0086H\u0086÷\r\u0001\u0007\u0002"),
        Arguments.of(
            cms + "; smime-type=enveloped-data",
            "0\u0080\u0006\t*\u0086H\u0086÷\r\u0001\u0007\u0003"),
        Arguments.of(cms, "0\u0084ÿÿÿÿ\u0006\u000b*\u0086H\u0086÷\r\u0001\t\u0010\u0001\t"));
  }

  @ParameterizedTest
  @MethodSource("notWhole")
  void refusesWhatIsNoWholeMessage(String contentType, String body) throws IOException {
    assertThat(refusal(plain(contentType, body))).startsWith("The message was not accepted: ");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void refusesNoiseInAnyLayer(int seed) throws IOException {
    Made made = ReceivingStage.message(Set.of(Layer.COMPRESS, Layer.SIGN, Layer.ENCRYPT));
    byte[] noisy = made.body().clone();
    Random random = new Random(seed);
    for (int i = 0; i < 20; i++) {
      noisy[random.nextInt(noisy.length)] = (byte) random.nextInt();
    }
    assertThat(refusal(made.withBody(noisy)))
        .matches(".*(decrypted|damaged|recognised|layer|sender).*");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "../../etc/passwd|passwd",
        "..\\\\..\\\\boot.ini|boot.ini",
        "/etc/cron.d/x|x",
        ".bashrc|_.bashrc",
        "..|_..",
        "a\u0001b|a_b",
        "a\u202egpj.exe|a_gpj.exe",
        "C:evil|C_evil",
      })
  void keepsFilesInTheirFolder(String name, String stored) throws IOException {
    Agreement preserving =
        ReceivingStage.agreement(
            ReceivingStage.agreement().directories(),
            Agreement.PreserveFilename.ENABLED,
            Agreement.EnforceMessageSigning.DISABLED);
    Made made =
        ReceivingStage.message(
            ReceivingStage.connector(
                Set.of(Layer.SIGN),
                As2Config.MdnSigningAlgorithm.SHA256,
                As2Config.MdnResponse.SYNC),
            name,
            ReceivingStage.FILE);
    try (ReceivingStage stage = new ReceivingStage(spool, preserving, b -> b)) {
      stage.receive(made);

      assertThat(stage.inbox()).contains("from-us/processed/" + stored);
      assertThat(stage.inbox()).allMatch(key -> key.matches("from-us/processed/[^/]+"));
    }
  }

  @Test
  void makesNoPathOfAMessageId() throws IOException {
    try (ReceivingStage stage = new ReceivingStage(spool)) {
      stage.receive(
          ReceivingStage.message(Set.of())
              .with("Message-ID", "<../../../x/" + "y".repeat(900) + ">"));

      assertThat(stage.inbox())
          .hasSize(3)
          .allMatch(key -> key.matches("from-us/processed/[^/]{1,255}"));
    }
  }
}
