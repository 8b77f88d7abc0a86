package dev.as2.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.as2.core.SendResult.Failure;
import dev.as2.core.Sent.MdnRequest;
import dev.as2.mime.Headers;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Every MDN of {@code vectors/mdn}, by the expectation of its row. */
@Timeout(60)
final class MdnReaderTest {
  @ParameterizedTest(name = "{0}: {1}")
  @CsvFileSource(
      resources = "/vectors/mdn.csv",
      delimiter = '|',
      numLinesToSkip = 1,
      nullValues = "-",
      emptyValue = "")
  void readsWhatPartnersSend(
      String item, String file, String signature, String failure, String mic, String warning)
      throws IOException {
    MdnRequest request = signature.equals("none") ? MdnRequest.UNSIGNED : MdnRequest.SIGNED;

    Verdict verdict = Answers.judge(Answers.sent(request), Answers.file(file));

    assertThat(verdict.failure().map(Failure::code).map(Enum::name).orElse(""))
        .as(verdict.toString())
        .isEqualTo(orEmpty(failure));
    assertThat(verdict.receipt().map(SendResult.Receipt::micMatch).orElse(""))
        .isEqualTo(orEmpty(mic));
    assertThat(verdict.receipt().map(SendResult.Receipt::signed).orElse(false))
        .isEqualTo(signature.equals("verified"));
    if (orEmpty(warning).isEmpty()) {
      assertThat(verdict.warnings()).isEmpty();
    } else {
      assertThat(String.join(" ", verdict.warnings())).contains(warning);
    }
  }

  @Test
  void hasARowForEachFile() throws IOException, URISyntaxException {
    Path folder = Path.of(getClass().getResource("/vectors/mdn").toURI());
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(f -> f.getFileName().toString()).filter(f -> f.endsWith(".eml")))
          .containsExactlyInAnyOrderElementsOf(
              Answers.rows().stream().map(row -> row[1] + ".eml").toList());
    }
  }

  @Test
  void keepsWhatTheMdnSays() throws IOException {
    Mdn mdn = read(Answers.file("outer-quoted-header")).orElseThrow();

    assertThat(mdn.text()).isEqualTo("The message was received.");
    assertThat(mdn.messageId()).contains(new MessageId("mdn-1@acme"));
    assertThat(mdn.originalMessageId()).contains(Answers.MESSAGE_ID);
    assertThat(mdn.finalRecipient()).contains(new As2Id("acme"));
    assertThat(mdn.fields().first("Reporting-UA")).contains("acme-edi 1.0");
    assertThat(mdn.dispositionField())
        .isEqualTo("automatic-action/MDN-sent-automatically; processed");
    assertThat(mdn.subject()).contains("Your receipt");
  }

  @Test
  void readsTheTextWhereItHasNoHeaders() throws IOException {
    Mdn mdn = read(Answers.file("text-part-without-headers-and-blank-line")).orElseThrow();
    assertThat(mdn.text()).isEqualTo("The message was received.");
  }

  @Test
  void findsNothingInAnErrorPage() throws IOException {
    assertThat(read(Answers.html(200))).isEmpty();
  }

  @Test
  void refusesMultipartsThatAreNestedTooDeep() {
    String body = report();
    String type = "multipart/report; boundary=r";
    for (int i = 0; i < 100; i++) {
      body = "--b" + i + "\r\nContent-Type: " + type + "\r\n\r\n" + body + "\r\n--b" + i + "--\r\n";
      type = "multipart/mixed; boundary=b" + i;
    }
    assertUnreadable(type, body, "inside each other");
  }

  @Test
  void refusesMoreParts() {
    String parts = "--r\r\n\r\nx\r\n".repeat(100_000) + report();
    assertUnreadable("multipart/report; boundary=r", parts, "parts");
  }

  @Test
  void countsThePartsOfAllMultipartsTogether() {
    String mixed =
        "--m\r\nContent-Type: multipart/mixed; boundary=i\r\n\r\n"
            + "--i\r\n\r\nx\r\n".repeat(20)
            + "--i--\r\n";
    assertUnreadable("multipart/mixed; boundary=m", mixed.repeat(3) + "--m--", "parts");
  }

  @Test
  void refusesLongHeaders() {
    String part = "--r\r\nContent-Type: text/plain\r\nX: " + "x".repeat(1 << 17) + "\r\n\r\n";
    assertUnreadable("multipart/report; boundary=r", part + report(), "header block");
  }

  @Test
  @Timeout(20)
  void staysQuickWithTheLargestAnswers() {
    List<String> units =
        List.of(
            "--r",
            "--\n",
            "--x\ncontent-",
            "\n",
            "a:\n",
            " ",
            "\"",
            "--r\r\n",
            "=",
            "A",
            "\r",
            "\\",
            ";",
            ",\r");
    for (String unit : units) {
      byte[] body =
          ("--r\r\nContent-Type: x;" + unit.repeat(Limits.ANSWER_BYTES / unit.length()))
              .getBytes(StandardCharsets.US_ASCII);
      for (String type : List.of("multipart/signed; boundary=r", "text/plain", "\"")) {
        Headers headers = Headers.of("Content-Type", type);
        Verdict verdict =
            Answers.judge(Answers.sent(MdnRequest.SIGNED), Answers.response(200, headers, body));
        assertThat(verdict.isSuccess()).isFalse();
      }
    }
  }

  private static void assertUnreadable(String type, String body, String why) {
    As2Response response =
        Answers.response(
            200, Headers.of("Content-Type", type), body.getBytes(StandardCharsets.US_ASCII));
    assertThatThrownBy(() -> read(response))
        .isInstanceOf(As2Exception.class)
        .hasMessageContaining(why)
        .extracting(e -> ((As2Exception) e).code())
        .isEqualTo(FailureCode.MDN_INVALID);
  }

  private static Optional<Mdn> read(As2Response response) throws As2Exception {
    return MdnReader.read(response.headers(), response.body());
  }

  private static String report() {
    return Stream.of(
            "--r",
            "Content-Type: message/disposition-notification",
            "",
            "Disposition: a/b; processed",
            "--r--",
            "")
        .collect(Collectors.joining("\r\n"));
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }
}
