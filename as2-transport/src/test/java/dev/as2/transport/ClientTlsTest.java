package dev.as2.transport;

import static dev.as2.transport.Messages.as2Failure;
import static dev.as2.transport.Messages.await;
import static dev.as2.transport.Messages.body;
import static dev.as2.transport.Messages.options;
import static dev.as2.transport.Messages.request;
import static dev.as2.transport.Messages.text;
import static dev.as2.transport.ScriptedPartner.answer;
import static dev.as2.transport.ScriptedPartner.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.As2Exception;
import dev.as2.core.As2Handler;
import dev.as2.core.As2Response;
import dev.as2.core.FailureCode;
import dev.as2.core.TransportOptions.ClientKey;
import dev.as2.core.TransportOptions.Tls;
import dev.as2.core.TransportOptions.Trust;
import dev.as2.mime.Headers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ClientTlsTest {
  private NettyAs2Client client;

  @BeforeEach
  void start() {
    client = NettyAs2Client.create();
  }

  @AfterEach
  void stop() {
    client.close();
  }

  static Tls pinned(Keys keys) {
    return new Tls(Trust.PINNED, List.of(keys.certificate()), true, Optional.empty());
  }

  private static Tls tls(Trust trust, X509Certificate... certificates) {
    return new Tls(trust, List.of(certificates), true, Optional.empty());
  }

  private As2Response post(Keys server, Tls tls) throws Exception {
    try (ScriptedPartner partner = ScriptedPartner.start(server.serverContext("TLS"))) {
      partner.enqueue(answer(ok("mdn")));
      return await(client.post(request(partner.url("/"), text("hello"), options(tls))));
    }
  }

  private As2Exception refused(Keys server, Tls tls) throws Exception {
    try (ScriptedPartner partner = ScriptedPartner.start(server.serverContext("TLS"))) {
      partner.enqueue(answer(ok("mdn")));
      As2Exception failure =
          as2Failure(client.post(request(partner.url("/"), text("hello"), options(tls))));
      assertThat(failure.code()).isEqualTo(FailureCode.TLS_HANDSHAKE_FAILED);
      return failure;
    }
  }

  @Test
  void refusesAnUnknownCertificateByDefaultAndNamesIt() throws Exception {
    assertThat(refused(Keys.selfSigned("stranger", "localhost"), Tls.DEFAULT))
        .hasMessageContaining("we refused the partner: certificate of CN=stranger")
        .hasMessageContaining("issued by CN=stranger")
        .hasMessageContaining("is not trusted");
  }

  @Test
  void takesAGivenCertificateAsAnAnchorByDefault() throws Exception {
    Keys keys = Keys.selfSigned("partner", "localhost");
    assertThat(body(post(keys, tls(Trust.DEFAULT, keys.certificate())))).isEqualTo("mdn");
  }

  @Test
  void takesWhatAPrivateAuthorityVouchesFor() throws Exception {
    Keys authority = Keys.authority("our CA");
    Keys keys = authority.issue("partner", "localhost");
    assertThat(body(post(keys, tls(Trust.PRIVATE_CA, authority.certificate())))).isEqualTo("mdn");
  }

  @Test
  void takesASelfSignedCertificateAsItsOwnAuthority() throws Exception {
    Keys keys = Keys.selfSigned("partner", "localhost");
    assertThat(body(post(keys, tls(Trust.PRIVATE_CA, keys.certificate())))).isEqualTo("mdn");
  }

  @Test
  void refusesWhatAnotherAuthorityVouchesFor() throws Exception {
    Keys keys = Keys.authority("their CA").issue("partner", "localhost");
    Keys authority = Keys.authority("our CA");
    assertThat(refused(keys, tls(Trust.PRIVATE_CA, authority.certificate())))
        .hasMessageContaining("certificate of CN=partner, issued by CN=their CA");
  }

  @Test
  void refusesACertificateForAnotherHost() throws Exception {
    Keys keys = Keys.selfSigned("partner", "elsewhere.example");
    assertThat(refused(keys, tls(Trust.PRIVATE_CA, keys.certificate())))
        .hasMessageContaining("CN=partner")
        .hasMessageContaining("does not name host localhost");
  }

  @Test
  void takesACertificateForAnotherHostWhereTheNameIsNotChecked() throws Exception {
    Keys keys = Keys.selfSigned("partner", "elsewhere.example");
    Tls unchecked = new Tls(Trust.PRIVATE_CA, List.of(keys.certificate()), false, Optional.empty());
    assertThat(body(post(keys, unchecked))).isEqualTo("mdn");
  }

  @Test
  void takesThePinnedCertificateWhateverItNames() throws Exception {
    Keys keys = Keys.authority("nobody's CA").issue("partner", "elsewhere.example");
    assertThat(body(post(keys, pinned(keys)))).isEqualTo("mdn");
  }

  @Test
  void refusesAllButThePinnedCertificate() throws Exception {
    Keys authority = Keys.authority("our CA");
    Keys keys = authority.issue("partner", "localhost");
    assertThat(refused(keys, tls(Trust.PINNED, authority.certificate())))
        .hasMessageContaining("CN=partner")
        .hasMessageContaining("is not one of the pinned certificates");
  }

  @Test
  void refusesSettingsThatBelieveNobody() throws Exception {
    As2Exception failure =
        as2Failure(
            client.post(
                request(URI.create("https://localhost:1/"), text(""), options(tls(Trust.PINNED)))));
    assertThat(failure.code()).isEqualTo(FailureCode.INVALID_CONFIGURATION);
  }

  @Test
  void saysThatThePortSpeaksNoTls() throws Exception {
    try (ScriptedPartner partner = ScriptedPartner.start()) {
      partner.enqueue(with -> {
        with.read(1);
        with.write("HTTP/1.1 400 Bad Request\r\n\r\n");
      });
      URI url = URI.create("https://localhost:" + partner.port() + "/");

      As2Exception failure = as2Failure(client.post(request(url, text(""))));

      assertThat(failure.code()).isEqualTo(FailureCode.TLS_HANDSHAKE_FAILED);
      assertThat(failure).hasMessageContaining("does not speak TLS");
    }
  }

  @Test
  void saysThatThePartnerClosedDuringTheHandshake() throws Exception {
    breaksOff(with -> with.read(100), "the connection was closed during the handshake");
  }

  @Test
  void saysThatThePartnerResetDuringTheHandshake() throws Exception {
    ScriptedPartner.Script resets =
        with -> {
          with.read(100);
          with.reset();
        };
    for (int i = 0; i < 20; i++) { // often, since a reset may come at any step
      breaksOff(resets, "the connection was closed during the handshake");
    }
  }

  private void breaksOff(ScriptedPartner.Script script, String says) throws Exception {
    try (ScriptedPartner partner = ScriptedPartner.start()) {
      partner.enqueue(script);
      URI url = URI.create("https://localhost:" + partner.port() + "/");

      As2Exception failure = as2Failure(client.post(request(url, text(""))));

      assertThat(failure.code()).isEqualTo(FailureCode.TLS_HANDSHAKE_BROKEN_OFF);
      assertThat(failure).hasMessageContaining(says);
    }
  }

  @Test
  void saysThatBothSidesShareNoProtocol() throws Exception {
    try (ScriptedPartner partner = ScriptedPartner.start()) {
      partner.enqueue(with -> {
        with.read(100);
        with.write("\u0015\u0003\u0003\0\u0002\u0002\u0046"); // RFC 8446 §6: fatal, no. 70
        with.drain();
      });
      URI url = URI.create("https://localhost:" + partner.port() + "/");

      As2Exception failure = as2Failure(client.post(request(url, text(""))));

      assertThat(failure.code()).isEqualTo(FailureCode.TLS_HANDSHAKE_FAILED);
      assertThat(failure).hasMessageContaining("refused us with the alert protocol_version");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void speaksBothVersionsAndNamesTheHost(String protocol) throws Exception {
    Keys keys = Keys.selfSigned("partner", "localhost");
    StringBuilder spoken = new StringBuilder();
    try (ScriptedPartner partner = ScriptedPartner.start(keys.serverContext("TLS"))) {
      partner.enqueue(with -> {
        SSLSocket socket = (SSLSocket) with.socket();
        socket.setEnabledProtocols(new String[] {protocol});
        with.readRequest();
        ExtendedSSLSession session = (ExtendedSSLSession) socket.getSession();
        spoken.append(session.getProtocol()).append(' ');
        spoken.append(session.getRequestedServerNames());
        with.write(ok("mdn"));
      });

      await(client.post(request(partner.url("/"), text("hello"), options(pinned(keys)))));
    }
    assertThat(spoken.toString()).startsWith(protocol).contains("localhost");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aNewConnectionResumesTheSessionOfAnEarlierOne(String protocol) throws Exception {
    Keys keys = Keys.selfSigned("partner", "localhost");
    List<Long> created = new CopyOnWriteArrayList<>();
    ScriptedPartner.Script answerOnce =
        with -> {
          SSLSocket socket = (SSLSocket) with.socket();
          socket.setEnabledProtocols(new String[] {protocol});
          with.readRequest();
          created.add(socket.getSession().getCreationTime());
          with.write("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nmdn");
        };
    try (ScriptedPartner partner = ScriptedPartner.start(keys.serverContext("TLS"))) {
      for (int i = 0; i < 2; i++) {
        partner.enqueue(answerOnce);
        await(client.post(request(partner.url("/"), text("hello"), options(pinned(keys)))));
      }
    }
    assertThat(created).hasSize(2).doesNotContain(0L);
    assertThat(created.get(1)).isEqualTo(created.get(0));
  }

  @Test
  void takesAnAnswerThatEndsWithoutTlsCloseNotify() throws Exception {
    Keys keys = Keys.selfSigned("partner", "localhost");
    try (ScriptedPartner behind = ScriptedPartner.start(keys.serverContext("TLS"));
        CuttingRelay relay = CuttingRelay.to(behind.port())) {
      behind.enqueue(with -> {
        with.readRequest();
        with.write("HTTP/1.1 200 OK\r\n\r\nmdn");
        relay.cutWhenQuiet();
        with.stall();
      });
      URI url = URI.create("https://localhost:" + relay.port() + "/");

      As2Response response = await(client.post(request(url, text("hello"), options(pinned(keys)))));

      assertThat(body(response)).isEqualTo("mdn");
    }
  }

  @Test
  void takesAnAnswerThatOnlyCloseNotifyEnds() throws Exception {
    Keys keys = Keys.selfSigned("partner", "localhost");
    try (ScriptedPartner partner = ScriptedPartner.start(keys.serverContext("TLS"))) {
      partner.enqueue(with -> {
        with.readRequest();
        with.write("HTTP/1.1 200 OK\r\n\r\nmdn");
        with.socket().shutdownOutput();
        with.stall();
      });

      As2Response response =
          await(client.post(request(partner.url("/"), text("hello"), options(pinned(keys)))));

      assertThat(body(response)).isEqualTo("mdn");
    }
  }

  private static final As2Handler SAYS_OK =
      request -> {
        request.body().readAllBytes();
        return new As2Handler.Answer(200, Headers.EMPTY, new byte[] {'m', 'd', 'n'});
      };

  private static NettyAs2Server mutual(Keys server, X509Certificate authority) throws IOException {
    return NettyAs2Server.builder(SAYS_OK)
        .tls(server.serverTls(authority))
        .start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  @Test
  void showsItsOwnCertificate() throws Exception {
    Keys server = Keys.selfSigned("partner", "localhost");
    Keys authority = Keys.authority("clients' CA");
    Keys ours = authority.issue("we", "client");
    Tls tls =
        new Tls(
            Trust.PINNED,
            List.of(server.certificate()),
            true,
            Optional.of(new ClientKey(ours.key(), List.of(ours.certificate()))));
    try (NettyAs2Server partner = mutual(server, authority.certificate())) {
      URI url = URI.create("https://localhost:" + partner.address().getPort() + "/");

      assertThat(body(await(client.post(request(url, text("hello"), options(tls))))))
          .isEqualTo("mdn");
    }
  }

  @Test
  void saysThatThePartnerWantsAClientCertificate() throws Exception {
    Keys server = Keys.selfSigned("partner", "localhost");
    try (NettyAs2Server partner = mutual(server, Keys.authority("CA").certificate())) {
      URI url = URI.create("https://localhost:" + partner.address().getPort() + "/");

      As2Exception failure =
          as2Failure(client.post(request(url, Messages.large(32 << 20), options(pinned(server)))));

      assertThat(failure.code()).isEqualTo(FailureCode.TLS_HANDSHAKE_FAILED);
      assertThat(failure).hasMessageContaining("the partner refused us with the alert");
    }
  }
}
