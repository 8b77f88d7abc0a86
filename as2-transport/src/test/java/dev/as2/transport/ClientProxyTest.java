package dev.as2.transport;

import static dev.as2.transport.Messages.as2Failure;
import static dev.as2.transport.Messages.await;
import static dev.as2.transport.Messages.body;
import static dev.as2.transport.Messages.request;
import static dev.as2.transport.Messages.text;
import static dev.as2.transport.ScriptedPartner.answer;
import static dev.as2.transport.ScriptedPartner.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.As2Exception;
import dev.as2.core.As2Response;
import dev.as2.core.FailureCode;
import dev.as2.core.TransportOptions;
import dev.as2.core.TransportOptions.Proxy;
import dev.as2.core.TransportOptions.Tls;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The partner is the proxy. */
final class ClientProxyTest extends ClientAndPartner {
  private TransportOptions through(Tls tls) {
    return new TransportOptions(
        Messages.PATIENT, false, Optional.of(new Proxy("localhost", partner.port())), tls);
  }

  private static void tunnel(ScriptedPartner.Conversation with) throws IOException {
    assertThat(with.readHead()).startsWith("CONNECT partner.invalid:443 HTTP/1.1\r\n");
    with.write("HTTP/1.1 200 Connection established\r\n\r\n");
  }

  @Test
  void asksTheProxyItselfForPlainHttpAndLeavesTheLookupToIt() throws Exception {
    partner.enqueue(answer(ok("mdn")));
    URI url = URI.create("http://partner.invalid:8080/as2?a=b");

    As2Response response = await(client.post(request(url, text("hello"), through(Tls.DEFAULT))));

    assertThat(body(response)).isEqualTo("mdn");
    assertThat(partner.take())
        .startsWith(
            "POST http://partner.invalid:8080/as2?a=b HTTP/1.1\r\nHost: partner.invalid:8080\r\n");
  }

  @Test
  void takesThePlainAnswerOfAProxyForThePartners() throws Exception {
    partner.enqueue(answer("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"));
    URI url = URI.create("http://partner.invalid/");

    As2Response response = await(client.post(request(url, text("hello"), through(Tls.DEFAULT))));

    assertThat(response.status()).isEqualTo(502);
  }

  @Test
  void speaksTlsThroughTheProxy() throws Exception {
    Keys keys = Keys.selfSigned("partner", "partner.invalid");
    try (ScriptedPartner behind = ScriptedPartner.start(keys.serverContext("TLS"))) {
      behind.enqueue(answer(ok("mdn")));
      partner.enqueue(with -> {
        tunnel(with);
        with.joinWith(behind.port());
      });

      As2Response response =
          await(
              client.post(
                  request(
                      URI.create("https://partner.invalid/"),
                      text("hello"),
                      through(ClientTlsTest.pinned(keys)))));

      assertThat(body(response)).isEqualTo("mdn");
    }
  }

  @Test
  void saysThatTheProxyRefused() throws Exception {
    partner.enqueue(with -> {
      with.readHead();
      with.write("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
    });

    As2Exception failure =
        as2Failure(
            client.post(
                request(
                    URI.create("https://partner.invalid/"), text("hello"), through(Tls.DEFAULT))));

    assertThat(failure.code()).isEqualTo(FailureCode.PROXY_REFUSED);
    assertThat(failure).hasMessageContaining("403").hasMessageContaining("partner.invalid:443");
  }

  @Test
  void saysThatTheProxyHungUp() throws Exception {
    partner.enqueue(ScriptedPartner.Conversation::readHead);

    As2Exception failure =
        as2Failure(
            client.post(
                request(
                    URI.create("https://partner.invalid/"), text("hello"), through(Tls.DEFAULT))));

    assertThat(failure.code()).isEqualTo(FailureCode.PROXY_REFUSED);
  }
}
