package dev.as2.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.transport.NettyAs2Client;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The scripted partner over TLS answers as it does without. */
class TestPartnerTlsTest {
  private static final NettyAs2Client CLIENT = NettyAs2Client.create();

  @AfterAll
  static void close() {
    CLIENT.close();
  }

  private static Exchange send(String scenario) throws IOException {
    Party them = TestParties.THEM;
    PartnerTransport tls = PartnerTransport.PLAIN.withTls(them.key(), List.of(them.certificate()));
    try (TestPartner partner =
        TestPartner.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new TestPartner.Sides(them, TestParties.partner(TestParties.US)),
            tls,
            Clock.systemUTC(),
            visit -> {})) {
      Endpoint endpoint =
          TestParties.endpoint(partner.url(SenderCatalogue.named(scenario).orElseThrow()));
      assertThat(endpoint.url()).hasScheme("https");
      Bench bench = new Bench(endpoint, CLIENT, Clock.systemUTC(), new SecureRandom(), Means.NONE);
      return bench.send(bench.draft());
    }
  }

  @Test
  void answersWithAnMdn() throws IOException {
    assertThat(Review.of(send("good"), TestParties.partner(TestParties.THEM)).good().findings())
        .isEmpty();
  }

  @Test
  void endsAnAnswerWithTheConnection() throws IOException {
    assertThat(send("close-delimited").mdn()).isPresent();
  }

  @Test
  void resetsTheConnection() throws IOException {
    Exchange exchange = send("reset-without-answer");

    assertThat(exchange.response()).isEmpty();
    assertThat(exchange.failure()).isNotEmpty();
  }
}
