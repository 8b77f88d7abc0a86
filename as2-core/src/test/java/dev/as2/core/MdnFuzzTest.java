package dev.as2.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.Sent.MdnRequest;
import dev.as2.mime.CmsSignature.Verification.Verified;
import dev.as2.mime.Headers;
import dev.as2.mime.MimeException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Damaged MDNs give a verdict, never another exception, and never a yes that nobody signed. */
@Timeout(180)
final class MdnFuzzTest {
  private static final int CASES = 10_000;

  private static final String[] SNIPPETS = {
    "\r\n",
    "\n",
    "\r",
    "--",
    "--s1",
    "--r1",
    "--s1--",
    ":",
    ";",
    "\"",
    "=",
    "\\",
    " ",
    "\t",
    "Content-Type: ",
    "message/disposition-notification",
    "multipart/mixed; boundary=s1",
    "Content-Transfer-Encoding: base64\r\n",
    "Disposition: x; processed\r\n",
    "\u0000",
    "\u00ff",
    "automatic-action/MDN-sent-automatically; processed",
    "error",
    "0\u0080",
    "MIA",
    ","
  };

  private final SplittableRandom random = new SplittableRandom(4130_7_6);

  @Test
  void damagedAnswersOnlyGiveVerdicts() throws IOException {
    List<String[]> rows = Answers.rows();
    Sent sent = Answers.sent(MdnRequest.SIGNED);
    for (int i = 0; i < CASES; i++) {
      String file = rows.get(random.nextInt(rows.size()))[1];
      As2Response original = Answers.file(file);
      As2Response damaged = damaged(original);
      Verdict verdict = Answers.judge(sent, damaged);
      if (verdict.isSuccess()) {
        assertThat(signedContent(damaged))
            .as("case " + i + " of " + file)
            .isEqualTo(signedContent(original));
      }
    }
  }

  @Test
  void noChangeInsideTheSignedPartIsAYes() throws IOException {
    As2Response original = Answers.file("signed");
    byte[] body = original.body();
    String text = new String(body, StandardCharsets.ISO_8859_1);
    int from = text.indexOf("\r\n") + 2;
    int to = text.lastIndexOf("\r\n--s1\r\n");
    for (int at = from; at < to; at++) {
      byte[] changed = body.clone();
      changed[at] ^= (byte) (1 << random.nextInt(8));
      Verdict verdict = Answers.judge(Answers.sent(MdnRequest.SIGNED), with(original, changed));
      boolean lineEnd = text.startsWith("\r\n", at);
      assertThat(verdict.isSuccess() && !lineEnd).as("octet " + at).isFalse();
    }
  }

  @Test
  void noTruncatedAnswerIsAYes() throws IOException {
    As2Response original = Answers.file("signed");
    byte[] body = original.body();
    for (int length = 0; length < body.length - 64; length++) {
      Verdict verdict =
          Answers.judge(
              Answers.sent(MdnRequest.SIGNED), with(original, Arrays.copyOf(body, length)));
      assertThat(verdict.isSuccess()).as("first " + length + " octets").isFalse();
    }
  }

  /** What is signed, with canonical line ends; the signature must hold. */
  private static byte[] signedContent(As2Response response) throws As2Exception, MimeException {
    Mdn.Signed signed =
        MdnReader.read(response.headers(), response.body()).orElseThrow().signature().orElseThrow();
    assertThat(signed.verify(List.of(Answers.partner()))).isInstanceOf(Verified.class);
    return LineEnds.withoutLast(LineEnds.toCrlf(signed.content().raw()));
  }

  private As2Response damaged(As2Response original) {
    byte[] body = original.body();
    for (int i = random.nextInt(4); i >= 0 && body.length > 0; i--) {
      body = damaged(body);
    }
    Headers headers = original.headers();
    if (random.nextInt(8) == 0) {
      String type = headers.first("Content-Type").orElse("x");
      byte[] octets = damaged(type.getBytes(StandardCharsets.ISO_8859_1));
      String value = new String(octets, StandardCharsets.ISO_8859_1);
      headers = headers.with("Content-Type", value.replaceAll("[^ -~]", "?").strip());
    }
    return Answers.response(200, headers, body);
  }

  private byte[] damaged(byte[] octets) {
    int at = random.nextInt(octets.length);
    int length = random.nextInt(Math.min(64, octets.length - at) + 1);
    List<byte[]> pieces = new ArrayList<>(List.of(Arrays.copyOf(octets, at)));
    byte[] taken = Arrays.copyOfRange(octets, at, at + length);
    int rest = at + length;
    switch (random.nextInt(6)) {
      case 0 -> taken = new byte[0];
      case 1 -> random.nextBytes(taken);
      case 2 -> pieces.add(taken);
      case 3 -> rest = octets.length;
      case 4 -> pieces.add(snippet());
      default -> {
        taken = snippet();
        rest = Math.min(at + 1, octets.length);
      }
    }
    pieces.add(taken);
    pieces.add(Arrays.copyOfRange(octets, rest, octets.length));
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    pieces.forEach(joined::writeBytes);
    return joined.toByteArray();
  }

  private byte[] snippet() {
    return SNIPPETS[random.nextInt(SNIPPETS.length)].getBytes(StandardCharsets.ISO_8859_1);
  }

  private static As2Response with(As2Response original, byte[] body) {
    return Answers.response(200, original.headers(), body);
  }
}
