package dev.as2.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.As2Config.AsyncMdn;
import dev.as2.core.As2Config.MdnResponse;
import dev.as2.core.As2Config.MdnSigningAlgorithm;
import dev.as2.core.MemoryJournal.Call;
import dev.as2.mime.Headers;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Asynchronous MDNs of messages that were sent (RFC 4130 §7.2). */
@Timeout(60)
class LateMdnTest {
  private static final URI MDNS = URI.create("https://us.example/mdn");

  @TempDir Path inbox;

  /** The MDN comes here; somebody may wait for it, or will. */
  private final CompletableFuture<AsyncMdns.Arrived> arrival = new CompletableFuture<>();

  private final CompletableFuture<Void> awaited = new CompletableFuture<>();

  private CompletableFuture<AsyncMdns.Arrived> await(SendResult.Transfer transfer) {
    awaited.complete(null);
    return arrival.copy();
  }

  private static Connector connector(String... tags) {
    Map<String, String> all = new HashMap<>();
    for (int i = 0; i < tags.length; i += 2) {
      all.put(tags[i], tags[i + 1]);
    }
    Connector sync =
        Trade.connector(
            RuntimeFixture.URL,
            Set.of(Layer.COMPRESS, Layer.SIGN, Layer.ENCRYPT),
            all,
            MdnSigningAlgorithm.SHA256,
            MdnResponse.SYNC);
    As2Config as2 = sync.as2();
    return new Connector(
        sync.id(),
        sync.url(),
        new As2Config(
            as2.localProfileId(),
            as2.partnerProfileId(),
            as2.messageSubject(),
            as2.compression(),
            as2.encryptionAlgorithm(),
            as2.signingAlgorithm(),
            as2.mdnSigningAlgorithm(),
            MdnResponse.ASYNC,
            as2.preserveContentType(),
            as2.basicAuthSecretId(),
            Optional.of(new AsyncMdn(MDNS, List.of()))),
        Optional.empty(),
        Optional.empty(),
        all);
  }

  private RuntimeFixture fixture(Connector connector) throws Exception {
    return new RuntimeFixture(
        connector, Trade.registry(connector), builder -> builder.asyncMdns(this::await));
  }

  /** A partner who answers with nothing, and has the MDN ready before that. */
  private ScriptedClient.Script partner(CompletableFuture<AsyncMdns.Arrived> mdn) {
    return (post, answer) -> {
      assertThat(post.headers().first("Receipt-Delivery-Option")).contains(MDNS.toString());
      CompletableFuture<As2Response> received = new CompletableFuture<>();
      ScriptedClient.receive(RuntimeFixture.partner(inbox)).play(post, received);
      As2Response response = received.join();
      mdn.complete(new AsyncMdns.Arrived(response.headers(), response.body()));
      answer.complete(Answers.response(200, Headers.EMPTY, new byte[0]));
    };
  }

  @Test
  void takesAnMdnThatCameBeforeTheAnswer() throws Exception {
    try (RuntimeFixture fixture = fixture(connector())) {
      fixture.client.then(partner(arrival));

      SendResult result = fixture.send();

      assertThat(result.failure()).isEmpty();
      assertThat(result.receipt().orElseThrow().signed()).isTrue();
      assertThat(result.receipt().orElseThrow().micMatch()).isEqualTo("rfc");
      assertThat(result.attempts()).hasSize(1);
      assertThat(result.files().mdn()).isPresent();
    }
  }

  @Test
  void waitsForAnMdnThatComesLater() throws Exception {
    CompletableFuture<AsyncMdns.Arrived> later = new CompletableFuture<>();
    try (RuntimeFixture fixture = fixture(connector())) {
      fixture.client.then(partner(later));
      CompletableFuture<SendResult> sent =
          fixture.runtime.send(Trade.CONNECTOR, RuntimeFixture.FILE.toString());
      awaited.get(20, TimeUnit.SECONDS);
      assertThat(sent).isNotDone();

      arrival.complete(later.join());

      assertThat(RuntimeFixture.result(sent).failure()).isEmpty();
    }
  }

  @Test
  void failsWhereNoneComesInTime() throws Exception {
    try (RuntimeFixture fixture = fixture(connector("as2:async-mdn-timeout", "50ms"))) {
      fixture.client.then(partner(new CompletableFuture<>()));

      SendResult result = fixture.send();

      fixture.assertFailed(result, FailureCode.MDN_TIMED_OUT);
      assertThat(fixture.client.requests()).hasSize(1);
    }
  }

  @Test
  void takesAnMdnThatIsTheAnswerAllTheSame() throws Exception {
    try (RuntimeFixture fixture = fixture(connector())) {
      fixture.client.then(ScriptedClient.receive(RuntimeFixture.partner(inbox)));

      assertThat(fixture.send().failure()).isEmpty();
      assertThat(awaited).isNotDone();
    }
  }

  @Test
  void anMdnOfAnotherMessageIsNoProof() throws Exception {
    try (RuntimeFixture fixture = fixture(connector())) {
      As2Response other = Answers.file("as2-from-other");
      arrival.complete(new AsyncMdns.Arrived(other.headers(), other.body()));
      fixture.client.then(partner(new CompletableFuture<>()));

      assertThat(fixture.send().failure()).isPresent();
    }
  }

  @Test
  void canBeCancelledWhileItWaits() throws Exception {
    try (RuntimeFixture fixture = fixture(connector())) {
      fixture.client.then(partner(new CompletableFuture<>()));
      CompletableFuture<SendResult> sent =
          fixture.runtime.send(Trade.CONNECTOR, RuntimeFixture.FILE.toString());
      awaited.get(20, TimeUnit.SECONDS);

      sent.cancel(true);
      fixture.runtime.close();

      assertThat(fixture.store.list("outbox", "orders/", 10)).hasSize(2);
    }
  }

  @Test
  void anotherRunWaitsAndSendsNothing() throws Exception {
    TwoRuns runs = new TwoRuns(connector());
    runs.client.then(partner(arrival));
    runs.journal.dieAfter(Call.ATTEMPTED);
    try (ConnectorRuntime first = runtime(runs)) {
      TwoRuns.assertAbandoned(first.send(runs.order()));
    }
    runs.journal.before(call -> {}).dieAfter(null);

    try (ConnectorRuntime second = runtime(runs)) {
      SendResult result = RuntimeFixture.result(second.send(runs.order()));

      assertThat(result.failure()).isEmpty();
      assertThat(result.receipt().orElseThrow().micMatch()).isEqualTo("rfc");
      assertThat(runs.client.requests()).hasSize(1);
    }
  }

  private ConnectorRuntime runtime(TwoRuns runs) {
    return ConnectorRuntime.builder(runs.registry, runs.store, runs.client)
        .journal(runs.journal)
        .listener(runs.listener)
        .asyncMdns(this::await)
        .build();
  }

  @Test
  void sendsNothingWhereNobodyListensForMdns() throws Exception {
    try (RuntimeFixture fixture = new RuntimeFixture(connector())) {
      fixture.assertFailed(fixture.send(), FailureCode.INVALID_CONFIGURATION);
      assertThat(fixture.client.requests()).isEmpty();
    }
  }
}
