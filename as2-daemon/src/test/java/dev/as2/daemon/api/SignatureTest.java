package dev.as2.daemon.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.daemon.state.AccessKey;
import dev.as2.daemon.state.AccessKeys;
import dev.as2.daemon.state.SecretKeys;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkGlobalTime;
import software.amazon.awssdk.services.transfer.TransferClient;

class SignatureTest extends ApiFixture {
  private static final byte[] BODY = "{}".getBytes(UTF_8);
  private static final SigV4 SIGNER =
      new SigV4(ApiServer.KEY, ApiServer.SECRET, ApiServer.REGION, "transfer");

  private void assertRefused(Map<String, String> headers, byte[] body, String type)
      throws Exception {
    ApiServer.Reply reply = api.send(headers, body);
    assertThat(reply.type()).isEqualTo(type);
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.message()).isNotEmpty();
    assertThat(reply.members().has("message")).isTrue();
  }

  @Test
  void takesASignatureWithAndWithoutTheBodysDigest() throws Exception {
    Map<String, String> headers = api.unsigned("ListConnectors");
    assertThat(api.send(ApiServer.sign(headers, BODY, SIGNER, Instant.now()), BODY).status())
        .isEqualTo(200);

    headers.put("X-Amz-Content-Sha256", SigV4.sha256(BODY));
    assertThat(api.send(ApiServer.sign(headers, BODY, SIGNER, Instant.now()), BODY).status())
        .isEqualTo(200);
  }

  @Test
  void takesASignatureForAnyRegion() throws Exception {
    SigV4 elsewhere = new SigV4(ApiServer.KEY, ApiServer.SECRET, "us-west-2", "transfer");
    Map<String, String> headers = api.unsigned("ListConnectors");

    assertThat(api.send(ApiServer.sign(headers, BODY, elsewhere, Instant.now()), BODY).status())
        .isEqualTo(200);
  }

  @Test
  void refusesARequestWithoutSignature() throws Exception {
    assertRefused(api.unsigned("ListConnectors"), BODY, "MissingAuthenticationTokenException");
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=00", "x"})
  void refusesASignatureInTheQuery(String query) throws Exception {
    ApiServer.Reply reply =
        api.send(
            URI.create(api.endpoint() + "?" + query),
            "POST",
            api.signed("ListConnectors", BODY),
            BODY);

    assertThat(reply.type()).isEqualTo("MissingAuthenticationTokenException");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Basic dXM6cHc=
          AWS4-ECDSA-P256-SHA256 Credential=A/20270101/x/transfer/aws4_request, SignedHeaders=host, Signature=00
          AWS4-HMAC-SHA256
          AWS4-HMAC-SHA256 SignedHeaders=host, Signature=00
          AWS4-HMAC-SHA256 Credential=A/20270101/x/transfer, SignedHeaders=host, Signature=00
          AWS4-HMAC-SHA256 Credential=A/20270101/x/transfer/aws4_request, Signature=00
          AWS4-HMAC-SHA256 Credential=A/20270101/x/transfer/aws4_request, SignedHeaders=host
          AWS4-HMAC-SHA256 Credential=A/20270101/x/transfer/aws4_request, SignedHeaders=host, Signature=xy
          """)
  void refusesAHeaderThatIsNoSignature(String header) throws Exception {
    Map<String, String> headers = api.signed("ListConnectors", BODY);
    headers.put("Authorization", header);

    assertRefused(headers, BODY, "IncompleteSignatureException");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yesterday", "2027-01-01T00:00:00Z"})
  void refusesASignatureWithoutATime(String time) throws Exception {
    Map<String, String> headers = api.signed("ListConnectors", BODY);
    headers.put("X-Amz-Date", time);

    assertRefused(headers, BODY, "IncompleteSignatureException");
  }

  @Test
  void refusesAnAlteredBody() throws Exception {
    assertRefused(
        api.signed("ListConnectors", BODY), "{ }".getBytes(UTF_8), "InvalidSignatureException");
  }

  @ParameterizedTest
  @CsvSource({
    "X-Amz-Target, TransferService.DeleteConnector",
    "Content-Type, application/x-amz-json-1.0",
    "Authorization, ''"
  })
  void refusesAlteredHeaders(String name, String value) throws Exception {
    Map<String, String> headers = api.signed("ListConnectors", BODY);
    if (name.equals("Authorization")) {
      String altered = headers.getOrDefault(name, "");
      value = altered.substring(0, altered.length() - 1) + (altered.endsWith("0") ? "1" : "0");
    }
    headers.put(name, value);

    assertRefused(headers, BODY, "InvalidSignatureException");
  }

  @Test
  void refusesADigestThatIsNotTheBodys() throws Exception {
    Map<String, String> headers = api.unsigned("ListConnectors");
    headers.put("X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD");

    assertRefused(
        ApiServer.sign(headers, BODY, SIGNER, Instant.now()), BODY, "InvalidSignatureException");
  }

  @Test
  void refusesATargetThatIsNotSigned() throws Exception {
    Map<String, String> headers = api.unsigned("ListConnectors");
    headers.remove("X-Amz-Target");
    Map<String, String> signed = ApiServer.sign(headers, BODY, SIGNER, Instant.now());
    signed.put("X-Amz-Target", "TransferService.ListConnectors");

    assertRefused(signed, BODY, "InvalidSignatureException");
  }

  @Test
  void refusesAnotherService() throws Exception {
    SigV4 other = new SigV4(ApiServer.KEY, ApiServer.SECRET, ApiServer.REGION, "s3");
    Map<String, String> headers = api.unsigned("ListConnectors");

    assertRefused(
        ApiServer.sign(headers, BODY, other, Instant.now()), BODY, "InvalidSignatureException");
  }

  @Test
  void refusesAScopeOfAnotherDay() throws Exception {
    Map<String, String> headers = api.signed("ListConnectors", BODY);
    headers.put(
        "Authorization",
        headers.getOrDefault("Authorization", "").replaceFirst("/[0-9]{8}/", "/20200101/"));

    assertRefused(headers, BODY, "InvalidSignatureException");
  }

  @Test
  void refusesAWrongSecret() throws Exception {
    SigV4 wrong = new SigV4(ApiServer.KEY, "guessed", ApiServer.REGION, "transfer");
    Map<String, String> headers = api.unsigned("ListConnectors");

    assertRefused(
        ApiServer.sign(headers, BODY, wrong, Instant.now()), BODY, "InvalidSignatureException");
  }

  @Test
  void refusesAnUnknownKey() throws Exception {
    SigV4 unknown = new SigV4("AKIANOBODY", ApiServer.SECRET, ApiServer.REGION, "transfer");
    Map<String, String> headers = api.unsigned("ListConnectors");

    assertRefused(
        ApiServer.sign(headers, BODY, unknown, Instant.now()), BODY, "UnrecognizedClientException");
  }

  @Test
  void takesTheKeysOfTheDaemonUntilTheyAreDisabled() throws Exception {
    AccessKeys keys = state.keys();
    AccessKey key = keys.create();
    SigV4 signer = new SigV4(key.id(), key.secret(), ApiServer.REGION, "transfer");
    try (ApiServer strict = ApiServer.over(state, SecretKeys.of(keys))) {
      Map<String, String> headers =
          ApiServer.sign(strict.unsigned("ListConnectors"), BODY, signer, Instant.now());
      assertThat(strict.send(headers, BODY).status()).isEqualTo(200);

      keys.disable(key.id());

      assertThat(strict.send(headers, BODY).type()).isEqualTo("UnrecognizedClientException");
    }
  }

  @Test
  void refusesASessionToken() throws Exception {
    Map<String, String> headers = api.unsigned("ListConnectors");
    headers.put("X-Amz-Security-Token", "FwoGZXIvYXdz");

    assertRefused(
        ApiServer.sign(headers, BODY, SIGNER, Instant.now()), BODY, "UnrecognizedClientException");
  }

  @ParameterizedTest
  @CsvSource({"299, 200", "-299, 200", "320, 403", "-320, 403"})
  void takesAClockThatIsFiveMinutesOff(int seconds, int status) throws Exception {
    Map<String, String> headers = api.unsigned("ListConnectors");
    Instant at = Instant.now().plusSeconds(seconds);

    ApiServer.Reply reply = api.send(ApiServer.sign(headers, BODY, SIGNER, at), BODY);

    assertThat(reply.status()).isEqualTo(status);
    if (status != 200) {
      assertThat(reply.type()).isEqualTo("InvalidSignatureException");
      assertThat(reply.message())
          .startsWith(seconds < 0 ? "Signature expired: " : "Signature not yet current: ");
    }
  }

  @Test
  void clientsSetTheirClocksByTheAnswer() {
    api.clock.offset(Duration.ofHours(-2));
    try (TransferClient sdk = api.sdk()) {
      // Refused at first, it tries again with the daemon's time.
      assertThat(sdk.listConnectors(each -> {}).connectors()).isEmpty();
    } finally {
      SdkGlobalTime.setGlobalTimeOffset(0); // all clients of a process learn together
    }
  }
}
