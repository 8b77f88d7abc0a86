package dev.as2.transport;

import static dev.as2.transport.Messages.LONG;
import static dev.as2.transport.Messages.SHORT;
import static dev.as2.transport.Messages.options;
import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.As2Handler;
import dev.as2.core.FailureCode;
import dev.as2.core.Probe;
import dev.as2.core.Probe.Step;
import dev.as2.core.TransportOptions;
import dev.as2.core.TransportOptions.ClientKey;
import dev.as2.core.TransportOptions.Proxy;
import dev.as2.core.TransportOptions.Timeouts;
import dev.as2.core.TransportOptions.Tls;
import dev.as2.core.TransportOptions.Trust;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How far the way to a partner is open. */
final class ClientProbeTest extends ClientAndPartner {
  private static final As2Handler NEVER_ASKED =
      request -> {
        throw new IllegalStateException("a probe sends no request");
      };

  private Probe probe(URI url, TransportOptions how) throws Exception {
    return client.probe(url, how).get(20, TimeUnit.SECONDS);
  }

  private static void assertFailed(Probe probe, Step step, FailureCode code, String says) {
    assertThat(probe.reached()).isEqualTo(step);
    assertThat(probe.failure().orElseThrow().code()).isEqualTo(code);
    assertThat(probe.failure().orElseThrow().message()).contains(says).endsWith(".");
    assertThat(probe.session()).isEmpty();
  }

  @Test
  void findsThePlainWayOpenAndSendsNothing() throws Exception {
    partner.enqueue(ScriptedPartner.Conversation::drain);
    Probe probe = probe(partner.url("/as2"), TransportOptions.DEFAULT);
    assertThat(probe.failure()).isEmpty();
    assertThat(probe.reached()).isEqualTo(Step.CONNECTION);
    assertThat(probe.address().orElseThrow().getPort()).isEqualTo(partner.port());
    assertThat(probe.session()).isEmpty();
    assertThat(partner.take()).as("closed without an octet").isEmpty();
  }

  @Test
  void saysThatNobodyListens() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    assertFailed(
        probe(URI.create("http://127.0.0.1:" + port + "/"), TransportOptions.DEFAULT),
        Step.CONNECTION,
        FailureCode.UNABLE_TO_CONNECT_TO_REMOTE_HOST_OR_IP,
        "127.0.0.1:" + port);
  }

  @Test
  void saysThatNoAddressIsKnown() throws Exception {
    try (NettyAs2Client knowsNobody =
        NettyAs2Client.builder()
            .directory(host -> {
              throw new UnknownHostException(host);
            })
            .build()) {
      Probe probe =
          knowsNobody
              .probe(URI.create("https://partner.invalid/"), TransportOptions.DEFAULT)
              .get(20, TimeUnit.SECONDS);
      assertFailed(
          probe, Step.LOOKUP, FailureCode.UNABLE_TO_RESOLVE_HOSTNAME, "partner.invalid:443");
    }
  }

  @Test
  void saysWhichSettingsLeadNowhere() throws Exception {
    assertFailed(
        probe(URI.create("ftp://localhost/"), TransportOptions.DEFAULT),
        Step.CONFIGURATION,
        FailureCode.INVALID_ENDPOINT_PROTOCOL,
        "ftp://localhost/");
    Tls believesNobody = new Tls(Trust.PINNED, List.of(), true, Optional.empty());
    assertFailed(
        probe(URI.create("https://localhost:1/"), options(believesNobody)),
        Step.CONFIGURATION,
        FailureCode.INVALID_CONFIGURATION,
        "TLS settings");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void findsTlsOpenAndSaysWhatItAgreedOn(String protocol) throws Exception {
    Keys keys = Keys.selfSigned("partner", "localhost");
    try (ScriptedPartner secure = ScriptedPartner.start(keys.serverContext("TLS"))) {
      secure.enqueue(with -> {
        ((javax.net.ssl.SSLSocket) with.socket()).setEnabledProtocols(new String[] {protocol});
        with.drain();
      });
      Probe probe = probe(secure.url("/"), options(ClientTlsTest.pinned(keys)));
      assertThat(probe.failure()).isEmpty();
      assertThat(probe.reached()).isEqualTo(Step.TLS);
      Probe.Session session = probe.session().orElseThrow();
      assertThat(session.protocol()).isEqualTo(protocol);
      assertThat(session.cipher()).startsWith("TLS_");
      assertThat(session.chain()).containsExactly(keys.certificate());
    }
  }

  @Test
  void saysWhichCertificateIsNotTrusted() throws Exception {
    Keys keys = Keys.selfSigned("stranger", "localhost");
    try (ScriptedPartner secure = ScriptedPartner.start(keys.serverContext("TLS"))) {
      secure.enqueue(ScriptedPartner.Conversation::drain);
      assertFailed(
          probe(secure.url("/"), TransportOptions.DEFAULT),
          Step.TLS,
          FailureCode.TLS_HANDSHAKE_FAILED,
          "certificate of CN=stranger");
    }
  }

  @Test
  void saysThatThePartnerIsSilent() throws Exception {
    partner.enqueue(ScriptedPartner.Conversation::drain);
    Timeouts impatient = new Timeouts(LONG, SHORT, LONG, LONG, LONG, LONG);
    assertFailed(
        probe(URI.create("https://localhost:" + partner.port() + "/"), options(impatient)),
        Step.TLS,
        FailureCode.TLS_HANDSHAKE_BROKEN_OFF,
        "took longer than 200 ms");
  }

  @Test
  void saysThatThePartnerWantsAnotherCertificateOrOne() throws Exception {
    Keys server = Keys.selfSigned("partner", "localhost");
    Keys authority = Keys.authority("clients' CA");
    Keys known = authority.issue("we", "client");
    Keys unknown = Keys.selfSigned("we", "client");
    try (NettyAs2Server mutual =
        NettyAs2Server.builder(NEVER_ASKED)
            .tls(server.serverTls(authority.certificate()))
            .start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      URI url = URI.create("https://localhost:" + mutual.address().getPort() + "/");
      assertThat(probe(url, options(showing(server, Optional.of(known)))).failure()).isEmpty();
      for (Optional<Keys> wrong : List.of(Optional.of(unknown), Optional.<Keys>empty())) {
        assertFailed(
            probe(url, options(showing(server, wrong))),
            Step.TLS,
            FailureCode.TLS_HANDSHAKE_FAILED,
            "the partner refused us with the alert");
      }
    }
  }

  private static Tls showing(Keys server, Optional<Keys> ours) {
    return new Tls(
        Trust.PINNED,
        List.of(server.certificate()),
        true,
        ours.map(k -> new ClientKey(k.key(), List.of(k.certificate()))));
  }

  @Test
  void saysThatTheProxyRefuses() throws Exception {
    partner.enqueue(with -> {
      with.readHead();
      with.write("HTTP/1.1 403 Forbidden\r\n\r\n");
    });
    TransportOptions proxied =
        new TransportOptions(
            Messages.PATIENT,
            false,
            Optional.of(new Proxy("localhost", partner.port())),
            Tls.DEFAULT);
    assertFailed(
        probe(URI.create("https://partner.invalid/"), proxied),
        Step.PROXY,
        FailureCode.PROXY_REFUSED,
        "403");
  }

  @Test
  void closesTheConnectionWhereItIsCancelled() throws Exception {
    CompletableFuture<Void> accepted = new CompletableFuture<>();
    partner.enqueue(with -> {
      with.read(1);
      accepted.complete(null);
      with.drain();
    });
    URI url = URI.create("https://localhost:" + partner.port() + "/");
    CompletableFuture<Probe> probe = client.probe(url, TransportOptions.DEFAULT);
    accepted.get(10, TimeUnit.SECONDS);
    probe.cancel(true);
    assertThat(partner.take()).isNotEmpty();
  }
}
