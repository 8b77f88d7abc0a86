package dev.as2.transport;

import static dev.as2.transport.Messages.LONG;
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
import dev.as2.core.As2Response;
import dev.as2.core.FailureCode;
import dev.as2.core.TransportOptions.Timeouts;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Hosts with several addresses. */
final class ClientAddressTest {
  private static NettyAs2Client knowing(String... addresses) {
    return NettyAs2Client.builder().directory(host -> each(addresses)).build();
  }

  private static InetAddress[] each(String... addresses) throws java.net.UnknownHostException {
    List<InetAddress> all = new ArrayList<>();
    for (String address : addresses) {
      all.add(InetAddress.getByName(address));
    }
    return all.toArray(InetAddress[]::new);
  }

  private static CompletableFuture<As2Response> post(
      NettyAs2Client client, int port, Duration connect) {
    URI url = URI.create("http://partner.example:" + port + "/");
    Timeouts timeouts = new Timeouts(connect, LONG, LONG, LONG, LONG, LONG);
    return client.post(request(url, text("hello"), options(timeouts)));
  }

  @Test
  void triesTheNextAddressWhereOneRefuses() throws Exception {
    try (ScriptedPartner partner = ScriptedPartner.start();
        NettyAs2Client client = knowing("127.0.0.2", "127.0.0.3", "127.0.0.1")) {
      partner.enqueue(answer(ok("mdn")));

      assertThat(body(await(post(client, partner.port(), LONG)))).isEqualTo("mdn");
    }
  }

  @Test
  void leavesTimeForTheNextAddressWhereOneIsDead() throws Exception {
    List<Socket> filler = new ArrayList<>();
    try (ScriptedPartner partner = ScriptedPartner.start();
        ServerSocket full =
            new ServerSocket(partner.port(), 1, InetAddress.getByName("127.0.0.2"));
        NettyAs2Client client = knowing("127.0.0.2", "127.0.0.1")) {
      for (int i = 0; i < 2; i++) { // what a backlog of 1 takes without accept()
        filler.add(new Socket(full.getInetAddress(), full.getLocalPort()));
      }
      partner.enqueue(answer(ok("mdn")));

      As2Response response = await(post(client, partner.port(), Duration.ofSeconds(2)));

      assertThat(body(response)).isEqualTo("mdn");
      assertThat(response.timings().connect())
          .isBetween(Duration.ofMillis(900), Duration.ofMillis(1_900));
    } finally {
      for (Socket socket : filler) {
        socket.close();
      }
    }
  }

  @Test
  void failsWithTheLastAddressAndFreesItsPlaceInThePool() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (NettyAs2Client client =
        NettyAs2Client.builder()
            .directory(host -> each("127.0.0.2", "127.0.0.3"))
            .maxConnectionsPerPartner(1)
            .build()) {
      for (int i = 0; i < 5; i++) {
        As2Exception failure = as2Failure(post(client, port, LONG));

        assertThat(failure.code()).isEqualTo(FailureCode.UNABLE_TO_CONNECT_TO_REMOTE_HOST_OR_IP);
        assertThat(failure).hasMessageContaining("127.0.0.3");
      }
    }
  }
}
