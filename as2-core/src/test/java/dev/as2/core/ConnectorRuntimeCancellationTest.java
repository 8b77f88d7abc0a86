package dev.as2.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A cancelled transfer ends at once, whatever it was doing, and its record says so. */
@Timeout(30)
class ConnectorRuntimeCancellationTest {

  private static void assertCancelled(RuntimeFixture f, CompletableFuture<SendResult> future)
      throws Exception {
    assertThatThrownBy(future::join).isInstanceOf(CancellationException.class);
    SendResult result = f.listener.ended.get(10, TimeUnit.SECONDS);
    f.assertFailed(result, FailureCode.CANCELLED);
  }

  @Test
  void endsAPostThatWaitsForItsAnswer() throws Exception {
    try (RuntimeFixture f = new RuntimeFixture(RuntimeFixture.connector())) {
      CompletableFuture<Void> posted = new CompletableFuture<>();
      f.client.otherwise((post, answer) -> {
        post.readBody();
        posted.complete(null);
      });
      CompletableFuture<SendResult> future =
          f.runtime.send(Trade.CONNECTOR, "/outbox/orders/850.edi");
      posted.get(10, TimeUnit.SECONDS);
      future.cancel(true);

      assertCancelled(f, future);
      JsonNode record = f.record(f.listener.ended.get());
      assertThat(record.path("attempts")).as("the attempt that was cancelled").hasSize(1);
      assertThat(f.client.requests()).hasSize(1);
    }
  }

  @Test
  void endsAPauseBetweenAttempts() throws Exception {
    Connector connector =
        RuntimeFixture.connector(
            "as2:retry-delay", "1h", "as2:retry-max-delay", "2h", "as2:retry-deadline", "24h");
    try (RuntimeFixture f = new RuntimeFixture(connector)) {
      CompletableFuture<Void> answered = new CompletableFuture<>();
      f.client.otherwise((post, answer) -> {
        post.readBody();
        answer.complete(ScriptedClient.response(503, "busy", true));
        answered.complete(null);
      });
      CompletableFuture<SendResult> future =
          f.runtime.send(Trade.CONNECTOR, "/outbox/orders/850.edi");
      answered.get(10, TimeUnit.SECONDS);
      future.cancel(true);

      assertCancelled(f, future);
    }
  }

  @Test
  void endsBeforeThePostWhereThePreparationIsUnderWay() throws Exception {
    try (RuntimeFixture f = new RuntimeFixture(RuntimeFixture.connector())) {
      CompletableFuture<CompletableFuture<SendResult>> future = new CompletableFuture<>();
      f.listener.atFirstProgress = () -> future.join().cancel(true); // read while it is packed
      future.complete(f.runtime.send(Trade.CONNECTOR, "/outbox/orders/850.edi"));

      assertCancelled(f, future.join());
      assertThat(f.client.requests()).isEmpty();
    }
  }

  @Test
  void changesNothingAfterTheEnd() throws Exception {
    try (RuntimeFixture f = new RuntimeFixture(RuntimeFixture.connector())) {
      f.client.otherwise(ScriptedClient.answer(404, "no"));
      CompletableFuture<SendResult> future =
          f.runtime.send(Trade.CONNECTOR, "/outbox/orders/850.edi");
      SendResult result = RuntimeFixture.result(future);
      assertThat(future.cancel(true)).isFalse();
      f.assertFailed(result, FailureCode.HTTP_ERROR_RESPONSE_FROM_PARTNER);
    }
  }

  @Test
  void isWhatClosingDoesToWhatIsUnderWay() throws Exception {
    RuntimeFixture f = new RuntimeFixture(RuntimeFixture.connector());
    CompletableFuture<Void> posted = new CompletableFuture<>();
    f.client.otherwise((post, answer) -> posted.complete(null));
    CompletableFuture<SendResult> future =
        f.runtime.send(Trade.CONNECTOR, "/outbox/orders/850.edi");
    posted.get(10, TimeUnit.SECONDS);
    f.close();
    assertCancelled(f, future);
  }
}
