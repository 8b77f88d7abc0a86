package dev.as2.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.as2.core.ConnectorOptions.Framing;
import dev.as2.core.ConnectorOptions.LayerOrder;
import dev.as2.core.MemoryJournal.Call;
import dev.as2.core.MessageJournal.Kept;
import dev.as2.mime.Entities;
import dev.as2.mime.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What one process has begun, and what another ends with what a journal has kept. */
@Timeout(60)
class ConnectorRuntimeResumptionTest {
  @TempDir Path inbox;

  static Stream<Map.Entry<Set<Layer>, LayerOrder>> permutations() {
    return Trade.permutations().stream();
  }

  private static Connector connector(
      Map.Entry<Set<Layer>, LayerOrder> layers, Framing framing, String encoding) {
    return RuntimeFixture.connector(
        layers.getKey(),
        "as2:layer-order",
        layers.getValue().name(),
        "as2:framing",
        framing.name(),
        "as2:transfer-encoding",
        encoding,
        "as2:header:X-Ours",
        "ours");
  }

  @ParameterizedTest
  @MethodSource("permutations")
  void sendsTheSameOctetsAgainWhateverWasChanged(Map.Entry<Set<Layer>, LayerOrder> layers)
      throws Exception {
    for (Framing framing : Framing.values()) {
      assertSameOctets(connector(layers, framing, "BINARY"), RuntimeFixture.CONTENT);
      assertSameOctets(connector(layers, framing, "BASE64"), Entities.noise(300_000));
    }
  }

  private void assertSameOctets(Connector connector, byte[] content) throws Exception {
    TwoRuns runs = new TwoRuns(connector, content);
    runs.headers = Headers.of("X-Order", "of this transfer");
    runs.client
        .then(ScriptedClient.answer(503, "busy"))
        .then(ScriptedClient.receive(RuntimeFixture.partner(inbox)));
    runs.die(Call.ATTEMPTED);

    SendResult result = runs.end(new OtherRegistry(runs.registry));

    assertThat(result.failure()).isEmpty();
    assertThat(result.attempts()).hasSize(2);
    assertThat(runs.client.posts()).hasSize(2);
    assertThat(runs.client.posts().get(1)).isEqualTo(runs.client.posts().get(0));
    assertThat(new String(runs.client.posts().get(1), StandardCharsets.ISO_8859_1))
        .contains("X-Order: of this transfer\r\n", "X-Ours: ours\r\n");
    As2Request first = runs.client.requests().get(0);
    As2Request second = runs.client.requests().get(1);
    assertThat(second.url()).isEqualTo(first.url());
    assertThat(second.chunked()).isEqualTo(first.chunked());
    assertThat(second.message().bodyLength()).isEqualTo(first.message().bodyLength());
    assertThat(second.transport()).isEqualTo(first.transport());
  }

  @ParameterizedTest
  @EnumSource(Call.class)
  void endsAMessageWhoseProcessDiedAfterAnyCall(Call last) throws Exception {
    TwoRuns runs = new TwoRuns(RuntimeFixture.connector());
    runs.client.then(ScriptedClient.answer(503, "busy"));
    runs.partner(inbox).die(last);
    assertThat(runs.results()).isEmpty();
    int posts = runs.client.requests().size();
    assertThat(posts).isEqualTo(last.ordinal());

    SendResult result = runs.end();

    assertThat(result.failure()).isEmpty();
    assertThat(result.attempts()).hasSize(2);
    assertThat(runs.client.requests()).hasSize(2);
    assertThat(runs.results()).hasSize(2);
  }

  /** Nothing was sent, so that another message may be drawn. */
  @Test
  void drawsAnewWhereItDiedBeforeTheSealWasKept() throws Exception {
    TwoRuns runs = new TwoRuns(RuntimeFixture.connector());
    runs.partner(inbox);
    runs.journal.before(call -> {
      throw new IOException("the disk is full");
    });
    try (ConnectorRuntime runtime = runs.runtime()) {
      TwoRuns.assertAbandoned(runtime.send(runs.order()));
    }
    assertThat(runs.client.requests()).isEmpty();
    assertThat(runs.results()).isEmpty();
    runs.journal.before(call -> {});
    assertThat(runs.end().failure()).isEmpty();
  }

  @Test
  void keepsTheSealBeforeTheFirstOctetAndTheAnswerBeforeTheResults() throws Exception {
    TwoRuns runs = new TwoRuns(RuntimeFixture.connector());
    runs.partner(inbox);
    runs.journal.before(call -> {
      assertThat(runs.client.requests()).hasSize(call == Call.SEALED ? 0 : 1);
      assertThat(runs.results()).isEmpty();
    });
    assertThat(runs.end().failure()).isEmpty();
    assertThat(runs.journal.calls).containsExactly(Call.SEALED, Call.ANSWERED);
  }

  @Test
  void writesTheSameResultsAgainAndAsksNobodyWhereTheAnswerIsKept() throws Exception {
    TwoRuns runs = new TwoRuns(RuntimeFixture.connector());
    runs.client.then(ScriptedClient.answer(503, "busy", "Server", "a server"));
    SendResult first = runs.partner(inbox).end();
    assertWrittenAgain(runs, first);
    assertThat(first.failure()).isEmpty();
  }

  @Test
  void writesTheSameResultsAgainAfterALastFailure() throws Exception {
    TwoRuns runs = new TwoRuns(RuntimeFixture.connector());
    runs.client.otherwise(ScriptedClient.answer(404, "no such place"));
    SendResult first = runs.end();
    assertWrittenAgain(runs, first);
    assertThat(first.failure()).isPresent();
  }

  private static void assertWrittenAgain(TwoRuns runs, SendResult first) throws Exception {
    byte[] json = runs.octets(first.files().json());
    byte[] mdn = runs.octets(first.files().mdn());
    runs.deleteResults();
    runs.write("something else".getBytes(StandardCharsets.US_ASCII));
    int posts = runs.client.requests().size();

    SendResult second = runs.end(new OtherRegistry(runs.registry));

    assertThat(second).isEqualTo(first);
    assertThat(runs.client.requests()).hasSize(posts);
    assertThat(runs.octets(second.files().json())).isEqualTo(json);
    assertThat(runs.octets(second.files().mdn())).isEqualTo(mdn);
  }

  /** What fails before there is a message is an end like any other. */
  @Test
  void keepsTheEndOfWhatCouldNotBeMade() throws Exception {
    TwoRuns runs = new TwoRuns(RuntimeFixture.connector());
    runs.store.delete(RuntimeFixture.FILE);
    SendResult first = runs.end();
    assertThat(first.failure().orElseThrow().code()).isEqualTo(FailureCode.SEND_FILE_NOT_FOUND);
    assertThat(runs.journal.calls).containsExactly(Call.ANSWERED);
    runs.write(RuntimeFixture.CONTENT);
    assertThat(runs.end()).isEqualTo(first);
  }

  @Test
  void triesThriceToKeepTheAnswerAndThenWritesNoResult() throws Exception {
    TwoRuns runs = new TwoRuns(RuntimeFixture.connector());
    runs.partner(inbox);
    int[] tried = {0};
    runs.journal.before(call -> {
      if (call == Call.ANSWERED && ++tried[0] <= 3) {
        throw new IOException("the database is locked");
      }
    });
    try (ConnectorRuntime runtime = runs.runtime()) {
      TwoRuns.assertAbandoned(runtime.send(runs.order()));
    }
    assertThat(tried[0]).isEqualTo(3);
    assertThat(runs.results()).isEmpty();
    assertThat(runs.listener.abandoned).hasSize(1);
    assertThat(runs.end().failure()).isEmpty();
    assertThat(runs.client.posts().get(1)).isEqualTo(runs.client.posts().get(0));
  }

  @Test
  void takesADuplicateForSuccessAfterADeath() throws Exception {
    TwoRuns runs = new TwoRuns(RuntimeFixture.connector());
    runs.journal.before(call -> {
      if (call == Call.ANSWERED) {
        throw new IOException("dead");
      }
    });
    runs.partner(inbox);
    try (ConnectorRuntime runtime = runs.runtime()) {
      TwoRuns.assertAbandoned(runtime.send(runs.order()));
    }
    runs.journal.before(call -> {});
    assertThat(runs.end().failure()).isEmpty();
    assertThat(runs.client.requests()).hasSize(2);
  }

  @Test
  void goesOnCountingAttempts() throws Exception {
    TwoRuns runs = new TwoRuns(RuntimeFixture.connector("as2:retry-attempts", "3"));
    runs.client.otherwise(ScriptedClient.answer(503, "busy"));
    runs.die(Call.ATTEMPTED);
    SendResult result = runs.end();
    assertThat(result.attempts()).hasSize(3);
    assertThat(runs.client.requests()).hasSize(3);
    assertThat(result.failure().orElseThrow().code())
        .isEqualTo(FailureCode.HTTP_ERROR_RESPONSE_FROM_PARTNER);
  }

  @Test
  void sendsNoMoreWhereTheDeadlineIsOver() throws Exception {
    TwoRuns runs = new TwoRuns(RuntimeFixture.connector("as2:retry-deadline", "1h"));
    runs.client.otherwise(ScriptedClient.answer(503, "busy"));
    runs.die(Call.ATTEMPTED);
    runs.accepted = runs.accepted.minus(Duration.ofHours(2));
    SendResult result = runs.end();
    assertThat(runs.client.requests()).hasSize(1);
    assertThat(result.attempts()).hasSize(1);
    assertThat(result.failure()).isEqualTo(result.attempts().get(0).failure());
  }

  @Test
  void countsTheDeadlineFromTheAcceptance() throws Exception {
    TwoRuns runs =
        new TwoRuns(
            RuntimeFixture.connector("as2:retry-attempts", "9", "as2:retry-deadline", "1h"));
    runs.accepted = Instant.now().minus(Duration.ofHours(2));
    runs.client.otherwise(ScriptedClient.answer(503, "busy"));
    assertThat(runs.end().attempts()).as("the first one is always made").hasSize(1);
  }

  @Test
  void waitsForTheRestOfAPause() throws Exception {
    TwoRuns runs =
        new TwoRuns(RuntimeFixture.connector("as2:retry-delay", "600ms", "as2:retry-jitter", "0"));
    runs.client.then(ScriptedClient.answer(503, "busy"));
    runs.partner(inbox).die(Call.ATTEMPTED);
    List<SendResult.Attempt> attempts = runs.end().attempts();
    assertThat(Duration.between(attempts.get(0).started(), attempts.get(1).started()))
        .isGreaterThanOrEqualTo(Duration.ofMillis(600));
  }

  @Test
  void canBeCancelledInTheRestOfAPause() throws Exception {
    TwoRuns runs = new TwoRuns(RuntimeFixture.connector("as2:retry-delay", "4m"));
    runs.client.then(ScriptedClient.answer(503, "busy"));
    runs.die(Call.ATTEMPTED);
    try (ConnectorRuntime runtime = runs.runtime()) {
      CompletableFuture<SendResult> future = runtime.send(runs.order());
      future.cancel(true);
      SendResult result = runs.listener.ended.get(20, java.util.concurrent.TimeUnit.SECONDS);
      assertThat(result.failure().orElseThrow().code()).isEqualTo(FailureCode.CANCELLED);
    }
    assertThat(runs.client.requests()).hasSize(1);
  }

  @Test
  void sendsNoFileThatHasChangedSinceItWasSealed() throws Exception {
    for (Set<Layer> layers : List.of(Set.<Layer>of(), Set.of(Layer.COMPRESS, Layer.SIGN))) {
      TwoRuns runs = new TwoRuns(RuntimeFixture.connector(layers));
      runs.partner(inbox).die(Call.SEALED);
      runs.write("ISA*changed~".getBytes(StandardCharsets.US_ASCII));
      assertThat(runs.end().failure().orElseThrow().code()).isEqualTo(FailureCode.SOURCE_CHANGED);
    }
  }

  @Test
  void refusesADamagedSealInASentence() throws Exception {
    TwoRuns runs = new TwoRuns(RuntimeFixture.connector());
    runs.partner(inbox).die(Call.SEALED);
    byte[] seal = runs.journal.kept(runs.messageId).seal().orElseThrow();
    seal[seal.length / 2] ^= 1;
    SendResult result =
        runs.end(
            runs.registry,
            runs.order(new Kept(Optional.of(seal), Optional.empty(), Optional.empty())));
    SendResult.Failure failure = result.failure().orElseThrow();
    assertThat(failure.code()).isEqualTo(FailureCode.JOURNAL_DAMAGED);
    assertThat(failure.message())
        .isEqualTo(
            "The seal that was kept of message %s cannot be read: its checksum is wrong."
                .formatted(runs.messageId));
    assertThat(runs.client.requests()).isEmpty();
    assertThat(result.files().json()).isPresent();
  }

  @Test
  void refusesDamagedAttemptsAndADamagedAnswer() throws Exception {
    TwoRuns runs = new TwoRuns(RuntimeFixture.connector());
    for (Kept kept :
        List.of(
            new Kept(Optional.empty(), Optional.of(new byte[0]), Optional.empty()),
            new Kept(Optional.empty(), Optional.empty(), Optional.of(new byte[9])))) {
      SendResult result = runs.end(runs.registry, runs.order(kept));
      assertThat(result.failure().orElseThrow().code()).isEqualTo(FailureCode.JOURNAL_DAMAGED);
    }
    assertThat(runs.client.requests()).isEmpty();
  }

  @Test
  void saysWhichCertificateIsGone() throws Exception {
    TwoRuns runs = new TwoRuns(RuntimeFixture.connector());
    runs.partner(inbox).die(Call.SEALED);
    SendResult result = runs.end(Trade.registry(RuntimeFixture.connector())); // has other ids
    SendResult.Failure failure = result.failure().orElseThrow();
    assertThat(failure.code()).isEqualTo(FailureCode.SIGNING_FAILED_NO_SIGNING_KEY_FOUND);
    assertThat(failure.message()).matches("Certificate cert-\\w+, with which .* as it was\\.");
    assertThat(runs.client.requests()).isEmpty();
  }

  @Test
  void leavesAMessageWhereTheRegistryIsAwayForAWhile() throws Exception {
    TwoRuns runs = new TwoRuns(RuntimeFixture.connector());
    runs.partner(inbox);
    boolean[] away = {true};
    Registry registry =
        new OtherRegistry(runs.registry) {
          @Override
          public Connector connector(ConnectorId id) throws As2Exception {
            if (away[0]) {
              throw new java.io.UncheckedIOException(new IOException("no connection"));
            }
            return runs.registry.connector(id);
          }

          @Override
          public Profile profile(ProfileId id) throws As2Exception {
            return runs.registry.profile(id);
          }
        };
    try (ConnectorRuntime runtime = runs.runtime(registry)) {
      TwoRuns.assertAbandoned(runtime.send(runs.order()));
      assertThat(runs.results()).isEmpty();
      away[0] = false;
      assertThat(RuntimeFixture.result(runtime.send(runs.order())).failure()).isEmpty();
    }
  }

  @Test
  void writesTheOrdersHeadersInPlaceOfTheConnectors() throws Exception {
    TwoRuns runs = new TwoRuns(RuntimeFixture.connector("as2:header:X-Route", "slow"));
    runs.headers = Headers.of("subject", "Orders of today", "X-Route", "fast");
    SendResult result = runs.partner(inbox).end();
    assertThat(result.failure()).isEmpty();
    assertThat(result.message().orElseThrow().subject()).isEqualTo("Orders of today");
    Headers sent = runs.client.requests().get(0).message().headers();
    assertThat(sent.joined("Subject")).contains("Orders of today");
    assertThat(sent.joined("X-Route")).contains("fast");
  }

  @Test
  void refusesHeadersThatAreItsOwnToWriteAndTooMany() throws Exception {
    Headers many = Headers.EMPTY;
    for (int i = 0; i <= Limits.ORDER_HEADERS; i++) {
      many = many.plus("X-" + i, "");
    }
    for (Headers headers :
        List.of(
            Headers.of("AS2-From", "somebody else"),
            Headers.of("message-id", "<1@x>"),
            Headers.of("Content-Type", "text/plain"),
            Headers.of("HOST", "elsewhere"),
            Headers.of("X-Long", "x".repeat(Limits.ORDER_HEADER_BYTES)),
            many)) {
      TwoRuns runs = new TwoRuns(RuntimeFixture.connector());
      runs.headers = headers;
      SendResult.Failure failure = runs.end().failure().orElseThrow();
      assertThat(failure.code()).isEqualTo(FailureCode.INVALID_REQUEST);
      assertThat(catchThrowable(() -> SendOrder.checkHeaders(headers)))
          .hasMessage(failure.message());
      assertThat(runs.client.requests()).isEmpty();
    }
  }
}
