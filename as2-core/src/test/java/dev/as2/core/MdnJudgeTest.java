package dev.as2.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.ConnectorOptions.UnsignedMdn;
import dev.as2.core.SendResult.Failure;
import dev.as2.core.SendResult.Receipt;
import dev.as2.core.Sent.MdnRequest;
import dev.as2.mime.DigestAlgorithm;
import dev.as2.mime.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 4130 §7.6 and §7.3.1: what an answer is worth. */
final class MdnJudgeTest {
  @ParameterizedTest(name = "{0} {1}, {2} asked")
  @CsvFileSource(resources = "/vectors/answer.csv", delimiter = '|', numLinesToSkip = 1)
  void judgesStatusAndBody(int status, String body, MdnRequest request, String expected)
      throws IOException {
    Verdict verdict = Answers.judge(Answers.sent(request), answer(status, body));

    assertThat(verdict.failure().map(Failure::code).map(Enum::name).orElse("SUCCESS"))
        .as(verdict.toString())
        .isEqualTo(expected);
  }

  private static As2Response answer(int status, String body) throws IOException {
    return switch (body) {
      case "empty" -> Answers.response(status, Headers.EMPTY, new byte[0]);
      case "html" -> Answers.html(status);
      default -> Answers.with(Answers.file(body), status, true);
    };
  }

  @Test
  void quotesWhatThePartnerAnswered() {
    assertThat(message(MdnRequest.SIGNED, Answers.html(404)))
        .isEqualTo("The partner answered 404 Reason: <h1>Oops no</h1>.");
  }

  @Test
  void quotesNoMoreThanTheLimit() {
    byte[] body = "é x\u001b".repeat(100_000).getBytes(StandardCharsets.UTF_8);
    String message = message(MdnRequest.SIGNED, Answers.response(500, Headers.EMPTY, body));

    assertThat(message).hasSizeLessThan(Limits.QUOTED_CHARACTERS + 40);
    assertThat(message).doesNotContain("\u001b");
  }

  @Test
  void speaksOfFramingAfter411() {
    assertThat(message(MdnRequest.SIGNED, Answers.html(411)))
        .contains("411 Reason", "framing", "CONTENT_LENGTH");
  }

  @Test
  void namesWhereARedirectLeads() {
    As2Response response = Answers.html(302, "Location", "https://elsewhere.example/as2");
    assertThat(message(MdnRequest.NONE, response))
        .isEqualTo("The partner answered 302 and redirects to https://elsewhere.example/as2.");
    assertThat(message(MdnRequest.NONE, Answers.html(307))).contains("307", "no Location");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "120|PT2M",
        " 0 |PT0S",
        "Fri, 02 Jan 2026 03:05:05 GMT|PT1M",
        "Fri, 02 Jan 2026 03:03:05 GMT|PT0S",
        "soon|",
        "-5|",
        "99999999999999999999|",
        "Fri, 32 Jan 2026 03:05:05 GMT|"
      })
  void readsRetryAfter(String value, Duration expected) {
    Verdict verdict =
        Answers.judge(Answers.sent(MdnRequest.SIGNED), Answers.html(503, "Retry-After", value));
    assertThat(verdict.retryAfter().orElse(null)).isEqualTo(expected);
  }

  @Test
  void believesNoYesBeforeTheMessageWasWhole() throws IOException {
    for (String file : new String[] {"without-mic", "mic-of-something-else"}) {
      As2Response early = Answers.with(Answers.file(file), 200, false);
      assertThat(Answers.judge(Answers.sent(MdnRequest.UNSIGNED), early).isSuccess()).isFalse();
    }
    As2Response html = Answers.with(Answers.html(200), 200, false);
    assertThat(code(MdnRequest.NONE, html)).isEqualTo(FailureCode.CONNECTION_CLOSED);
    assertThat(code(MdnRequest.UNSIGNED, html)).isEqualTo(FailureCode.CONNECTION_CLOSED);
    As2Response noMic = Answers.with(Answers.file("without-mic"), 200, false);
    assertThat(code(MdnRequest.NONE, noMic)).isEqualTo(FailureCode.CONNECTION_CLOSED);
  }

  @Test
  void believesAnEarlyYesWithTheRightMic() throws IOException {
    As2Response early = Answers.with(Answers.file("signed"), 200, false);
    assertThat(Answers.judge(Answers.sent(MdnRequest.SIGNED), early).isSuccess()).isTrue();
  }

  @Test
  void refusesAnUnsignedYesWhereASignedOneWasAskedFor() throws IOException {
    As2Response response = Answers.file("plain");
    assertThat(code(MdnRequest.SIGNED, response)).isEqualTo(FailureCode.MDN_NOT_SIGNED);

    Verdict accepted =
        Answers.judge(
            Answers.sent(
                MdnRequest.SIGNED,
                false,
                MicScope.PAYLOAD_CONTENT,
                Answers.policy(UnsignedMdn.ACCEPT)),
            response);
    assertThat(accepted.isSuccess()).isTrue();
    assertThat(accepted.warnings()).singleElement().asString().contains("unsigned");
    assertThat(accepted.receipt().map(Receipt::signed)).contains(false);
  }

  @Test
  void acceptsAnUnsignedYesWithoutMicWhereThePolicySaysSo() throws IOException {
    Sent sent =
        Answers.sent(
            MdnRequest.SIGNED, false, MicScope.PAYLOAD_CONTENT, Answers.policy(UnsignedMdn.ACCEPT));
    assertThat(Answers.judge(sent, Answers.file("without-mic")).isSuccess()).isTrue();
  }

  @Test
  void believesANoWhoeverSignedIt() throws IOException {
    assertThat(code(MdnRequest.SIGNED, Answers.file("refused")))
        .isEqualTo(FailureCode.MDN_RESPONSE_INDICATES_AUTHENTICATION_FAILED);
    assertThat(Answers.judge(Answers.sent(MdnRequest.SIGNED), Answers.file("refused")).warnings())
        .containsExactly("The MDN is not signed.");
  }

  @Test
  void quotesTheReasonOfARefusal() throws IOException {
    assertThat(message(MdnRequest.UNSIGNED, Answers.file("refused")))
        .contains("processed/error: authentication-failed", "The message was received.");
  }

  @Test
  void acceptsASignatureThatNobodyAskedFor() throws IOException {
    Verdict known = Answers.judge(Answers.sent(MdnRequest.UNSIGNED), Answers.file("signed"));
    assertThat(known.isSuccess()).isTrue();
    assertThat(known.warnings()).isEmpty();
    assertThat(known.receipt().map(Receipt::signed)).contains(true);

    Verdict unknown =
        Answers.judge(Answers.sent(MdnRequest.UNSIGNED), Answers.file("signed-by-a-stranger"));
    assertThat(unknown.isSuccess()).isTrue();
    assertThat(unknown.warnings()).singleElement().asString().contains("CN=Someone Else");
    assertThat(unknown.receipt().map(Receipt::signed)).contains(false);

    assertThat(code(MdnRequest.UNSIGNED, Answers.file("signed-other-octets")))
        .isEqualTo(FailureCode.VERIFICATION_FAILED);
  }

  @Test
  void namesIssuerAndSerialOfAStranger() throws IOException {
    assertThat(message(MdnRequest.SIGNED, Answers.file("signed-by-a-stranger")))
        .contains("CN=Someone Else", "serial ", "p-0123456789abcdef0");
  }

  @Test
  void neverFailsOverAnMdnThatNobodyAskedFor() throws IOException {
    for (String[] row : Answers.rows()) {
      Verdict verdict = Answers.judge(Answers.sent(MdnRequest.NONE), Answers.file(row[1]));
      assertThat(verdict.failure()).as(row[1]).isEmpty();
    }
    Verdict refused = Answers.judge(Answers.sent(MdnRequest.NONE), Answers.file("refused"));
    assertThat(String.join(" ", refused.warnings())).contains("does not say", "authentication");
  }

  @Test
  void keepsTheStatusOfAnMdnThatCameWithAnother() throws IOException {
    Verdict verdict =
        Answers.judge(
            Answers.sent(MdnRequest.SIGNED), Answers.with(Answers.file("signed"), 500, true));
    assertThat(verdict.isSuccess()).isTrue();
    assertThat(verdict.warnings()).singleElement().asString().contains("500");
  }

  @ParameterizedTest
  @CsvSource({"true, ''", "false, duplicate-document"})
  void takesADuplicateForSuccess(boolean repeated, String warning) throws IOException {
    Sent sent =
        Answers.sent(
            MdnRequest.UNSIGNED,
            repeated,
            MicScope.PAYLOAD_CONTENT,
            Answers.policy(UnsignedMdn.REFUSE));
    Verdict verdict = Answers.judge(sent, Answers.file("warned"));

    assertThat(verdict.isSuccess()).isTrue();
    assertThat(verdict.warnings()).hasSize(repeated ? 0 : 1);
    assertThat(String.join(" ", verdict.warnings())).contains(warning);
  }

  @Test
  void namesTheOctetsThatThePartnerHashed() throws IOException {
    Sent sent =
        Answers.sent(
            MdnRequest.UNSIGNED,
            false,
            MicScope.PAYLOAD_ENTITY,
            Answers.policy(UnsignedMdn.REFUSE));
    Verdict same = Answers.judge(sent, Answers.file("plain"));
    Verdict otherDigest = Answers.judge(sent, Answers.file("mic-sha1"));

    assertThat(same.failure().orElseThrow().message())
        .endsWith(": the partner hashed the payload without its MIME headers.");
    assertThat(same.receipt().map(Receipt::micMatch)).contains("variant:payload-content");
    assertThat(otherDigest.failure().orElseThrow().message())
        .endsWith(": the partner hashed the payload without its MIME headers (sha1).");
  }

  @Test
  void namesTheWrongDigestOfTheRightOctets() throws IOException {
    assertThat(message(MdnRequest.UNSIGNED, Answers.file("mic-sha1")))
        .endsWith(
            ": the partner hashed the payload without its MIME headers with sha1 instead of"
                + " sha-256.");
  }

  @Test
  void acceptsAWrongMicThatTheConnectorNames() throws IOException {
    for (String file : new String[] {"plain", "mic-sha1"}) {
      Sent sent =
          Answers.sent(
              MdnRequest.UNSIGNED,
              false,
              MicScope.PAYLOAD_ENTITY,
              Answers.policy(UnsignedMdn.REFUSE, MicScope.PAYLOAD_CONTENT));
      Verdict verdict = Answers.judge(sent, Answers.file(file));

      assertThat(verdict.isSuccess()).isTrue();
      assertThat(verdict.warnings()).singleElement().asString().contains("without its MIME");
      assertThat(verdict.receipt().map(Receipt::micMatch)).contains("variant:payload-content");
    }
  }

  @Test
  void acceptsNoOtherWrongMic() throws IOException {
    Sent sent =
        Answers.sent(
            MdnRequest.UNSIGNED,
            false,
            MicScope.PAYLOAD_ENTITY,
            Answers.policy(UnsignedMdn.REFUSE, MicScope.COMPRESSED_ENTITY, MicScope.NOTHING));
    assertThat(Answers.judge(sent, Answers.file("plain")).isSuccess()).isFalse();
    assertThat(Answers.judge(sent, Answers.file("mic-of-something-else")).isSuccess()).isFalse();
  }

  @Test
  void findsNoMatchWithoutDigests() throws IOException {
    Sent.Mics none = new Sent.Mics(MicScope.PAYLOAD_ENTITY, DigestAlgorithm.SHA256, Map.of());
    Mdn mdn =
        MdnReader.read(Answers.file("plain").headers(), Answers.file("plain").body()).orElseThrow();
    assertThat(MicMatch.of(mdn.mic(), none).word()).isEqualTo("mismatch");
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "HTTP_ERROR_RESPONSE_FROM_PARTNER, 500, true",
    "HTTP_ERROR_RESPONSE_FROM_PARTNER, 503, true",
    "HTTP_ERROR_RESPONSE_FROM_PARTNER, 408, true",
    "HTTP_ERROR_RESPONSE_FROM_PARTNER, 425, true",
    "HTTP_ERROR_RESPONSE_FROM_PARTNER, 429, true",
    "HTTP_ERROR_RESPONSE_FROM_PARTNER, 400, false",
    "HTTP_ERROR_RESPONSE_FROM_PARTNER, 401, false",
    "HTTP_ERROR_RESPONSE_FROM_PARTNER, 404, false",
    "HTTP_ERROR_RESPONSE_FROM_PARTNER, 413, false",
    "CONNECTION_CLOSED, 0, true",
    "MDN_TIMED_OUT, 0, true",
    "UNABLE_TO_RESOLVE_HOSTNAME, 0, true",
    "HTTP_REDIRECTED, 302, false",
    "VERIFICATION_FAILED, 200, false",
    "VERIFICATION_FAILED, 500, false",
    "MDN_INVALID, 200, false",
    "MDN_MISSING, 200, true",
    "MDN_RESPONSE_INDICATES_UNEXPECTED_PROCESSING_ERROR, 200, false",
  })
  void knowsWhatIsWorthRetrying(FailureCode code, int status, boolean expected) {
    RetryPlan plan =
        new RetryPlan(
            4,
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            0.2,
            Duration.ofHours(1),
            Set.of(FailureCode.MDN_MISSING));
    assertThat(MdnJudge.worthRetrying(code, status, plan)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100, 199, 600, 999, -1})
  void takesNoOddStatusForSuccess(int status) {
    assertThat(code(MdnRequest.NONE, Answers.html(status)))
        .isEqualTo(FailureCode.HTTP_ERROR_RESPONSE_FROM_PARTNER);
  }

  private static FailureCode code(MdnRequest request, As2Response response) {
    return Answers.judge(Answers.sent(request), response).failure().orElseThrow().code();
  }

  private static String message(MdnRequest request, As2Response response) {
    return Answers.judge(Answers.sent(request), response).failure().orElseThrow().message();
  }
}
