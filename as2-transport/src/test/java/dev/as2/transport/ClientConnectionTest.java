package dev.as2.transport;

import static dev.as2.transport.Messages.LONG;
import static dev.as2.transport.Messages.as2Failure;
import static dev.as2.transport.Messages.await;
import static dev.as2.transport.Messages.body;
import static dev.as2.transport.Messages.large;
import static dev.as2.transport.Messages.options;
import static dev.as2.transport.Messages.request;
import static dev.as2.transport.Messages.text;
import static dev.as2.transport.ScriptedPartner.answer;
import static dev.as2.transport.ScriptedPartner.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.as2.core.As2Exception;
import dev.as2.core.As2Response;
import dev.as2.core.FailureCode;
import dev.as2.core.TransportOptions;
import dev.as2.core.TransportOptions.Timeouts;
import dev.as2.mime.Entity;
import dev.as2.mime.Headers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ClientConnectionTest extends ClientAndPartner {
  private static ScriptedPartner.Script answers(String... answers) {
    return with -> {
      for (String octets : answers) {
        with.readRequest();
        with.write(octets);
      }
    };
  }

  @Test
  void usesAConnectionAgain() throws Exception {
    partner.enqueue(answers(ok("1"), ok("2"), ok("3")));

    assertThat(body(await(post()))).isEqualTo("1");
    As2Response second = await(post());
    assertThat(body(second)).isEqualTo("2");
    assertThat(second.timings().connect()).isZero();
    assertThat(body(await(post()))).isEqualTo("3");
    assertThat(partner.connections()).isEqualTo(1);
  }

  @Test
  void usesAConnectionAgainOverTls() throws Exception {
    Keys keys = Keys.selfSigned("partner", "localhost");
    try (ScriptedPartner secure = ScriptedPartner.start(keys.serverContext("TLS"))) {
      secure.enqueue(answers(ok("1"), ok("2")));
      TransportOptions options = options(ClientTlsTest.pinned(keys));

      await(client.post(request(secure.url("/"), text("hello"), options)));
      await(client.post(request(secure.url("/"), text("hello"), options)));

      assertThat(secure.connections()).isEqualTo(1);
    }
  }

  @Test
  void doesNotShareConnectionsBetweenDifferentOptions() throws Exception {
    partner.enqueue(answers(ok("1"), ok("no"))).enqueue(answer(ok("2")));
    await(post());

    TransportOptions others =
        options(new Timeouts(LONG, LONG, LONG, LONG, LONG, LONG.plusMillis(1)));
    As2Response second = await(client.post(request(partner.url("/"), text("hello"), others)));

    assertThat(body(second)).isEqualTo("2");
  }

  @Test
  void opensAnotherConnectionAfterConnectionClose() throws Exception {
    partner
        .enqueue(with -> {
          with.readRequest();
          with.write("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\n1");
          with.drain();
        })
        .enqueue(answer(ok("2")));

    await(post());
    assertThat(body(await(post()))).isEqualTo("2");
    partner.take(); // the client closed it
  }

  @Test
  void opensAnotherConnectionWhereThePartnerClosedTheIdleOne() throws Exception {
    partner.enqueue(answer(ok("1"))).enqueue(answer(ok("2")));

    await(post());
    partner.take(); // the partner closed it
    assertThat(new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS)).isFalse(); // and it shows
    assertThat(body(await(post()))).isEqualTo("2");
  }

  @Test
  void opensAnotherConnectionWhereTheIdleOneClosesWhileTheMessageWaitsForAWriter()
      throws Exception {
    CountDownLatch closeIt = new CountDownLatch(1);
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch waiting = new CountDownLatch(1);
    CountDownLatch another = new CountDownLatch(1);
    try (ScriptedPartner slow = ScriptedPartner.start();
        NettyAs2Client narrow = NettyAs2Client.builder().writerThreads(1).build()) {
      partner.enqueue(with -> {
        with.readRequest();
        with.write(ok("1"));
        awaitQuietly(closeIt);
      });
      await(narrow.post(request(partner.url("/"), text("hello"))));
      slow.enqueue(with -> {
        with.readHead();
        writing.countDown();
        with.stall();
      });
      CompletableFuture<As2Response> first = narrow.post(request(slow.url("/"), large(64L << 20)));
      awaitQuietly(writing);
      partner.enqueue(with -> {
        another.countDown();
        with.readRequest();
        with.write(ok("2"));
      });

      CompletableFuture<As2Response> second =
          narrow.post(request(partner.url("/"), tellingOfTheConnection(waiting)));
      awaitQuietly(waiting);
      closeIt.countDown();
      awaitQuietly(another);
      first.cancel(true);

      As2Response answer = await(second);
      assertThat(body(answer)).isEqualTo("2");
      assertThat(answer.timings().connect()).isPositive();
    }
  }

  /** A message is asked for its headers once it has a connection. */
  private static Entity tellingOfTheConnection(CountDownLatch connected) {
    return Messages.made(
        () -> {
          connected.countDown();
          return Headers.EMPTY;
        },
        () -> OptionalLong.of(0));
  }

  @Test
  void closesAConnectionThatThePartnerTalksOnUnasked() throws Exception {
    partner
        .enqueue(with -> {
          with.readRequest();
          with.write(ok("1"));
          with.pause(Duration.ofMillis(100));
          with.write(ok("forged"));
          with.drain();
        })
        .enqueue(answer(ok("2")));

    await(post());
    partner.take();
    assertThat(body(await(post()))).isEqualTo("2");
  }

  @Test
  void closesAnIdleConnectionAfterItsLifetime() throws Exception {
    partner.enqueue(with -> {
      with.readRequest();
      with.write(ok("1"));
      with.drain();
    });
    try (NettyAs2Client brief =
        NettyAs2Client.builder().idleLifetime(Duration.ofMillis(100)).build()) {
      await(brief.post(request(partner.url("/"), text("hello"))));
      assertThat(partner.take()).endsWith("hello");
    }
  }

  @Test
  void aConnectionWithoutALifetimeCarriesOneMessage() throws Exception {
    for (String answer : List.of("1", "2", "3")) {
      partner.enqueue(answers(ok(answer)));
    }
    try (NettyAs2Client once = NettyAs2Client.builder().idleLifetime(Duration.ZERO).build()) {
      for (int i = 0; i < 3; i++) {
        assertThat(await(once.post(request(partner.url("/"), text("hello")))).status())
            .isEqualTo(200);
      }
      assertThat(partner.connections()).isEqualTo(3);
    }
  }

  @Test
  void opensNoMoreConnectionsThanAllowed() throws Exception {
    partner.enqueue(answers(ok("1"), ok("2"), ok("3"), ok("4")));
    try (NettyAs2Client narrow = NettyAs2Client.builder().maxConnectionsPerPartner(1).build()) {
      List<CompletableFuture<As2Response>> all = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        all.add(narrow.post(request(partner.url("/"), text("hello"))));
      }
      for (CompletableFuture<As2Response> each : all) {
        assertThat(await(each).status()).isEqualTo(200);
      }
      assertThat(partner.connections()).isEqualTo(1);
    }
  }

  @Test
  void freesItsPlaceInThePoolAfterAFailure() throws Exception {
    try (NettyAs2Client narrow = NettyAs2Client.builder().maxConnectionsPerPartner(1).build()) {
      for (int i = 0; i < 50; i++) { // often, since a reset may come at any step
        partner.enqueue(ScriptedPartner.Conversation::reset);
        as2Failure(narrow.post(request(partner.url("/"), text("hello"))));
      }
      partner.enqueue(answer(ok("mdn")));
      assertThat(body(await(narrow.post(request(partner.url("/"), text("hello"))))))
          .isEqualTo("mdn");
    }
  }

  @Test
  void closesTheConnectionWhenTheFutureIsCancelled() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    partner.enqueue(with -> {
      with.readRequest();
      asked.countDown();
      with.drain();
    });
    CompletableFuture<As2Response> answer = post();
    assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();

    answer.cancel(true);

    assertThat(partner.take()).endsWith("hello");
  }

  @Test
  void freesTheWriterWhenTheFutureIsCancelled() throws Exception {
    CountDownLatch left = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    partner.enqueue(with -> {
      with.readHead();
      asked.countDown();
      with.stall();
    });
    CompletableFuture<As2Response> answer =
        client.post(
            request(
                partner.url("/"),
                Messages.entity(
                    OptionalLong.of(64L << 20),
                    out -> {
                      try {
                        large(64L << 20).writeBodyTo(out);
                      } finally {
                        left.countDown();
                      }
                    })));
    assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();

    answer.cancel(true);

    assertThat(left.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void failsOnlyWhenNoThreadIsInTheMessageAnyMore() throws Exception {
    CountDownLatch mayLeave = new CountDownLatch(1);
    partner.enqueue(with -> {
      with.readHead();
      with.reset();
    });
    CountDownLatch failed = new CountDownLatch(1);
    CompletableFuture<As2Response> answer =
        client.post(
            request(
                partner.url("/"),
                Messages.entity(
                    OptionalLong.of(64L << 20),
                    out -> {
                      try {
                        large(64L << 20).writeBodyTo(out);
                      } catch (IOException e) {
                        failed.countDown();
                        awaitQuietly(mayLeave);
                        throw e;
                      }
                    })));

    assertThat(failed.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(answer).isNotDone();
    mayLeave.countDown();
    assertThat(as2Failure(answer).code()).isEqualTo(FailureCode.CONNECTION_CLOSED);
  }

  private static void awaitQuietly(CountDownLatch latch) throws IOException {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Test
  void failsWhatIsUnderWayWhenClosed() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    partner.enqueue(with -> {
      with.readRequest();
      asked.countDown();
      with.stall();
    });
    CompletableFuture<As2Response> answer = post();
    assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();

    client.close();

    assertThat(as2Failure(answer).code()).isEqualTo(FailureCode.CONNECTION_CLOSED);
    assertThatThrownBy(this::post).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void saysThatNobodyListens() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    As2Exception failure =
        as2Failure(client.post(request(URI.create("http://127.0.0.1:" + port + "/"), text(""))));

    assertThat(failure.code()).isEqualTo(FailureCode.UNABLE_TO_CONNECT_TO_REMOTE_HOST_OR_IP);
    assertThat(failure).hasMessageContaining("127.0.0.1:" + port);
  }

  @Test
  void saysThatTheNameHasNoAddress() throws Exception {
    As2Exception failure =
        as2Failure(client.post(request(URI.create("http://no-such-host.invalid/"), text(""))));

    assertThat(failure.code()).isEqualTo(FailureCode.UNABLE_TO_RESOLVE_HOSTNAME);
    assertThat(failure).hasMessageContaining("no-such-host.invalid:80");
  }
}
