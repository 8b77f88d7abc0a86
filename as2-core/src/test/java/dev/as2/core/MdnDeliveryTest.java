package dev.as2.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.as2.core.ReceivedMessages.Kept;
import dev.as2.core.ReceivingStage.Made;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Asynchronous MDNs: where they go, and what happens where they cannot (RFC 4130 §7.2). */
@Timeout(60)
class MdnDeliveryTest {
  private static final String URL = "http://mdn.example/mdn";
  private static final String[] FAST = {"as2:retry-delay", "1ms", "as2:retry-attempts", "3"};

  @TempDir Path spool;

  private static Made asking() throws Exception {
    return ReceivingStage.message(Set.of(Layer.SIGN)).with("Receipt-Delivery-Option", URL);
  }

  @Test
  void postsTheSameOctetsUntilTheyAreTaken() throws Exception {
    try (ReceivingStage stage = new ReceivingStage(spool, ReceivingStage.agreement(FAST), b -> b)) {
      stage
          .client
          .then(ScriptedClient.fail(FailureCode.UNABLE_TO_CONNECT_TO_REMOTE_HOST_OR_IP))
          .then(ScriptedClient.answer(503, ""))
          .then(ScriptedClient.answer(200, ""));
      stage.receive(asking());

      assertThat(stage.deliveries.next()).isEmpty();
      assertThat(stage.client.posts()).hasSize(3);
      assertThat(stage.client.posts().get(2)).isEqualTo(stage.client.posts().get(1));
    }
  }

  @Test
  void givesUpWhereItIsNotWanted() throws Exception {
    try (ReceivingStage stage = new ReceivingStage(spool, ReceivingStage.agreement(FAST), b -> b)) {
      stage.client.then(ScriptedClient.answer(404, ""));
      stage.receive(asking());

      assertThat(stage.deliveries.next())
          .contains(
              new SendResult.Failure(
                  FailureCode.HTTP_ERROR_RESPONSE_FROM_PARTNER,
                  "mdn.example answered 404 to the MDN."));
      assertThat(stage.client.posts()).hasSize(1);
    }
  }

  @Test
  void postsWhatAnEarlierRunHasLeft() throws Exception {
    StoredReceivedMessages received =
        new StoredReceivedMessages(new InMemoryFileStore("kept"), FolderPath.parse("/kept"));
    try (ReceivingStage stage =
        new ReceivingStage(spool, ReceivingStage.agreement(FAST), b -> b.received(received))) {
      Made made = asking();
      stage.runtime.handle(ScriptedClient.arrived("POST", made.headers(), made.body()));
    }
    assertThat(received.undelivered(10)).hasSize(1);
    try (ReceivingStage later =
        new ReceivingStage(spool, ReceivingStage.agreement(FAST), b -> b.received(received))) {
      later.client.then(ScriptedClient.answer(200, ""));
      later.runtime.resume();

      assertThat(later.deliveries.next()).isEmpty();
      assertThat(received.undelivered(10)).isEmpty();
      assertThat(ReceivingStage.mdn(later.client.requests().get(0)).disposition())
          .isEqualTo(Disposition.PROCESSED);
    }
  }

  @Test
  void postsARefusalToo() throws Exception {
    try (ReceivingStage stage = new ReceivingStage(spool)) {
      stage.client.then(ScriptedClient.answer(200, ""));
      As2Handler.Answer answer = stage.receive(asking().withBody(new byte[10]));

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).isEmpty();
      assertThat(stage.deliveries.next()).isEmpty();
      assertThat(ReceivingStage.mdn(stage.client.requests().get(0)).disposition().isNegative())
          .isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://mdn.example/",
        "mailto:a@mdn.example",
        "file:///etc/passwd",
        "mdn.example",
        "//mdn.example/",
        "http://",
        "http:///x",
        "http://localhost/",
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://0x7f000001/",
        "http://mdn.example.evil.example/",
        "http://evil.example/mdn.example",
        "http://mdn.example@evil.example/",
        "http://a:b@mdn.example/",
        "http://mdn.example/#x",
        "http://mdn example/",
        "gopher://mdn.example:25/"
      })
  void goesNowhereElse(String url) {
    assertThatThrownBy(() -> MdnAddress.parse(url, Set.of("mdn.example")))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("Receipt-Delivery-Option");
  }

  @Test
  void readsNoLongerUrlThanTheLimit() {
    String url = URL + "?" + "x".repeat(Limits.RECEIPT_URL_CHARACTERS - URL.length());
    assertThatThrownBy(() -> MdnAddress.parse(url, Set.of("mdn.example")))
        .hasMessageContaining("longer than 1024");
  }

  @ParameterizedTest
  @ValueSource(strings = {URL, "HTTPS://MDN.example:8443/a?b=c", " http://mdn.example "})
  void goesToThePartner(String url) throws Exception {
    assertThat(MdnAddress.parse(url, Set.of("mdn.example")).getHost())
        .isEqualToIgnoringCase("mdn.example");
  }

  @Test
  void goesToTheHostsOfConnectorsToThisPartner() throws Exception {
    Connector connector = Trade.connector(URI.create("https://partner.example:444/as2"));

    assertThat(Trade.registry(connector).hosts(Trade.PARTNER_PROFILE))
        .containsExactly("partner.example");
    assertThat(Trade.registry(connector).hosts(Trade.LOCAL_PROFILE)).isEmpty();
  }

  @Test
  void keepsTheAnswerThatWasFirst() throws Exception {
    MessageKey key = new MessageKey(new As2Id("a"), new As2Id("b"), new MessageId("1@x"));
    Kept no =
        new Kept(key, Instant.EPOCH, false, Optional.empty(), new byte[] {1}, Optional.empty());
    Kept yes =
        new Kept(
            key, Instant.EPOCH, true, Mic.parse("AAAA, sha-256"), new byte[] {2}, Optional.empty());
    Kept other =
        new Kept(key, Instant.EPOCH, true, Optional.empty(), new byte[] {3}, Optional.empty());
    for (ReceivedMessages received :
        List.of(
            new MemoryReceivedMessages(),
            new StoredReceivedMessages(new InMemoryFileStore("kept"), FolderPath.parse("/kept")))) {
      assertThat(received.keep(no).mdn()).containsExactly(1);
      assertThat(received.accepted(key)).isEmpty();
      assertThat(received.keep(yes).mdn()).containsExactly(2);
      assertThat(received.keep(other).mdn()).containsExactly(2);
      assertThat(received.accepted(key).orElseThrow().mic()).isEqualTo(yes.mic());
      received.forget(Instant.now().plusSeconds(1));
      assertThat(received.accepted(key)).isEmpty();
    }
  }
}
