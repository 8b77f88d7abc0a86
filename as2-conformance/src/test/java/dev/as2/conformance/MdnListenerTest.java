package dev.as2.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.as2.core.As2Request;
import dev.as2.core.Limits;
import dev.as2.core.TransportOptions;
import dev.as2.mime.Content;
import dev.as2.mime.ContentEntity;
import dev.as2.mime.Headers;
import dev.as2.transport.NettyAs2Client;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MdnListenerTest {
  private static final NettyAs2Client CLIENT = NettyAs2Client.create();

  @AfterAll
  static void close() {
    CLIENT.close();
  }

  private static int post(URI url, byte[] body) {
    return CLIENT
        .post(
            new As2Request(
                url,
                new ContentEntity(Headers.of("Content-Type", "text/plain"), Content.of(body)),
                false,
                TransportOptions.DEFAULT,
                Optional.empty()))
        .join()
        .status();
  }

  @Test
  void keepsNoMoreOfAnMdnAndNoMoreMdnsThanItSays() throws IOException {
    try (MdnEnd end = new MdnEnd(Duration.ofMillis(1))) {
      AwaitedMdn place = end.listener().open();
      place.messageAnswered();

      assertThat(post(place.url(), new byte[Limits.ANSWER_BYTES + 1])).isEqualTo(413);
      for (int i = 0; i < AwaitedMdn.KEPT + 2; i++) {
        assertThat(post(place.url(), new byte[1])).isEqualTo(200);
      }

      for (int i = 0; i < AwaitedMdn.KEPT; i++) {
        assertThat(place.next()).isPresent();
      }
      assertThat(place.next()).isEmpty();
    }
  }

  @Test
  void keepsTheMdnsOfTheLastMessagesAlone() throws IOException {
    try (MdnEnd end = new MdnEnd(Duration.ofMillis(1))) {
      AwaitedMdn first = end.listener().open();
      AwaitedMdn second = end.listener().open();
      for (int i = 1; i < MdnListener.PLACES; i++) {
        end.listener().open();
      }

      assertThat(post(first.url(), new byte[1])).isEqualTo(404);
      second.messageAnswered();
      assertThat(post(second.url(), new byte[1])).isEqualTo(200);
    }
  }

  @Test
  void knowsWhatCameToNoPlace() throws IOException {
    try (MdnEnd end = new MdnEnd(Duration.ofMillis(1))) {
      AwaitedMdn place = end.listener().open();

      assertThat(post(place.url().resolve("other"), new byte[1])).isEqualTo(404);

      assertThat(end.listener().stray()).contains("/mdn/other");
      end.listener().open();
      assertThat(end.listener().stray()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://us.example/mdn", "/mdn", "http://us.example/mdn?partner=them"})
  void refusesAUrlThatNoMdnCanBePostedTo(String url) {
    assertThatThrownBy(() -> new MdnListener(URI.create(url), Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(url);
  }
}
