package dev.as2.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.mime.Content;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that fails, at every call in turn and for good, and results written twice. */
class ConnectorRuntimeStoreTest {
  @TempDir Path inbox;

  /** A path of 1024 characters leaves none for a result's name: nothing is sent then. */
  @Test
  void refusesAFileWhoseResultsHaveNoPossibleName() throws Exception {
    try (RuntimeFixture f = new RuntimeFixture(RuntimeFixture.connector())) {
      FilePath far = FilePath.parse("/outbox/" + "d/".repeat(504) + "850.edi");
      f.store.write(far, Content.of(RuntimeFixture.CONTENT), "text/plain");
      SendResult result = RuntimeFixture.result(f.runtime.send(Trade.CONNECTOR, far.toString()));
      assertThat(result.failure().orElseThrow().code()).isEqualTo(FailureCode.INVALID_REQUEST);
      assertThat(result.failure().orElseThrow().message()).contains("more than 1024");
      assertThat(result.warnings()).hasSize(1).allMatch(w -> w.contains("more than 1024"));
      assertThat(f.client.requests()).isEmpty();
    }
  }

  @Test
  void readsAndWritesUnderTheRoleOfTheConnector() throws Exception {
    Connector plain = RuntimeFixture.connector();
    String role = "arn:aws:iam::123456789012:role/partner";
    Connector connector =
        new Connector(
            plain.id(),
            plain.url(),
            plain.as2(),
            Optional.of(role),
            Optional.empty(),
            plain.tags());
    InMemoryFileStore nobodys = new InMemoryFileStore("outbox");
    try (RuntimeFixture f = new RuntimeFixture(connector)) {
      FileStores stores = asked -> asked.equals(Optional.of(role)) ? f.store : nobodys;
      f.client.then(ScriptedClient.receive(RuntimeFixture.partner(inbox)));
      try (ConnectorRuntime runtime =
          ConnectorRuntime.builder(Trade.registry(connector), stores, f.client).build()) {
        SendResult result =
            RuntimeFixture.result(runtime.send(connector.id(), RuntimeFixture.FILE.toString()));
        assertThat(f.record(result).path("status-code").textValue()).isEqualTo("COMPLETED");
        assertThat(f.octets(result.files().mdn().orElseThrow())).isNotEmpty();
        FilePath missing = FilePath.parse("/outbox/none.edi");
        assertThat(
                f.record(RuntimeFixture.result(runtime.send(connector.id(), missing.toString())))
                    .path("failure-code")
                    .textValue())
            .isEqualTo("SEND_FILE_NOT_FOUND");
      }
      assertThat(nobodys.calls()).isEmpty();
    }
  }

  @Test
  void endsWhateverCallOfTheStoreFails() throws Exception {
    int calls;
    try (RuntimeFixture f = new RuntimeFixture(RuntimeFixture.connector())) {
      f.client.then(ScriptedClient.receive(RuntimeFixture.partner(inbox)));
      f.send();
      calls = f.store.calls().size();
    }
    assertThat(calls).isGreaterThan(5);
    for (int n = 1; n <= calls; n++) {
      try (RuntimeFixture f = new RuntimeFixture(RuntimeFixture.connector())) {
        f.client.otherwise(ScriptedClient.receive(RuntimeFixture.partner(inbox)));
        f.store.failCall(n, new IOException("call " + n + " failed"));
        SendResult result = f.send();
        f.store.heal();
        result
            .failure()
            .ifPresent(x -> assertThat(x.code()).isEqualTo(FailureCode.STORE_UNAVAILABLE));
        assertThat(f.record(result).path("status-code").textValue())
            .isEqualTo(result.status().name());
      }
    }
  }

  @Test
  void warnsWhereTheStoreTakesNoResults() throws Exception {
    try (RuntimeFixture f = new RuntimeFixture(RuntimeFixture.connector())) {
      f.client.then(ScriptedClient.receive(RuntimeFixture.partner(inbox)));
      f.store.failOn(
          InMemoryFileStore.Operation.WRITE, p -> true, new IOException("the disk is full"));
      SendResult result = f.send();
      assertThat(result.failure()).isEmpty();
      assertThat(result.files())
          .isEqualTo(new SendResult.ResultFiles(Optional.empty(), Optional.empty()));
      assertThat(result.warnings())
          .hasSize(2)
          .allMatch(
              w -> w.matches("Result file /outbox/orders/850.* could not be written: .*full"));
    }
  }

  @Test
  void keepsTheRecordOfAReceiptThatCouldNotBeKept() throws Exception {
    try (RuntimeFixture f = new RuntimeFixture(RuntimeFixture.connector())) {
      f.client.then(ScriptedClient.receive(RuntimeFixture.partner(inbox)));
      f.store.failOn(
          InMemoryFileStore.Operation.WRITE,
          p -> p.name().endsWith(".mdn"),
          new IOException("no .mdn here"));
      SendResult result = f.send();
      assertThat(f.record(result).path("warnings").get(0).textValue()).contains("no .mdn here");
    }
  }

  @Test
  void refusesAFileThatIsLargerThanTheConnectorAllows() throws Exception {
    try (RuntimeFixture f =
        new RuntimeFixture(RuntimeFixture.connector("as2:max-file-size", "1KB"))) {
      SendResult result = f.send();
      f.assertFailed(result, FailureCode.FILE_SIZE_TOO_LARGE);
      assertThat(f.client.requests()).isEmpty();
    }
  }

  @Test
  void writesTheSameResultTwiceWithoutHarm() throws Exception {
    try (RuntimeFixture f = new RuntimeFixture(RuntimeFixture.connector())) {
      f.client.then(ScriptedClient.receive(RuntimeFixture.partner(inbox)));
      SendResult result = f.send();
      As2Response answer = ScriptedClient.response(200, "the same", true);
      ResultWriter writer = new ResultWriter(f.store, ConnectorOptions.ResultLayout.BESIDE);
      SendResult first = writer.write(result, MdnFile.of(answer), Instant.EPOCH);
      SendResult second = writer.write(result, MdnFile.of(answer), Instant.EPOCH);
      assertThat(second).isEqualTo(first);
      assertThat(first.files()).isEqualTo(result.files());
      assertThat(f.store.list("outbox", "", 100)).hasSize(3);
    }
  }
}
