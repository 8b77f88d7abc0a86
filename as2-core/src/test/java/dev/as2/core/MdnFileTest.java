package dev.as2.core;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.mime.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MdnFileTest {
  @Test
  void isTheAnswerWithoutWhatBelongsToItsConnection() {
    Headers headers =
        Headers.of(
            "Content-Type",
            "multipart/report",
            "Connection",
            "close",
            "Set-Cookie",
            "secret",
            "transfer-encoding",
            "chunked",
            "AS2-From",
            "them");
    As2Response answer = Answers.response(200, headers, "a\nb\r\nc\0".getBytes(ISO_8859_1));
    assertThat(new String(MdnFile.octets(answer), ISO_8859_1))
        .isEqualTo("Content-Type: multipart/report\r\nAS2-From: them\r\n\r\na\nb\r\nc\0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "signed-refusal", "lf-only", "signature-base64"})
  void canBeReadAgain(String name) throws Exception {
    As2Response answer = Answers.file(name);
    var again = dev.as2.mime.MimePart.parse(MdnFile.octets(answer), 1 << 16);
    assertThat(again.body()).isEqualTo(answer.body());
    assertThat(MdnReader.read(again.headers(), again.body())).isPresent();
  }
}
