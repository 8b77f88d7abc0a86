package dev.as2.transport;

import static dev.as2.transport.Messages.LONG;
import static dev.as2.transport.Messages.SHORT;
import static dev.as2.transport.Messages.as2Failure;
import static dev.as2.transport.Messages.await;
import static dev.as2.transport.Messages.large;
import static dev.as2.transport.Messages.options;
import static dev.as2.transport.Messages.request;
import static dev.as2.transport.Messages.text;
import static dev.as2.transport.ScriptedPartner.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.As2Exception;
import dev.as2.core.As2Response;
import dev.as2.core.FailureCode;
import dev.as2.core.TransportOptions;
import dev.as2.core.TransportOptions.Timeouts;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ClientTimeoutTest extends ClientAndPartner {
  private static void failsInTime(
      CompletableFuture<As2Response> answer, FailureCode code, String says) throws Exception {
    long start = System.nanoTime();
    As2Exception failure = as2Failure(answer);
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure).hasMessageContaining(says);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONG);
  }

  @Test
  void givesUpConnecting() throws Exception {
    List<Socket> filler = new ArrayList<>();
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      for (int i = 0; i < 2; i++) { // what a backlog of 1 takes without accept()
        filler.add(new Socket(full.getInetAddress(), full.getLocalPort()));
      }
      URI url = URI.create("http://127.0.0.1:" + full.getLocalPort() + "/");

      failsInTime(
          client.post(
              request(url, text(""), options(new Timeouts(SHORT, LONG, LONG, LONG, LONG, LONG)))),
          FailureCode.UNABLE_TO_CONNECT_TO_REMOTE_HOST_OR_IP,
          "no connection within 200 ms");
    } finally {
      for (Socket socket : filler) {
        socket.close();
      }
    }
  }

  @Test
  void givesUpAHandshake() throws Exception {
    partner.enqueue(ScriptedPartner.Conversation::stall);
    URI url = URI.create("https://localhost:" + partner.port() + "/");

    failsInTime(
        client.post(
            request(url, text(""), options(new Timeouts(LONG, SHORT, LONG, LONG, LONG, LONG)))),
        FailureCode.TLS_HANDSHAKE_BROKEN_OFF,
        "longer than 200 ms");
  }

  @Test
  void givesUpWritingWhenThePartnerDoesNotRead() throws Exception {
    partner.enqueue(ScriptedPartner.Conversation::stall);

    failsInTime(
        client.post(
            request(
                partner.url("/"),
                large(64L << 20),
                options(new Timeouts(LONG, LONG, LONG, SHORT, LONG, LONG)))),
        FailureCode.WRITE_TIMED_OUT,
        "read nothing of the message for 200 ms");
  }

  @Test
  void givesUpWritingOverTlsWhenThePartnerDoesNotRead() throws Exception {
    Keys keys = Keys.selfSigned("partner", "localhost");
    try (ScriptedPartner secure = ScriptedPartner.start(keys.serverContext("TLS"))) {
      secure.enqueue(with -> {
        with.readHead();
        with.stall();
      });

      failsInTime(
          client.post(
              request(
                  secure.url("/"),
                  large(64L << 20),
                  new TransportOptions(
                      new Timeouts(LONG, LONG, LONG, SHORT, LONG, LONG),
                      false,
                      Optional.empty(),
                      ClientTlsTest.pinned(keys)))),
          FailureCode.WRITE_TIMED_OUT,
          "read nothing of the message for 200 ms");
    }
  }

  @Test
  void keepsWritingWhileThePartnerReadsSlowly() throws Exception {
    partner.enqueue(with -> {
      with.socket().setReceiveBufferSize(16 << 10);
      String head = with.readHead();
      for (int i = 0; i < 10; i++) {
        with.pause(Duration.ofMillis(100));
        with.read(600_000);
      }
      with.read((16 << 20) - 6_000_000);
      with.write(ok("mdn"));
      assertThat(head).contains("Content-Length");
    });
    Duration stall = Duration.ofMillis(600);

    As2Response response =
        await(
            client.post(
                request(
                    partner.url("/"),
                    large(16 << 20),
                    options(new Timeouts(LONG, LONG, LONG, stall, LONG, LONG)))));

    assertThat(response.timings().write()).isGreaterThan(stall);
  }

  @Test
  void doesNotBlameThePartnerForASlowSource() throws Exception {
    partner.enqueue(ScriptedPartner.answer(ok("mdn")));
    CompletableFuture<Void> never = new CompletableFuture<>();

    As2Response response =
        await(
            client.post(
                request(
                    partner.url("/"),
                    Messages.entity(
                        OptionalLong.of(1),
                        out -> {
                          pause(never, Duration.ofMillis(500));
                          out.write(1);
                        }),
                    options(new Timeouts(LONG, LONG, LONG, SHORT, LONG, LONG)))));

    assertThat(Messages.body(response)).isEqualTo("mdn");
  }

  private static void pause(CompletableFuture<Void> never, Duration pause) {
    assertThat(never.completeOnTimeout(null, pause.toMillis(), TimeUnit.MILLISECONDS))
        .succeedsWithin(LONG);
  }

  private CompletableFuture<As2Response> post(Timeouts timeouts) {
    return client.post(request(partner.url("/"), text("hello"), options(timeouts)));
  }

  @Test
  void givesUpWaitingForTheFirstOctet() throws Exception {
    partner.enqueue(with -> {
      with.readRequest();
      with.stall();
    });

    failsInTime(
        post(new Timeouts(LONG, LONG, LONG, LONG, SHORT, LONG)),
        FailureCode.MDN_TIMED_OUT,
        "did not answer within 200 ms; the message was sent whole");
  }

  @Test
  void waitsAnewAfterEachInterimAnswer() throws Exception {
    partner.enqueue(with -> {
      with.readRequest();
      for (int i = 0; i < 4; i++) {
        with.pause(Duration.ofMillis(200));
        with.write("HTTP/1.1 102 Processing\r\n\r\n");
      }
      with.pause(Duration.ofMillis(200));
      with.write(ok("mdn"));
    });

    As2Response response =
        await(post(new Timeouts(LONG, LONG, LONG, LONG, Duration.ofMillis(600), LONG)));

    assertThat(response.timings().pause()).isGreaterThan(Duration.ofMillis(900));
  }

  @Test
  void givesUpAnAnswerThatOnlyTrickles() throws Exception {
    partner.enqueue(with -> {
      with.readRequest();
      with.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
      with.trickle("x".repeat(100_000), Duration.ofMillis(20));
    });

    failsInTime(
        post(new Timeouts(LONG, LONG, LONG, LONG, LONG, SHORT)),
        FailureCode.MDN_TIMED_OUT,
        "did not end its answer within 200 ms");
  }

  @Test
  void givesUpAnInterimAnswerThatNeverEnds() throws Exception {
    partner.enqueue(with -> {
      with.readRequest();
      with.write("HTTP/1.1 102 Proc");
      with.stall();
    });

    failsInTime(
        post(new Timeouts(LONG, LONG, LONG, LONG, LONG, SHORT)),
        FailureCode.MDN_TIMED_OUT,
        "did not end its answer within 200 ms");
  }
}
