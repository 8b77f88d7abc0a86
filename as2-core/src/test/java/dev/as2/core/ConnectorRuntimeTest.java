package dev.as2.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.as2.core.ConnectorEvent.Kind;
import dev.as2.core.ConnectorOptions.LayerOrder;
import dev.as2.mime.Content;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One stored file, end to end, with a partner that is a script. */
class ConnectorRuntimeTest {
  @TempDir Path inbox;

  @Test
  void sendsAFileAndRecordsItsProof() throws Exception {
    try (RuntimeFixture f = new RuntimeFixture(RuntimeFixture.connector())) {
      f.client.then(ScriptedClient.receive(RuntimeFixture.partner(inbox)));

      SendResult result = f.send();

      assertThat(result.failure()).isEmpty();
      assertThat(inbox.resolve("850.edi")).hasBinaryContent(RuntimeFixture.CONTENT);
      assertThat(result.receipt().orElseThrow().micMatch()).isEqualTo("rfc");
      assertThat(result.message().orElseThrow().layers())
          .containsExactly("compressed", "signed", "encrypted");
      JsonNode record = f.record(result);
      assertThat(record.path("status-code").textValue()).isEqualTo("COMPLETED");
      assertThat(record.path("transfer-size").longValue()).isEqualTo(RuntimeFixture.CONTENT.length);
      String mdn =
          new String(f.octets(result.files().mdn().orElseThrow()), StandardCharsets.ISO_8859_1);
      assertThat(mdn).startsWith("AS2-").contains("multipart/signed", "Original-Message-ID");
      assertThat(f.listener.ended.get()).isEqualTo(result);
      assertThat(f.listener.events)
          .extracting(ConnectorEvent::kind)
          .containsExactly(Kind.PAYLOAD_SEND_COMPLETED, Kind.MDN_RECEIVE_COMPLETED);
      assertThat(f.listener.progress).last().isEqualTo((long) RuntimeFixture.CONTENT.length);
    }
  }

  static Stream<Arguments> permutations() {
    return Trade.permutations().stream()
        .flatMap(p ->
            Stream.of("CHUNKED", "CONTENT_LENGTH")
                .map(framing -> Arguments.of(p.getKey(), p.getValue(), framing)));
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("permutations")
  void sendsTheSameOctetsAgain(Set<Layer> layers, LayerOrder order, String framing)
      throws Exception {
    Connector connector =
        RuntimeFixture.connector(layers, "as2:layer-order", order.name(), "as2:framing", framing);
    try (RuntimeFixture f = new RuntimeFixture(connector)) {
      byte[] large = dev.as2.mime.Entities.noise(300_000);
      f.store.write(RuntimeFixture.FILE, Content.of(large), "application/octet-stream");
      f.client
          .then(ScriptedClient.cutAfter(150_000))
          .then(ScriptedClient.fail(FailureCode.MDN_TIMED_OUT))
          .then(ScriptedClient.answer(503, "busy"))
          .then(ScriptedClient.receive(RuntimeFixture.partner(inbox)));

      SendResult result = f.send();

      assertThat(result.failure()).isEmpty();
      assertThat(inbox.resolve("850.edi")).hasBinaryContent(large);
      List<byte[]> posts = f.client.posts();
      assertThat(posts).hasSize(4);
      assertThat(posts.get(3)).startsWith(posts.get(0)).isEqualTo(posts.get(2));
      assertThat(posts.get(3)).startsWith(posts.get(1));
      assertThat(f.client.requests())
          .allMatch(r -> r.chunked() == framing.equals("CHUNKED"))
          .allMatch(r -> r.chunked() || r.message().bodyLength().isPresent());
      assertThat(result.attempts())
          .extracting(a -> a.failure().map(SendResult.Failure::code))
          .containsExactly(
              Optional.of(FailureCode.CONNECTION_CLOSED),
              Optional.of(FailureCode.MDN_TIMED_OUT),
              Optional.of(FailureCode.HTTP_ERROR_RESPONSE_FROM_PARTNER),
              Optional.empty());
      assertThat(result.attempts().get(0).bytesSent()).isBetween(130_000L, 150_000L);
    }
  }

  @Test
  void takesADuplicateAfterARepetitionForSuccess() throws Exception {
    try (RuntimeFixture f = new RuntimeFixture(RuntimeFixture.connector())) {
      Receiver partner = RuntimeFixture.partner(inbox);
      f.client
          .then((post, answer) -> {
            partner.handle(ScriptedClient.arrived("POST", post.headers(), post.readBody()));
            answer.completeExceptionally(
                new As2Exception(FailureCode.MDN_TIMED_OUT, "The MDN was lost."));
          })
          .then(ScriptedClient.receive(partner));

      SendResult result = f.send();

      assertThat(result.failure()).isEmpty();
      assertThat(result.attempts()).hasSize(2);
    }
  }

  @Test
  void sendsNothingOfAFileThatChangedBetweenTwoAttempts() throws Exception {
    Connector connector = RuntimeFixture.connector(Set.of(Layer.SIGN));
    try (RuntimeFixture f = new RuntimeFixture(connector)) {
      f.client.then((post, answer) -> {
        post.readBody();
        f.store.write(RuntimeFixture.FILE, Content.of("other".getBytes()), "text/plain");
        answer.complete(ScriptedClient.response(503, "busy", true));
      });
      f.client.otherwise(ScriptedClient.answer(503, "busy"));

      SendResult result = f.send();

      f.assertFailed(result, FailureCode.SOURCE_CHANGED);
      assertThat(result.attempts()).hasSize(2);
    }
  }

  /** The partner answers before it has the message: there is no digest to compare with. */
  @Test
  void judgesAnAnswerThatCameBeforeTheMessageWasWritten() throws Exception {
    Connector connector = RuntimeFixture.connector(Set.of(Layer.SIGN));
    try (RuntimeFixture f = new RuntimeFixture(connector)) {
      f.client.then(ScriptedClient.answerEarly(413, "too large"));
      SendResult result = f.send();
      f.assertFailed(result, FailureCode.HTTP_ERROR_RESPONSE_FROM_PARTNER);
      assertThat(f.record(result).path("http-status").intValue()).isEqualTo(413);
      assertThat(result.failure().orElseThrow().message()).contains("413").contains("too large");
    }
  }

  static Stream<Arguments> missing() {
    return Stream.of(
        Arguments.of(
            FailureCode.CONNECTOR_NOT_FOUND,
            Registry.of(List.of(), List.of(), List.of()),
            RuntimeFixture.FILE),
        Arguments.of(
            FailureCode.CONNECTOR_NOT_FOUND,
            Registry.of(List.of(RuntimeFixture.connector()), List.of(), List.of()),
            RuntimeFixture.FILE),
        Arguments.of(
            FailureCode.CONNECTOR_NOT_FOUND,
            Registry.of(
                List.of(RuntimeFixture.connector()),
                List.of(
                    new Profile(
                        Trade.LOCAL_PROFILE,
                        Profile.Type.LOCAL,
                        Trade.OUR_ID,
                        List.of(new CertificateId("cert-00000000000000001"))),
                    new Profile(
                        Trade.PARTNER_PROFILE, Profile.Type.PARTNER, Trade.PARTNER_ID, List.of())),
                List.of()),
            RuntimeFixture.FILE),
        Arguments.of(
            FailureCode.SEND_FILE_NOT_FOUND,
            Trade.registry(RuntimeFixture.connector()),
            FilePath.parse("/outbox/orders/none.edi")));
  }

  @ParameterizedTest(name = "{0} [{index}]")
  @MethodSource("missing")
  void recordsWhatIsMissing(FailureCode code, Registry registry, FilePath file) throws Exception {
    try (RuntimeFixture f = new RuntimeFixture(RuntimeFixture.connector(), registry, b -> b)) {
      SendResult result =
          RuntimeFixture.result(
              f.runtime.send(Trade.CONNECTOR, file, new TransferId("00000000-1111")));
      f.assertFailed(result, code);
      assertThat(result.attempts()).isEmpty();
      assertThat(f.client.requests()).isEmpty();
      assertThat(f.listener.events)
          .extracting(ConnectorEvent::kind)
          .containsExactly(Kind.PAYLOAD_SEND_FAILED);
    }
  }

  @Test
  void recordsThatABucketDoesNotExistAsFarAsItCan() throws Exception {
    try (RuntimeFixture f = new RuntimeFixture(RuntimeFixture.connector())) {
      SendResult result =
          RuntimeFixture.result(f.runtime.send(Trade.CONNECTOR, "/nowhere/850.edi"));
      assertThat(result.failure().orElseThrow().code()).isEqualTo(FailureCode.PATH_NOT_FOUND);
      assertThat(result.files().json()).isEmpty();
      assertThat(result.warnings()).anyMatch(w -> w.contains("could not be written"));
    }
  }

  @Test
  void recordsThatThereAreNoSecrets() throws Exception {
    Connector plain = RuntimeFixture.connector();
    As2Config as2 = plain.as2();
    Connector connector =
        new Connector(
            plain.id(),
            plain.url(),
            new As2Config(
                as2.localProfileId(),
                as2.partnerProfileId(),
                as2.messageSubject(),
                as2.compression(),
                as2.encryptionAlgorithm(),
                as2.signingAlgorithm(),
                as2.mdnSigningAlgorithm(),
                as2.mdnResponse(),
                as2.preserveContentType(),
                Optional.of("a-secret")),
            Optional.empty(),
            Optional.empty(),
            plain.tags());
    try (RuntimeFixture f = new RuntimeFixture(connector)) {
      SendResult result = f.send();
      f.assertFailed(result, FailureCode.CREDENTIALS_RETRIEVAL_FAILED);
      assertThat(result.failure().orElseThrow().message()).contains("a-secret");
    }
    try (RuntimeFixture f =
        new RuntimeFixture(
            connector,
            Trade.registry(connector),
            b -> b.secrets(id -> new BasicCredentials("us", "pässword")))) {
      f.assertFailed(f.send(), FailureCode.INVALID_REQUEST);
    }
  }

  @Test
  void writesResultsIntoFoldersWhereTheConnectorSaysSo() throws Exception {
    Connector connector = RuntimeFixture.connector("as2:result-layout", "FOLDERS");
    try (RuntimeFixture f = new RuntimeFixture(connector)) {
      f.client.then(ScriptedClient.receive(RuntimeFixture.partner(inbox)));
      SendResult good = f.send();
      SendResult bad = f.send();
      assertThat(good.files().json().orElseThrow().key()).startsWith("orders/processed/850.");
      assertThat(good.files().mdn().orElseThrow().key()).startsWith("orders/processed/850.");
      assertThat(bad.files().json().orElseThrow().key()).startsWith("orders/failed/850.");
      assertThat(bad.files().mdn().orElseThrow().key()).startsWith("orders/failed/850.");
    }
  }

  @Test
  void endsWhereAListenerFails() throws Exception {
    Connector connector = RuntimeFixture.connector();
    ConnectorListener failing =
        new ConnectorListener() {
          @Override
          public void attempted(SendResult.Transfer transfer, SendResult.Attempt attempt) {
            throw new IllegalStateException("the listener failed");
          }

          @Override
          public void event(ConnectorEvent event) {
            throw new IllegalStateException("the listener failed");
          }
        };
    try (RuntimeFixture f =
        new RuntimeFixture(connector, Trade.registry(connector), b -> b.listener(failing))) {
      f.client.then(ScriptedClient.receive(RuntimeFixture.partner(inbox)));
      assertThat(f.send().failure()).isEmpty();
    }
  }

  @Test
  void endsWhereARegistryOrAStoreFailsInside() throws Exception {
    Connector connector = RuntimeFixture.connector();
    Registry broken =
        new Registry() {
          @Override
          public Connector connector(ConnectorId id) {
            throw new IllegalStateException("the database is gone");
          }

          @Override
          public Profile profile(ProfileId id) {
            throw new IllegalStateException("the database is gone");
          }

          @Override
          public CertificateEntry certificate(CertificateId id) {
            throw new IllegalStateException("the database is gone");
          }
        };
    try (RuntimeFixture f = new RuntimeFixture(connector, broken, b -> b)) {
      SendResult result = f.send();
      assertThat(result.failure().orElseThrow().code()).isEqualTo(FailureCode.INTERNAL_ERROR);
      assertThat(result.files().json()).isPresent();
    }
  }

  @Test
  void asksForNoMdnWhereNoneIsWanted() throws Exception {
    Connector connector =
        Trade.connector(
            RuntimeFixture.URL,
            Set.of(),
            Map.of(),
            As2Config.MdnSigningAlgorithm.DEFAULT,
            As2Config.MdnResponse.NONE);
    try (RuntimeFixture f = new RuntimeFixture(connector)) {
      f.client.then(ScriptedClient.answer(202, ""));
      SendResult result = f.send();
      assertThat(result.failure()).isEmpty();
      assertThat(result.files().mdn()).isEmpty();
      assertThat(new String(f.client.posts().get(0), StandardCharsets.ISO_8859_1))
          .doesNotContain("Disposition-Notification");
      assertThat(f.listener.events)
          .extracting(e -> e.kind() + " " + e.detail().get("status-code"))
          .containsExactly("PAYLOAD_SEND_COMPLETED COMPLETED");
    }
  }

  @Test
  void encodesTheSubjectOfAFileWithAForeignName() throws Exception {
    try (RuntimeFixture f = new RuntimeFixture(RuntimeFixture.connector())) {
      FilePath file = FilePath.parse("/outbox/orders/Aufträge für 東京 und noch viel mehr.edi");
      f.store.write(file, Content.of(RuntimeFixture.CONTENT), "text/plain");
      f.client.then(ScriptedClient.receive(RuntimeFixture.partner(inbox)));
      SendResult result = RuntimeFixture.result(f.runtime.send(Trade.CONNECTOR, file.toString()));
      assertThat(result.failure()).isEmpty();
      String subject =
          f.client.requests().get(0).message().headers().first("Subject").orElseThrow();
      assertThat(subject).matches("[!-~]+( [!-~]+)*");
      assertThat(jakarta.mail.internet.MimeUtility.decodeText(subject))
          .isEqualTo(
              "File %s from %s to %s".formatted(file.name(), Trade.OUR_ID, Trade.PARTNER_ID));
      assertThat(f.octets(result.files().json().orElseThrow())).isNotEmpty();
    }
  }
}
