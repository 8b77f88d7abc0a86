package dev.as2.transport;

import static dev.as2.transport.Messages.as2Failure;
import static dev.as2.transport.Messages.await;
import static dev.as2.transport.Messages.chunked;
import static dev.as2.transport.Messages.entity;
import static dev.as2.transport.Messages.failure;
import static dev.as2.transport.Messages.large;
import static dev.as2.transport.Messages.options;
import static dev.as2.transport.Messages.request;
import static dev.as2.transport.Messages.text;
import static dev.as2.transport.ScriptedPartner.answer;
import static dev.as2.transport.ScriptedPartner.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.As2Exception;
import dev.as2.core.As2Request;
import dev.as2.core.As2Response;
import dev.as2.core.BasicCredentials;
import dev.as2.core.FailureCode;
import dev.as2.core.TransportOptions;
import dev.as2.core.TransportOptions.Timeouts;
import dev.as2.core.TransportOptions.Tls;
import dev.as2.core.TransportOptions.Trust;
import dev.as2.mime.Entity;
import dev.as2.mime.Headers;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class ClientRequestTest extends ClientAndPartner {
  @Test
  void writesTheRequestOctetForOctetWithALength() throws Exception {
    partner.enqueue(answer(ok("")));

    await(client.post(request(partner.url("/as2?to=me&x=%20y"), text("hello"))));

    client.close();
    assertThat(partner.take())
        .isEqualTo(
            "POST /as2?to=me&x=%20y HTTP/1.1\r\n"
                + "Host: localhost:"
                + partner.port()
                + "\r\nContent-Type: application/octet-stream\r\n"
                + "AS2-To: \"a b\"\r\n"
                + "Content-Length: 5\r\n\r\nhello");
  }

  @Test
  void writesChunksWithNeitherLengthNorExtensions() throws Exception {
    partner.enqueue(answer(ok("")));

    await(client.post(chunked(partner.url(""), text("hello"))));

    client.close();
    assertThat(partner.take())
        .startsWith("POST / HTTP/1.1\r\n")
        .doesNotContainIgnoringCase("content-length")
        .endsWith("Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
  }

  @Test
  void writesALongHeaderAsOneLine() throws Exception {
    partner.enqueue(answer(ok("")));
    String longValue = "multipart/signed; boundary=" + "b".repeat(3_000);
    Entity message =
        new Entity() {
          @Override
          public Headers headers() {
            return Headers.of("Content-Type", longValue, "Content-Length", "7", "Host", "x");
          }

          @Override
          public OptionalLong bodyLength() {
            return OptionalLong.of(0);
          }

          @Override
          public void writeBodyTo(OutputStream out) {}
        };

    await(client.post(request(partner.url("/"), message)));

    client.close();
    assertThat(partner.take())
        .contains("\r\nContent-Type: " + longValue + "\r\n")
        .contains("\r\nContent-Length: 0\r\n")
        .doesNotContain("Content-Length: 7", "Host: x", "ccept-");
  }

  @Test
  void sendsBasicCredentialsUnasked() throws Exception {
    Keys keys = Keys.selfSigned("partner", "localhost");
    try (ScriptedPartner secure = ScriptedPartner.start(keys.serverContext("TLS"))) {
      secure.enqueue(answer(ok("")));
      Tls tls = new Tls(Trust.PRIVATE_CA, List.of(keys.certificate()), true, Optional.empty());

      await(
          client.post(
              new As2Request(
                  secure.url("/"),
                  text(""),
                  false,
                  options(tls),
                  Optional.of(new BasicCredentials("Aladdin", "open sesame")))));

      client.close();
      assertThat(secure.take())
          .contains("\r\nAuthorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==\r\n");
    }
  }

  @Test
  void neverCompletesABodyShorterThanItsLength() throws Exception {
    partner.enqueue(ScriptedPartner.Conversation::drain);

    Throwable failure =
        failure(
            client.post(
                request(
                    partner.url("/"), entity(OptionalLong.of(10), out -> out.write(new byte[9])))));

    assertThat(failure)
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("the body has 9 bytes and not the announced 10");
    partner.take(); // the connection ended
  }

  @Test
  void neverSendsMoreThanTheLength() throws Exception {
    partner.enqueue(ScriptedPartner.Conversation::drain);

    Throwable failure =
        failure(
            client.post(
                request(
                    partner.url("/"), entity(OptionalLong.of(3), out -> out.write(new byte[4])))));

    assertThat(failure).hasMessage("the body is longer than the 3 bytes that were announced");
    partner.take();
  }

  @Test
  void resetsTheConnectionWhenTheMessageFailsHalfWay() throws Exception {
    partner.enqueue(ScriptedPartner.Conversation::drain);
    IOException lost = new IOException("the disk went away");

    Throwable failure =
        failure(
            client.post(
                chunked(
                    partner.url("/"),
                    entity(
                        OptionalLong.empty(),
                        out -> {
                          out.write(new byte[100 << 10]);
                          throw lost;
                        }))));

    assertThat(failure).isSameAs(lost);
    assertThat(partner.take()).contains("[Connection reset]").doesNotContain("\r\n0\r\n\r\n");
  }

  @Test
  void failsWithTheMessagesOwnRuntimeException() throws Exception {
    partner.enqueue(ScriptedPartner.Conversation::drain);
    IllegalStateException broken = new IllegalStateException("no key");

    Throwable failure =
        failure(
            client.post(
                chunked(
                    partner.url("/"),
                    entity(
                        OptionalLong.empty(),
                        out -> {
                          throw broken;
                        }))));

    assertThat(failure).isSameAs(broken);
  }

  private static TransportOptions expecting(Timeouts timeouts) {
    return new TransportOptions(timeouts, true, Optional.empty(), Tls.DEFAULT);
  }

  @Test
  void sendsTheBodyAfterContinue() throws Exception {
    partner.enqueue(with -> {
      String head = with.readHead();
      with.write("HTTP/1.1 100 Continue\r\n\r\n");
      with.readBodyOf(head);
      with.write(ok("mdn"));
    });

    As2Response response =
        await(client.post(request(partner.url("/"), text("hello"), expecting(Messages.PATIENT))));

    assertThat(Messages.body(response)).isEqualTo("mdn");
    assertThat(response.sentWhole()).isTrue();
    client.close();
    assertThat(partner.take()).contains("Expect: 100-continue\r\n\r\nhello");
  }

  @Test
  void sendsTheBodyAnywayWhenNoContinueComes() throws Exception {
    partner.enqueue(answer(ok("mdn")));
    Timeouts timeouts =
        new Timeouts(
            Messages.LONG,
            Messages.LONG,
            Messages.SHORT,
            Messages.LONG,
            Messages.LONG,
            Messages.LONG);

    As2Response response =
        await(client.post(request(partner.url("/"), text("hello"), expecting(timeouts))));

    assertThat(Messages.body(response)).isEqualTo("mdn");
    assertThat(response.timings().write()).isGreaterThanOrEqualTo(Messages.SHORT);
  }

  @Test
  void sendsNoBodyAfterARefusalInsteadOfContinue() throws Exception {
    partner.enqueue(with -> {
      with.readHead();
      with.write("HTTP/1.1 417 No\r\nContent-Length: 2\r\n\r\nno");
      with.drain();
    });

    As2Response response =
        await(client.post(request(partner.url("/"), text("hello"), expecting(Messages.PATIENT))));

    assertThat(response.status()).isEqualTo(417);
    assertThat(response.sentWhole()).isFalse();
    assertThat(Messages.body(response)).isEqualTo("no");
    assertThat(partner.take()).endsWith("\r\n\r\n");
  }

  @Test
  void stopsSendingAtAnEarlyAnswerAndReadsIt() throws Exception {
    partner.enqueue(with -> {
      with.readHead();
      with.read(100_000);
      with.write("HTTP/1.1 413 Too much\r\nContent-Length: 4\r\n\r\nsto");
      with.pause(Messages.SHORT);
      with.write("p");
      with.drain();
    });

    As2Response response = await(client.post(request(partner.url("/"), large(64L << 20))));

    assertThat(response.status()).isEqualTo(413);
    assertThat(response.sentWhole()).isFalse();
    assertThat(Messages.body(response)).isEqualTo("stop");
    assertThat(partner.take().length()).isLessThan(32 << 20);
  }

  @Test
  void takesAnEarlyAnswerThatAResetFollows() throws Exception {
    for (int i = 0; i < 20; i++) {
      partner.enqueue(with -> {
        with.readHead();
        with.write("HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n\r\nno");
        with.reset();
      });

      As2Response response = await(client.post(request(partner.url("/"), large(8L << 20))));

      assertThat(response.status()).isEqualTo(401);
      assertThat(Messages.body(response)).isEqualTo("no");
    }
  }

  @Test
  void takesAnEarlyAnswerThatOnlyTheConnectionEnds() throws Exception {
    partner.enqueue(with -> {
      with.readHead();
      with.write("HTTP/1.0 403 Forbidden\r\n\r\nno");
      with.pause(Messages.SHORT);
      with.reset();
    });

    As2Response response = await(client.post(request(partner.url("/"), large(64L << 20))));

    assertThat(response.status()).isEqualTo(403);
    assertThat(response.sentWhole()).isFalse();
  }

  @Test
  void writesMessagesOnThreadsOfItsOwn() throws Exception {
    partner.enqueue(answer(ok("")));
    StringBuilder thread = new StringBuilder();

    await(
        client.post(
            request(
                partner.url("/"),
                entity(
                    OptionalLong.of(0), out -> thread.append(Thread.currentThread().getName())))));

    assertThat(thread.toString()).isEqualTo("as2-writer-1");
  }

  @Test
  void refusesUrlsThatLeadNowhere() throws Exception {
    assertThat(Messages.as2Failure(client.post(request(URI.create("ftp://x/"), text("")))).code())
        .isEqualTo(FailureCode.INVALID_ENDPOINT_PROTOCOL);
    As2Exception noHost =
        Messages.as2Failure(client.post(request(URI.create("http:/only/path"), text(""))));
    assertThat(noHost.code()).isEqualTo(FailureCode.INVALID_URL_FORMAT);
  }

  @Test
  void failsAndFreesTheConnectionWhereTheHeadersBreak() throws Exception {
    Entity message = Messages.made(ClientRequestTest::broken, () -> OptionalLong.of(0));
    failsInside(request(partner.url("/"), message));
  }

  @Test
  void failsAndFreesTheConnectionWhereTheLengthBreaks() throws Exception {
    AtomicBoolean breaks = new AtomicBoolean();
    Entity message =
        Messages.made(() -> Headers.EMPTY, () -> breaks.get() ? broken() : OptionalLong.of(0));
    As2Request request = request(partner.url("/"), message);
    breaks.set(true);
    failsInside(request);
  }

  private static <T> T broken() {
    throw new IllegalStateException("the message broke");
  }

  private void failsInside(As2Request broken) throws Exception {
    partner.enqueue(ScriptedPartner.Conversation::drain).enqueue(answer(ok("mdn")));
    try (NettyAs2Client narrow = NettyAs2Client.builder().maxConnectionsPerPartner(1).build()) {
      As2Exception failure = as2Failure(narrow.post(broken));

      assertThat(failure.code()).isEqualTo(FailureCode.INTERNAL_ERROR);
      assertThat(failure).hasMessageContaining("the message broke");
      assertThat(partner.take()).isEmpty();
      assertThat(await(narrow.post(request(partner.url("/"), text("hello")))).status())
          .isEqualTo(200);
    }
  }
}
