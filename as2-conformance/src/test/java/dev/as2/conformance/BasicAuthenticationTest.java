package dev.as2.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.as2.conformance.Result.Outcome;
import dev.as2.core.As2Handler;
import dev.as2.core.As2Server;
import dev.as2.core.BasicCredentials;
import dev.as2.mime.Headers;
import dev.as2.transport.NettyAs2Client;
import dev.as2.transport.NettyAs2Server;
import dev.as2.transport.ServerTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A receiver that wants a user name and a password, over TLS. */
class BasicAuthenticationTest {
  private static final NettyAs2Client CLIENT = NettyAs2Client.create();
  private static final BasicCredentials USER = new BasicCredentials("harness", "open sesame");

  /** {@code harness:open sesame} in base64. */
  private static final String TOKEN = "aGFybmVzczpvcGVuIHNlc2FtZQ==";

  /** Some by the client, some octet by octet. */
  private static final List<Scenario> SCENARIOS =
      Stream.of(
              "layers-signed-encrypted-signed-mdn",
              "framing-chunked",
              "framing-octet-by-octet",
              "http-uppercase-headers",
              "http-no-space-after-colon")
          .map(id -> Catalogue.named(id).orElseThrow())
          .toList();

  @AfterAll
  static void close() {
    CLIENT.close();
  }

  private static As2Server receiver() throws IOException {
    As2Handler good =
        new BadReceiver(
            TestParties.THEM, TestParties.partner(TestParties.US), SeededFault.NONE, CLIENT);
    As2Handler guarded =
        request ->
            request.headers().first("Authorization").orElse("").equals("Basic " + TOKEN)
                ? good.handle(request)
                : new As2Handler.Answer(401, Headers.EMPTY, new byte[0]);
    Party them = TestParties.THEM;
    return NettyAs2Server.builder(guarded)
        .tls(new ServerTls(them.key(), List.of(them.certificate()), List.of()))
        .start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  private static Endpoint endpoint(As2Server server) {
    return TestParties.endpoint(
        URI.create("https://localhost:" + server.address().getPort() + "/as2"));
  }

  private static Report play(Endpoint endpoint) {
    return new ConformanceRun(endpoint, CLIENT, Clock.systemUTC())
        .play(SCENARIOS, RunListener.NONE);
  }

  @Test
  void eachRequestHasTheCredentialsAndNoReportShowsThem() throws IOException {
    try (As2Server server = receiver()) {
      Report report = play(endpoint(server).withCredentials(USER));

      assertThat(report.results())
          .allSatisfy(r -> assertThat(r.outcome()).as(r.toString()).isEqualTo(Outcome.PASSED));
      assertThat(HtmlReport.of(report))
          .contains("Basic ****")
          .doesNotContain(TOKEN, USER.password());
    }
  }

  @Test
  void withoutThemNothingIsTaken() throws IOException {
    try (As2Server server = receiver()) {
      Report report = play(endpoint(server));

      assertThat(report.results())
          .allSatisfy(r ->
              assertThat(r.findings().get(0).sentence())
                  .startsWith("The endpoint answered with HTTP status 401"));
    }
  }

  @Test
  void goOverTlsOnly() {
    Endpoint plain = TestParties.endpoint(URI.create("http://localhost/as2"));

    assertThatThrownBy(() -> plain.withCredentials(USER))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("https only");
  }
}
