package dev.as2.benchmarks;

import dev.as2.benchmarks.contender.Contender;
import java.io.IOException;

/** Our contender. */
final class OurSender {
  private OurSender() {}

  /** Arguments: a contender's, and those of {@link OurEngine}. */
  public static void main(String[] arguments) throws IOException {
    Contender.asynchronous(
        arguments,
        setup -> {
          OurEngine engine = OurEngine.of(setup);
          return engine::send;
        });
  }
}
