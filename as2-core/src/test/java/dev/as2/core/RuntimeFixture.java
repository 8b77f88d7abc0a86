package dev.as2.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.as2.mime.Content;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A runtime over a store in memory and a scripted partner, with retries that do not wait. */
final class RuntimeFixture implements AutoCloseable {
  static final FilePath FILE = FilePath.parse("/outbox/orders/850.edi");
  static final byte[] CONTENT = "ISA*00*          *00*          *~\r\n".repeat(100).getBytes();
  static final URI URL = URI.create("https://partner.example/as2");

  final InMemoryFileStore store = new InMemoryFileStore("outbox");
  final ScriptedClient client = new ScriptedClient();
  final RecordingListener listener = new RecordingListener();
  final ConnectorRuntime runtime;
  final Connector connector;

  RuntimeFixture(Connector connector) throws IOException {
    this(connector, Trade.registry(connector), b -> b);
  }

  RuntimeFixture(
      Connector connector, Registry registry, UnaryOperator<ConnectorRuntime.Builder> with)
      throws IOException {
    this.connector = connector;
    this.runtime =
        with.apply(ConnectorRuntime.builder(registry, store, client).listener(listener)).build();
    store.write(FILE, Content.of(CONTENT), "application/octet-stream");
  }

  /** All layers, and these tags besides those that make retries fast. */
  static Connector connector(String... tags) {
    return connector(Set.of(Layer.COMPRESS, Layer.SIGN, Layer.ENCRYPT), tags);
  }

  static Connector connector(Set<Layer> layers, String... tags) {
    Map<String, String> all = new HashMap<>(Map.of("as2:retry-delay", "1ms"));
    for (int i = 0; i < tags.length; i += 2) {
      all.put(tags[i], tags[i + 1]);
    }
    return Trade.connector(URL, layers, all);
  }

  /** A partner who takes messages apart into this folder. */
  static Receiver partner(Path inbox) {
    return new Receiver(
        new Receiver.Party(Trade.PARTNER_ID, Trade.PARTNER.key(), Trade.PARTNER.certificate()),
        new Receiver.Sender(Trade.OUR_ID, List.of(Trade.US.certificate())),
        inbox,
        Clock.systemUTC());
  }

  SendResult send() throws Exception {
    return result(runtime.send(connector.id(), FILE.toString()));
  }

  static SendResult result(CompletableFuture<SendResult> future) throws Exception {
    return future.get(20, TimeUnit.SECONDS);
  }

  /** The outcome record that the result names. */
  JsonNode record(SendResult result) throws IOException {
    return json(result.files().json().orElseThrow());
  }

  JsonNode json(FilePath path) throws IOException {
    try (InputStream in = store.open(store.stat(path), 0)) {
      return new ObjectMapper().readTree(in);
    }
  }

  byte[] octets(FilePath path) throws IOException {
    try (InputStream in = store.open(store.stat(path), 0)) {
      return in.readAllBytes();
    }
  }

  /** Asserts that it failed so, and that the record says the same. */
  void assertFailed(SendResult result, FailureCode code) throws IOException {
    assertThat(result.failure().orElseThrow().code())
        .as(result.failure().orElseThrow().message())
        .isEqualTo(code);
    assertThat(result.status()).isEqualTo(SendResult.Status.FAILED);
    JsonNode record = record(result);
    assertThat(record.path("status-code").textValue()).isEqualTo("FAILED");
    assertThat(record.path("failure-code").textValue()).isEqualTo(code.name());
    assertThat(record.path("failure-message").textValue())
        .isEqualTo(result.failure().orElseThrow().message())
        .doesNotContain("Exception")
        .matches("[^\\n]+");
    assertThat(record.path("hint").textValue()).isEqualTo(code.hint());
  }

  @Override
  public void close() {
    runtime.close();
  }
}
