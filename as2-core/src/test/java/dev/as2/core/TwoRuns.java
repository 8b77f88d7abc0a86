package dev.as2.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.as2.core.MessageJournal.Kept;
import dev.as2.mime.Content;
import dev.as2.mime.Headers;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** One message, two processes that send it one after the other, and what outlives the first. */
final class TwoRuns {
  final InMemoryFileStore store = new InMemoryFileStore("outbox");
  final MemoryJournal journal = new MemoryJournal();
  final ScriptedClient client = new ScriptedClient();
  final RecordingListener listener = new RecordingListener();
  final Registry registry;
  final MessageId messageId = MessageId.random(new SecureRandom());
  Optional<String> version = Optional.empty();
  Headers headers = Headers.EMPTY;
  Instant accepted = Instant.now();

  TwoRuns(Connector connector) throws IOException {
    this(connector, RuntimeFixture.CONTENT);
  }

  TwoRuns(Connector connector, byte[] content) throws IOException {
    this.registry = Trade.registry(connector);
    write(content);
  }

  void write(byte[] content) throws IOException {
    store.write(RuntimeFixture.FILE, Content.of(content), "application/octet-stream");
  }

  ConnectorRuntime runtime() {
    return runtime(registry);
  }

  ConnectorRuntime runtime(Registry with) {
    return ConnectorRuntime.builder(with, store, client)
        .journal(journal)
        .listener(listener)
        .workers(4)
        .build();
  }

  SendOrder order() {
    return order(journal.kept(messageId));
  }

  SendOrder order(Kept kept) {
    return new SendOrder(
        new TransferId("a-transfer"),
        messageId,
        Trade.CONNECTOR,
        RuntimeFixture.FILE,
        version,
        headers,
        accepted,
        kept);
  }

  /** Runs until the journal dies. */
  void die(MemoryJournal.Call after) throws Exception {
    journal.dieAfter(after);
    try (ConnectorRuntime runtime = runtime()) {
      assertAbandoned(runtime.send(order()));
    }
    journal.before(call -> {}).dieAfter(null);
  }

  static void assertAbandoned(CompletableFuture<SendResult> future) {
    Throwable fault = catchThrowable(() -> future.get(20, TimeUnit.SECONDS));
    assertThat(fault)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(AbandonedException.class);
  }

  SendResult end() throws Exception {
    return end(registry);
  }

  SendResult end(Registry with) throws Exception {
    return end(with, order());
  }

  SendResult end(Registry with, SendOrder order) throws Exception {
    try (ConnectorRuntime runtime = runtime(with)) {
      return RuntimeFixture.result(runtime.send(order));
    }
  }

  TwoRuns partner(Path inbox) {
    client.otherwise(ScriptedClient.receive(RuntimeFixture.partner(inbox)));
    return this;
  }

  /** The result files there are. */
  List<FilePath> results() throws IOException {
    return store.list("outbox", "", 100).stream()
        .map(StoredFile::path)
        .filter(path -> !path.equals(RuntimeFixture.FILE))
        .toList();
  }

  byte[] octets(Optional<FilePath> path) throws IOException {
    try (var in = store.open(store.stat(path.orElseThrow()), 0)) {
      return in.readAllBytes();
    }
  }

  void deleteResults() throws IOException {
    for (FilePath each : results()) {
      store.delete(each);
    }
  }
}
