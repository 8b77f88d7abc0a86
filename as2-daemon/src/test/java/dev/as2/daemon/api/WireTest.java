package dev.as2.daemon.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireTest extends ApiFixture {
  private static final byte[] BODY = "{}".getBytes(UTF_8);
  private static final SigV4 SIGNER =
      new SigV4(ApiServer.KEY, ApiServer.SECRET, ApiServer.REGION, "transfer");

  @Test
  void everyAnswerHasARequestIdAndADate() throws Exception {
    ApiServer.Reply good = api.call("ListConnectors", "{}");
    ApiServer.Reply bad = api.call("DescribeConnector", "{}");

    for (ApiServer.Reply each : new ApiServer.Reply[] {good, bad}) {
      assertThat(each.whole().headers().firstValue("x-amzn-RequestId").orElse(""))
          .matches("[0-9a-f-]{36}");
      assertThat(each.whole().headers().firstValue("Date")).isPresent();
      assertThat(each.whole().headers().firstValue("Content-Type"))
          .hasValue("application/x-amz-json-1.1");
    }
    assertThat(good.whole().headers().firstValue("x-amzn-ErrorType")).isEmpty();
    assertThat(bad.whole().headers().firstValue("x-amzn-ErrorType"))
        .hasValue("ValidationException");
  }

  @ParameterizedTest
  @CsvSource({
    "X-Amz-Target, TransferService.CreateServer",
    "X-Amz-Target, TransferService.CreateAgreement",
    "X-Amz-Target, TransferService.",
    "X-Amz-Target, DynamoDB_20120810.ListTables",
    "Content-Type, application/json",
    "Content-Type, application/x-amz-json-1.0"
  })
  void doesNotKnowOtherOperationsAndProtocols(String name, String value) throws Exception {
    Map<String, String> headers = api.unsigned("ListConnectors");
    headers.put(name, value);

    ApiServer.Reply reply = api.send(ApiServer.sign(headers, BODY, SIGNER, Instant.now()), BODY);

    assertThat(reply.type()).isEqualTo("UnknownOperationException");
    assertThat(reply.status()).isEqualTo(404);
  }

  @Test
  void takesAContentTypeWithACharset() throws Exception {
    Map<String, String> headers = api.unsigned("ListConnectors");
    headers.put("Content-Type", "application/x-amz-json-1.1; charset=utf-8");

    assertThat(api.send(ApiServer.sign(headers, BODY, SIGNER, Instant.now()), BODY).status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"GET, ", "PUT, ", "POST, console"})
  void answersOnlyPostsToTheRoot(String method, String path) throws Exception {
    URI to = api.endpoint().resolve("/" + (path == null ? "" : path));

    ApiServer.Reply reply = api.send(to, method, api.signed("ListConnectors", BODY), BODY);

    assertThat(reply.type()).isEqualTo("UnknownOperationException");
    assertThat(reply.status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "{} {}",
        "{'ConnectorId':'x'}",
        "{\"ConnectorId\":\"a\",\"ConnectorId\":\"b\"}",
        "{\"ConnectorId\":7}",
        "{\"ConnectorId\":{}}",
        "<ConnectorId/>"
      })
  void refusesWhatIsNotJsonOrOfAnotherType(String body) throws Exception {
    ApiServer.Reply reply = api.call("DescribeConnector", body);

    assertThat(reply.type()).isEqualTo("SerializationException");
    assertThat(reply.status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CreateConnector   | {"As2Config":[]}                          | As2Config is not a structure.
          CreateConnector   | {"As2Config":{"MdnResponse":true}}        | As2Config.MdnResponse is not a string.
          CreateConnector   | {"Tags":{}}                               | Tags is not a list.
          CreateConnector   | {"Tags":["a"]}                            | Tags[0] is not a structure.
          StartFileTransfer | {"SendFilePaths":["/a/b",null]}           | SendFilePaths[1] is not a string.
          ListConnectors    | {"MaxResults":"10"}                       | MaxResults is not a whole number.
          ListConnectors    | {"MaxResults":1.5}                        | MaxResults is not a whole number.
          UpdateCertificate | {"ActiveDate":"2027-01-01T00:00:00Z"}     | ActiveDate is not a time in seconds since 1970.
          UpdateCertificate | {"ActiveDate":1e999999}                   | ActiveDate is not a time in seconds since 1970.
          """)
  void saysWhichMemberHasTheWrongType(String operation, String body, String sentence)
      throws Exception {
    ApiServer.Reply reply = api.call(operation, body);

    assertThat(reply.type()).isEqualTo("SerializationException");
    assertThat(reply.message()).isEqualTo(sentence);
  }

  @Test
  void skipsMembersThatItDoesNotKnow() throws Exception {
    assertThat(api.call("ListConnectors", "{\"Colour\":{\"red\":[1]}}").status()).isEqualTo(200);
  }

  @Test
  void nullIsNothing() throws Exception {
    assertThat(api.call("ListConnectors", "{\"MaxResults\":null}").status()).isEqualTo(200);
  }

  @Test
  void refusesWhatIsTooLarge() throws Exception {
    byte[] large = (" ".repeat(4 << 20) + "{}").getBytes(UTF_8);

    ApiServer.Reply reply = api.send(api.unsigned("ListConnectors"), large);

    assertThat(reply.type()).isEqualTo("RequestEntityTooLargeException");
    assertThat(reply.status()).isEqualTo(413);
  }

  @Test
  void takesWhatIsJustNotTooLarge() throws Exception {
    byte[] large = (" ".repeat((4 << 20) - 2) + "{}").getBytes(UTF_8);

    assertThat(api.send(api.signed("ListConnectors", large), large).status()).isEqualTo(200);
  }

  @Test
  void refusesDeeplyNestedJson() throws Exception {
    String deep = "{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

    assertThat(api.call("ListConnectors", deep).type()).isEqualTo("SerializationException");
  }

  @Test
  void limitsHowOftenAKeyMayCall() throws Exception {
    try (ApiServer slow = ApiServer.over(state, new Quotas(100, 1_000, 1_000, 2))) {
      ApiServer.Reply reply = slow.call("ListConnectors", "{}");
      for (int i = 0; i < 10 && reply.status() == 200; i++) {
        reply = slow.call("ListConnectors", "{}");
      }

      assertThat(reply.type()).isEqualTo("ThrottlingException");
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.members().path("RetryAfterSeconds").asText()).isEqualTo("1");
    }
  }

  @Test
  void aCallThatIsNotSignedDoesNotCount() throws Exception {
    try (ApiServer slow = ApiServer.over(state, new Quotas(100, 1_000, 1_000, 1))) {
      for (int i = 0; i < 5; i++) {
        assertThat(slow.send(slow.unsigned("ListConnectors"), BODY).status()).isEqualTo(403);
      }
      assertThat(slow.call("ListConnectors", "{}").status()).isEqualTo(200);
    }
  }
}
