package dev.as2.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.as2.core.As2Handler.Answer;
import dev.as2.core.InMemoryFileStore.Operation;
import dev.as2.core.ReceivingStage.Made;
import dev.as2.mime.Headers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a receiver keeps of messages that broke off, and how they go on. */
@Timeout(60)
class RestartsTest {
  private static final Agreement AGREEMENT = ReceivingStage.agreement("as2:restart", "ON");
  private static final String TAG = "\"transfer-1\"";

  @TempDir Path spool;
  private Made made;
  private int length;

  @BeforeEach
  void makeAMessage() throws IOException {
    byte[] file = new byte[300_000];
    new Random(1).nextBytes(file);
    made =
        ReceivingStage.message(
                ReceivingStage.connector(
                    Set.of(Layer.COMPRESS, Layer.SIGN, Layer.ENCRYPT),
                    As2Config.MdnSigningAlgorithm.SHA256,
                    As2Config.MdnResponse.SYNC),
                ReceivingStage.NAME,
                file)
            .with("ETag", TAG);
    length = made.body().length;
  }

  private ReceivingStage stage() throws IOException {
    return new ReceivingStage(spool, AGREEMENT, b -> b);
  }

  private static InputStream cutAfter(byte[] octets) {
    return new SequenceInputStream(
        new ByteArrayInputStream(octets),
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("the line was cut");
          }
        });
  }

  private static Answer post(ReceivingStage stage, Headers headers, InputStream body)
      throws IOException {
    return stage.runtime.handle(
        new As2Handler.Request("POST", "/as2", headers, body, new InetSocketAddress(4080)));
  }

  private void cut(ReceivingStage stage, int bytes) {
    assertThatThrownBy(
            () -> post(stage, made.headers(), cutAfter(Arrays.copyOf(made.body(), bytes))))
        .isInstanceOf(IOException.class);
  }

  private Answer goOn(ReceivingStage stage, int from) throws IOException {
    byte[] rest = Arrays.copyOfRange(made.body(), from, length);
    return post(
        stage,
        made.headers().with("Content-Range", ContentRange.from(from, length).toHeader()),
        new ByteArrayInputStream(rest));
  }

  private static String held(ReceivingStage stage, String... headers) throws IOException {
    Answer answer =
        stage.runtime.handle(ScriptedClient.arrived("HEAD", Headers.of(headers), new byte[0]));
    assertThat(answer.status()).isEqualTo(200);
    return answer.headers().first("Content-Length").orElseThrow();
  }

  private static String held(ReceivingStage stage) throws IOException {
    return held(
        stage,
        "ETag",
        TAG,
        "AS2-From",
        Trade.OUR_ID.toHeader(),
        "AS2-To",
        ReceivingStage.RECEIVER.toHeader(),
        "AS2-Version",
        "1.2");
  }

  private void assertReceived(ReceivingStage stage, Answer answer) throws IOException {
    Mdn mdn = ReceivingStage.mdn(answer);
    assertThat(mdn.disposition().isPositive()).isTrue();
    assertThat(made.isStatedBy(mdn.mic().orElseThrow())).isTrue();
    assertThat(stage.receptions.get(stage.receptions.size() - 1).failure()).isEmpty();
    assertThat(spool.resolve("restarts")).isEmptyDirectory();
  }

  @Test
  void aMessageThatBrokeOffGoesOnWhereItEnded() throws Exception {
    try (ReceivingStage stage = stage()) {
      cut(stage, 100_000);
      assertThat(held(stage)).isEqualTo("100000");

      assertReceived(stage, goOn(stage, 100_000));
      assertThat(stage.inbox()).hasSize(3);
    }
  }

  @Test
  void aRestThatBreaksOffIsKeptToo() throws Exception {
    try (ReceivingStage stage = stage()) {
      cut(stage, 100_000);
      Headers rest =
          made.headers().with("Content-Range", ContentRange.from(100_000, length).toHeader());
      assertThatThrownBy(
              () -> post(stage, rest, cutAfter(Arrays.copyOfRange(made.body(), 100_000, 250_000))))
          .isInstanceOf(IOException.class);
      assertThat(held(stage)).isEqualTo("250000");

      assertReceived(stage, goOn(stage, 250_000));
    }
  }

  @Test
  void anotherRunGoesOnWithIt() throws Exception {
    try (ReceivingStage stage = stage()) {
      cut(stage, 100_000);
    }
    try (ReceivingStage stage = stage()) {
      assertThat(held(stage)).isEqualTo("100000");
      assertReceived(stage, goOn(stage, 100_000));
    }
  }

  @Test
  void octetsMayComeTwice() throws Exception {
    try (ReceivingStage stage = stage()) {
      cut(stage, 100_000);

      assertReceived(stage, goOn(stage, 50_000));
    }
  }

  @Test
  void theLastOctetIsEnoughWhereAllHadCome() throws Exception {
    try (ReceivingStage stage = stage()) {
      stage.store.failOn(Operation.WRITE, path -> true, new IOException("the disk is full"));
      assertThat(stage.receive(made).status()).isEqualTo(503);
      stage.store.heal();
      assertThat(held(stage)).isEqualTo(String.valueOf(length));

      assertReceived(stage, goOn(stage, length - 1));
    }
  }

  @Test
  void theLastOctetBringsAnAnswerThatWasLost() throws Exception {
    try (ReceivingStage stage = stage()) {
      Answer lost = goOn(stage, 0);
      assertReceived(stage, lost);
      assertThat(held(stage)).isEqualTo(String.valueOf(length));

      assertThat(goOn(stage, length - 1).body()).isEqualTo(lost.body());
      assertThat(stage.receptions).hasSize(1);
      assertThat(stage.repeated).hasSize(1);
      Headers other = made.headers().with("Content-Range", "bytes 5-9/10");
      assertThat(post(stage, other, InputStream.nullInputStream()).status()).isEqualTo(416);
      assertThat(goOn(stage, 0).body()).isEqualTo(lost.body());
    }
  }

  @Test
  void withoutARangeItBeginsAnew() throws Exception {
    try (ReceivingStage stage = stage()) {
      cut(stage, 100_000);

      assertReceived(stage, stage.receive(made));
    }
  }

  @Test
  void aRangeThatLeavesAGapIsRefused() throws Exception {
    try (ReceivingStage stage = stage()) {
      cut(stage, 100_000);
      Answer answer = goOn(stage, 100_001);

      assertThat(answer.status()).isEqualTo(416);
      assertThat(answer.headers().first("Content-Range")).contains("bytes */100000");
      assertThat(held(stage)).isEqualTo("100000");
    }
  }

  @Test
  void aRangeThatContradictsTheLengthOrEndsEarlyIsRefused() throws Exception {
    try (ReceivingStage stage = stage()) {
      cut(stage, 100_000);
      for (Headers headers :
          new Headers[] {
            made.headers().with("Content-Range", "bytes 100000-200000/" + length),
            made.headers().with("Content-Range", "nonsense"),
            made.headers()
                .with("Content-Range", ContentRange.from(100_000, length).toHeader())
                .with("Content-Length", "7")
          }) {
        assertThat(post(stage, headers, InputStream.nullInputStream()).status()).isEqualTo(416);
      }
      assertThat(held(stage)).isEqualTo("100000");
    }
  }

  @Test
  void whatIsDamagedIsRefusedAndNotKept() throws Exception {
    try (ReceivingStage stage = stage()) {
      cut(stage, 100_000);
      made.body()[200_000] ^= 1;
      Answer answer = goOn(stage, 100_000);

      assertThat(ReceivingStage.mdn(answer).disposition().isPositive()).isFalse();
      assertThat(held(stage)).isEqualTo("0");
      assertThat(stage.inbox()).noneMatch(path -> path.endsWith(".edi"));
    }
  }

  @Test
  void partnersWithoutTheOptionAndStrangersHaveNothingKept() throws Exception {
    try (ReceivingStage stage = new ReceivingStage(spool)) {
      cut(stage, 100_000);
      assertThat(held(stage)).isEqualTo("0");
      assertThat(stage.spoolIsEmpty()).isTrue();
    }
    try (ReceivingStage stage = stage()) {
      cut(stage, 100_000);
      assertThat(held(stage, "ETag", TAG, "AS2-From", "X", "AS2-To", "Y")).isEqualTo("0");
      assertThat(held(stage, "ETag", TAG, "AS2-From", "", "AS2-To", "")).isEqualTo("0");
      assertThat(held(stage, "ETag", TAG)).isEqualTo("0");
    }
  }

  @Test
  void aMessageInUseIsAskedForLater() throws Exception {
    try (ReceivingStage stage = stage()) {
      InputStream busy =
          new InputStream() {
            @Override
            public int read() throws IOException {
              Headers asked =
                  Headers.of("ETag", TAG)
                      .plus("AS2-From", Trade.OUR_ID.toHeader())
                      .plus("AS2-To", ReceivingStage.RECEIVER.toHeader());
              Answer answer =
                  stage.runtime.handle(ScriptedClient.arrived("HEAD", asked, new byte[0]));
              assertThat(answer.status()).isEqualTo(503);
              assertThat(answer.headers().first("Retry-After")).isPresent();
              throw new IOException("the line was cut");
            }
          };
      assertThatThrownBy(() -> post(stage, made.headers(), busy)).isInstanceOf(IOException.class);
      assertThat(held(stage)).isEqualTo("0");
    }
  }
}
