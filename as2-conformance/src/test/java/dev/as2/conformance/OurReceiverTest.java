package dev.as2.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.conformance.Result.Outcome;
import dev.as2.core.As2Server;
import dev.as2.core.Receiver;
import dev.as2.core.Trade;
import dev.as2.core.TransportOptions;
import dev.as2.transport.NettyAs2Client;
import dev.as2.transport.NettyAs2Server;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OurReceiverTest {
  @Test
  void passesTheLayers(@TempDir Path folder) throws Exception {
    Receiver receiver =
        new Receiver(
            new Receiver.Party(
                Trade.PARTNER_ID, Trade.PARTNER.key(), Trade.PARTNER.certificate()),
            new Receiver.Sender(Trade.OUR_ID, List.of(Trade.US.certificate())),
            folder,
            Clock.systemUTC());
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (As2Server server = NettyAs2Server.builder(receiver).start(any);
        NettyAs2Client client = NettyAs2Client.create()) {
      Endpoint endpoint =
          new Endpoint(
              URI.create("http://localhost:" + server.address().getPort() + "/as2"),
              new Party(Trade.OUR_ID, Trade.US.key(), Trade.US.certificate()),
              new Partner(Trade.PARTNER_ID, List.of(Trade.PARTNER.certificate())),
              TransportOptions.DEFAULT);

      Report report =
          new ConformanceRun(endpoint, client, Clock.systemUTC())
              .play(Catalogue.all(), new TableReport(new java.io.PrintWriter(System.out, true)));

      assertThat(report.results()).hasSizeGreaterThan(19);
      assertThat(report.results())
          .filteredOn(r -> r.outcome() != Outcome.PASSED)
          .map(r -> r.scenario().id() + ": " + r.findings())
          .isEmpty();
    }
  }
}
