package dev.as2.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.concurrent.DefaultEventExecutor;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class DeadlineTest {
  @Test
  void tellsWhatItsCallbackThrows() {
    DefaultEventExecutor loop = new DefaultEventExecutor();
    CompletableFuture<Throwable> told = new CompletableFuture<>();
    IllegalStateException thrown = new IllegalStateException("late and broken");
    try {
      loop.execute(() ->
          new Deadline(loop, told::complete)
              .start(
                  Duration.ofMillis(1),
                  () -> {
                    throw thrown;
                  }));

      assertThat(told).succeedsWithin(Messages.LONG).isSameAs(thrown);
    } finally {
      loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
  }
}
