package dev.as2.benchmarks.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CapacityTest {
  @Test
  void theDocumentQuotesWhatTheSimulationSays() throws IOException {
    Capacity capacity = new Capacity(Costs.read(Path.of("costs.csv")));

    assertThat(Files.readString(Path.of("../docs/scale.md")))
        .contains(capacity.plans(), capacity.predictions());
  }
}
