package dev.as2.daemon.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.daemon.aws.Json;
import dev.as2.daemon.state.Resources;
import dev.as2.daemon.state.Transfers;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.services.transfer.TransferClient;
import software.amazon.awssdk.services.transfer.model.InternalServiceErrorException;
import software.amazon.awssdk.services.transfer.model.ResourceNotFoundException;
import software.amazon.awssdk.services.transfer.model.ServiceUnavailableException;
import software.amazon.awssdk.services.transfer.model.TransferException;

class ApiErrorsTest {
  /** The SDK's own: a second attempt after a fault would be the same. */
  private static final String ATTEMPTS = SdkSystemSetting.AWS_MAX_ATTEMPTS.property();

  private static StateFolder state;
  private static ApiServer api;
  private static TransferClient sdk;
  private static Partnership made;
  private static String eleven;

  @BeforeAll
  static void start() throws IOException {
    System.setProperty(ATTEMPTS, "1");
    state = new StateFolder();
    api = ApiServer.over(state);
    sdk = api.sdk();
    made = Partnership.create(sdk);
    eleven =
        IntStream.range(0, 11)
            .mapToObj(i ->
                sdk.importCertificate(
                    each -> each.usage("TLS").certificate(TestCertificates.own())))
            .map(answer -> "'" + answer.certificateId() + "'")
            .collect(Collectors.joining(","));
  }

  @AfterAll
  static void stop() throws IOException {
    System.clearProperty(ATTEMPTS);
    sdk.close();
    api.close();
    state.close();
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvFileSource(
      resources = "/vectors/api-errors.csv",
      delimiter = '|',
      quoteCharacter = '`',
      numLinesToSkip = 1)
  void saysWhatIsWrongWithACall(String operation, String request, String type, String message)
      throws Exception {
    String as2 =
        "{'LocalProfileId':'@LOCAL','PartnerProfileId':'@PARTNER','SigningAlgorithm':'SHA256',"
            + "'EncryptionAlgorithm':'AES256_CBC'}";
    String json =
        made.filled(
                request
                    .replace("@ROLE", Partnership.ROLE)
                    .replace("@ELEVEN", eleven)
                    .replace("@AS2", as2))
            .replace('\'', '"');

    ApiServer.Reply reply = api.call(operation, json);

    assertThat(reply.type()).isEqualTo(type);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.members().path("Message").asText()).contains(made.filled(message));
    Optional<TransferException> bySdk = SdkCall.failure(sdk, operation, Json.parse(json));
    if (bySdk.isPresent()) {
      // The SDK has a type of its own for every modelled error.
      assertThat(bySdk.get().getClass().getSimpleName()).isEqualTo(type);
      assertThat(bySdk.get().awsErrorDetails().errorMessage()).contains(made.filled(message));
      if (bySdk.get() instanceof ResourceNotFoundException unknown) {
        assertThat(made.filled(message))
            .contains(unknown.resourceType() + " " + unknown.resource());
      }
    }
  }

  /** One proper call of each operation. */
  static Stream<Arguments> calls() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            ApiErrorsTest.class.getResourceAsStream("/vectors/api-calls.json"))) {
      ObjectNode calls = (ObjectNode) JsonMapper.builder().build().readTree(in);
      calls.withObjectProperty("ImportCertificate").put("Certificate", TestCertificates.own());
      return calls.properties().stream().map(each -> Arguments.of(each.getKey(), each.getValue()));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("calls")
  void anyOperationMayFindTheStateUnavailable(String operation, JsonNode request) throws Exception {
    try (ApiServer broken = failing(new IOException("The database is locked."));
        TransferClient client = broken.sdk()) {
      ApiServer.Reply reply = broken.call(operation, Json.line(request));

      assertThat(reply.type()).isEqualTo("ServiceUnavailableException");
      assertThat(reply.status()).isEqualTo(500);
      assertThat(reply.members().path("Message").asText())
          .contains("try again")
          .doesNotContain("locked");
      assertThat(SdkCall.failure(client, operation, request))
          .hasValueSatisfying(e -> assertThat(e).isInstanceOf(ServiceUnavailableException.class));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("calls")
  void anyOperationMayFail(String operation, JsonNode request) throws Exception {
    try (ApiServer broken = failing(new IllegalStateException("a fault of ours"));
        TransferClient client = broken.sdk()) {
      ApiServer.Reply reply = broken.call(operation, Json.line(request));

      assertThat(reply.type()).isEqualTo("InternalServiceError");
      assertThat(reply.status()).isEqualTo(500);
      assertThat(reply.members().path("Message").asText()).doesNotContain("fault of ours");
      assertThat(SdkCall.failure(client, operation, request))
          .hasValueSatisfying(e -> assertThat(e).isInstanceOf(InternalServiceErrorException.class));
    }
  }

  /** State whose every call fails. */
  private static ApiServer failing(Exception why) throws IOException {
    InvocationHandler throwing =
        (proxy, method, args) -> {
          throw why;
        };
    ClassLoader loader = ApiErrorsTest.class.getClassLoader();
    return ApiServer.over(
        (Resources) Proxy.newProxyInstance(loader, new Class<?>[] {Resources.class}, throwing),
        (Transfers) Proxy.newProxyInstance(loader, new Class<?>[] {Transfers.class}, throwing));
  }
}
