package dev.as2.conformance;

import dev.as2.core.As2Handler;
import dev.as2.core.As2Id;
import dev.as2.core.As2Server;
import dev.as2.core.TransportOptions;
import dev.as2.core.TransportOptions.Timeouts;
import dev.as2.mime.RsaIdentity;
import dev.as2.transport.NettyAs2Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The two sides of a test, and a server between them. */
final class TestParties {
  private static final RsaIdentity OUR_KEY = RsaIdentity.selfSigned("us");
  private static final RsaIdentity THEIR_KEY = RsaIdentity.selfSigned("them");

  static final Party US = new Party(new As2Id("us"), OUR_KEY.key(), OUR_KEY.certificate());
  static final Party THEM = new Party(new As2Id("them"), THEIR_KEY.key(), THEIR_KEY.certificate());

  private TestParties() {}

  /** Who a party is to the other. */
  static Partner partner(Party party) {
    return new Partner(party.as2Id(), List.of(party.certificate()));
  }

  static As2Server serve(As2Handler handler) throws IOException {
    return NettyAs2Server.builder(handler)
        .start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  /** The other side's server as it is tested. */
  static Endpoint endpoint(As2Server server) {
    return endpoint(URI.create("http://localhost:" + server.address().getPort() + "/as2"));
  }

  /** The other side at a URL; over TLS it shows its only certificate. */
  static Endpoint endpoint(URI url) {
    return new Endpoint(
        url,
        US,
        partner(THEM),
        new TransportOptions(
            new Timeouts(
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                Duration.ofSeconds(20),
                Duration.ofSeconds(10)),
            false,
            Optional.empty(),
            new TransportOptions.Tls(
                TransportOptions.Trust.DEFAULT,
                List.of(THEM.certificate()),
                false,
                Optional.empty())));
  }
}
