package dev.as2.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.As2Config.AsyncMdn;
import dev.as2.core.As2Config.MdnResponse;
import dev.as2.core.As2Config.MdnSigningAlgorithm;
import dev.as2.core.MemoryJournal.Call;
import dev.as2.mime.DigestAlgorithm;
import dev.as2.mime.Headers;
import dev.as2.mime.Signer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Asynchronous MDNs of messages that were sent (RFC 4130 §7.2). */
@Timeout(60)
class LateMdnTest {
  private static final URI MDNS = URI.create("https://us.example/mdn");

  @TempDir Path inbox;

  private final CompletableFuture<Void> awaited = new CompletableFuture<>();
  private final List<AsyncMdns.Arrived> refused = new CopyOnWriteArrayList<>();
  private final Arrivals mdns = new Arrivals();

  /** The MDN comes here; somebody may wait for it, or will. */
  private final CompletableFuture<AsyncMdns.Arrived> arrival = new CompletableFuture<>();

  @BeforeEach
  void listen() {
    arrival.thenAccept(mdns::add);
  }

  /** What came, in order, until it is refused. */
  private final class Arrivals implements AsyncMdns {
    private final Deque<Arrived> came = new ArrayDeque<>();
    private CompletableFuture<Arrived> waiting = new CompletableFuture<>();
    private Optional<AbandonedException> waitsElsewhere = Optional.empty();

    @Override
    public synchronized CompletableFuture<Arrived> await(
        SendResult.Transfer transfer, Instant until) {
      waiting = new CompletableFuture<>();
      if (came.isEmpty()) {
        waitsElsewhere.ifPresent(waiting::completeExceptionally);
      }
      if (!came.isEmpty()) {
        waiting.complete(came.element());
      }
      awaited.complete(null);
      return waiting;
    }

    @Override
    public synchronized void refused(SendResult.Transfer transfer, Arrived mdn) {
      refused.add(mdn);
      came.remove(mdn);
    }

    synchronized void add(Arrived mdn) {
      came.add(mdn);
      waiting.complete(came.element());
    }
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
    return new Connector(
        sync.id(),
        sync.url(),
        sync.as2().asynchronous(new AsyncMdn(MDNS, List.of())),
        Optional.empty(),
        Optional.empty(),
        all);
  }

  private RuntimeFixture fixture(Connector connector) throws Exception {
    return new RuntimeFixture(
        connector, Trade.registry(connector), builder -> builder.asyncMdns(mdns));
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

  /** Regression: whoever knew a Message-ID could end its transfer. */
  @Test
  void whatProvesNothingEndsNothing() throws Exception {
    CompletableFuture<AsyncMdns.Arrived> genuine = new CompletableFuture<>();
    try (RuntimeFixture fixture = fixture(connector())) {
      As2Response other = Answers.file("as2-from-other");
      mdns.add(new AsyncMdns.Arrived(other.headers(), other.body()));
      mdns.add(new AsyncMdns.Arrived(Headers.of("Content-Type", "text/html"), new byte[10]));
      fixture.client.then(partner(genuine));
      CompletableFuture<SendResult> sent =
          fixture.runtime.send(Trade.CONNECTOR, RuntimeFixture.FILE.toString());
      AsyncMdns.Arrived right = genuine.get(20, TimeUnit.SECONDS);
      String body = new String(right.body(), StandardCharsets.ISO_8859_1);
      byte[] unsigned =
          body.replace("processed\r\n", "processed \r\n").getBytes(StandardCharsets.ISO_8859_1);
      mdns.add(new AsyncMdns.Arrived(right.headers(), unsigned));
      mdns.add(right);

      SendResult result = RuntimeFixture.result(sent);

      assertThat(result.failure()).isEmpty();
      assertThat(result.receipt().orElseThrow().signed()).isTrue();
      assertThat(refused).hasSize(3);
      assertThat(fixture.client.requests()).hasSize(1);
    }
  }

  @Test
  void saysAtTheEndWhatCameInsteadOfAnMdn() throws Exception {
    try (RuntimeFixture fixture = fixture(connector("as2:async-mdn-timeout", "500ms"))) {
      As2Response other = Answers.file("as2-from-other");
      mdns.add(new AsyncMdns.Arrived(other.headers(), other.body()));
      fixture.client.then(partner(new CompletableFuture<>()));

      SendResult result = fixture.send();

      fixture.assertFailed(result, FailureCode.MDN_TIMED_OUT);
      assertThat(result.failure().orElseThrow().message())
          .contains("but for what proves nothing: The MDN is about message");
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

  /** A host that waits itself: the transfer needs no memory meanwhile, and no file afterwards. */
  @Test
  void anotherRunEndsWhatAHostWaitedFor() throws Exception {
    TwoRuns runs = new TwoRuns(connector("as2:framing", "CHUNKED", "as2:accepted-mics", "NOTHING"));
    CompletableFuture<AsyncMdns.Arrived> later = new CompletableFuture<>();
    runs.client.then(partner(later));
    mdns.waitsElsewhere = Optional.of(new AbandonedException("the host waits"));
    try (ConnectorRuntime runtime = runtime(runs)) {
      TwoRuns.assertAbandoned(runtime.send(runs.order()));
      As2Response other = Answers.file("as2-from-other");
      mdns.add(new AsyncMdns.Arrived(other.headers(), other.body()));
      TwoRuns.assertAbandoned(runtime.send(runs.order()));
      assertThat(refused).hasSize(1);
      assertThat(runs.results()).isEmpty();

      runs.store.delete(RuntimeFixture.FILE);
      arrival.complete(later.join());
      SendResult result = RuntimeFixture.result(runtime.send(runs.order()));

      assertThat(result.failure()).isEmpty();
      assertThat(result.receipt().orElseThrow().micMatch()).isEqualTo("rfc");
      assertThat(result.attempts()).hasSize(1);
      assertThat(result.files().mdn()).isPresent();
      assertThat(runs.client.requests()).hasSize(1);
    }
  }

  /** They were taken when the message was sent: the file may be gone. */
  @Test
  void anotherRunKnowsTheWrongMicsThatAreAccepted() throws Exception {
    TwoRuns runs = new TwoRuns(connector("as2:accepted-mics", "NOTHING"));
    runs.client.then(partner(new CompletableFuture<>()));
    mdns.waitsElsewhere = Optional.of(new AbandonedException("the host waits"));
    try (ConnectorRuntime runtime = runtime(runs)) {
      TwoRuns.assertAbandoned(runtime.send(runs.order()));

      runs.store.delete(RuntimeFixture.FILE);
      arrival.complete(
          mdnOfNothing(
              runs.client.requests().get(0).message().headers().first("Message-ID").orElseThrow()));
      SendResult result = RuntimeFixture.result(runtime.send(runs.order()));

      assertThat(result.failure()).isEmpty();
      assertThat(result.receipt().orElseThrow().micMatch()).isEqualTo("variant:nothing");
    }
  }

  private static AsyncMdns.Arrived mdnOfNothing(String messageId) throws IOException {
    Mic mic = Mic.of(DigestAlgorithm.SHA256.newDigest().digest(), DigestAlgorithm.SHA256);
    MdnWriter writer = new MdnWriter("b", Instant.now(), ConnectorOptions.MicalgSpelling.RFC5751);
    MdnWriter.Statement statement =
        new MdnWriter.Statement(
            messageId, Trade.PARTNER_ID, Disposition.PROCESSED, Optional.of(mic), "received");
    Signer signer =
        new Signer(
            Trade.PARTNER.key(), Trade.PARTNER.certificate(), DigestAlgorithm.SHA256, true, false);
    MadeMdn mdn =
        writer.made(
            Headers.EMPTY,
            statement,
            writer.signed(statement, signer),
            Trade.OUR_ID,
            new MessageId("mdn@them"));
    return new AsyncMdns.Arrived(mdn.headers(), mdn.body());
  }

  /** It was rolled over meanwhile, which is no reason to fail what the partner has. */
  @Test
  void anotherRunNeedsNoCertificateOfOurs() throws Exception {
    TwoRuns runs = new TwoRuns(connector());
    CompletableFuture<AsyncMdns.Arrived> later = new CompletableFuture<>();
    runs.client.then(partner(later));
    runs.journal.dieAfter(Call.ATTEMPTED);
    try (ConnectorRuntime first = runtime(runs)) {
      TwoRuns.assertAbandoned(first.send(runs.order()));
    }
    runs.journal.before(call -> {}).dieAfter(null);
    arrival.complete(later.join());

    Registry without = new WithoutKeys(runs.registry);
    try (ConnectorRuntime second = runtime(runs, without)) {
      assertThat(RuntimeFixture.result(second.send(runs.order())).failure()).isEmpty();
    }
  }

  /** What is left when our certificates were deleted. */
  private record WithoutKeys(Registry registry) implements Registry {
    @Override
    public Connector connector(ConnectorId id) throws As2Exception {
      return registry.connector(id);
    }

    @Override
    public Profile profile(ProfileId id) throws As2Exception {
      return registry.profile(id);
    }

    @Override
    public CertificateEntry certificate(CertificateId id) throws As2Exception {
      CertificateEntry entry = registry.certificate(id);
      if (entry.privateKey().isPresent()) {
        throw new As2Exception(FailureCode.CONNECTOR_NOT_FOUND, "It was deleted.");
      }
      return entry;
    }
  }

  @Test
  void anotherRunKnowsWhatCameInsteadOfAnMdn() throws Exception {
    TwoRuns runs = new TwoRuns(connector("as2:async-mdn-timeout", "500ms"));
    runs.client.then(partner(new CompletableFuture<>()));
    mdns.waitsElsewhere = Optional.of(new AbandonedException("the host waits"));
    try (ConnectorRuntime runtime = runtime(runs)) {
      As2Response other = Answers.file("as2-from-other");
      mdns.add(new AsyncMdns.Arrived(other.headers(), other.body()));
      TwoRuns.assertAbandoned(runtime.send(runs.order()));
      mdns.waitsElsewhere = Optional.empty();

      SendResult result = RuntimeFixture.result(runtime.send(runs.order()));

      assertThat(result.failure().orElseThrow().code()).isEqualTo(FailureCode.MDN_TIMED_OUT);
      assertThat(result.failure().orElseThrow().message())
          .contains("but for what proves nothing: The MDN is about message");
      assertThat(runs.client.requests()).hasSize(1);
    }
  }

  private ConnectorRuntime runtime(TwoRuns runs) {
    return runtime(runs, runs.registry);
  }

  private ConnectorRuntime runtime(TwoRuns runs, Registry registry) {
    return ConnectorRuntime.builder(registry, runs.store, runs.client)
        .journal(runs.journal)
        .listener(runs.listener)
        .asyncMdns(mdns)
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
