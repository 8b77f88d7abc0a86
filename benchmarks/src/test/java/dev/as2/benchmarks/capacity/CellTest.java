package dev.as2.benchmarks.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CellTest {
  private static final double CPU = 0.002;

  private static Costs costs(Map<String, Double> others) throws IOException {
    Map<String, Double> values = new HashMap<>(Costs.read(Path.of("costs.csv")).values());
    values.putAll(others);
    return new Costs(values);
  }

  private static Plan plan(double rate, int daemons) {
    return new Plan(rate, daemons, 8, 16, 1_000, CPU);
  }

  @Test
  void theSameSeedGivesTheSameLoad() throws IOException {
    Load first = new Cell(plan(500, 2), costs(Map.of()), 1).run(0.5, 1);

    assertThat(new Cell(plan(500, 2), costs(Map.of()), 1).run(0.5, 1)).isEqualTo(first);
  }

  @Test
  void whatTakesHalfOfTheCoresUsesHalfOfThem() throws IOException {
    Load load = new Cell(plan(4_000, 2), costs(Map.of("storeRequest", 0.0)), 1).run(2, 4);

    assertThat(load.rate()).isCloseTo(4_000, within(200.0));
    assertThat(load.use().get("CPU of the daemons")).isCloseTo(0.5, within(0.03));
  }

  @Test
  void fewWorkersAndASlowStoreLetMessagesPileUp() throws IOException {
    Load load =
        new Cell(plan(1_000, 1), costs(Map.of("workers", 8.0, "storeRequest", 0.02)), 1).run(1, 2);

    assertThat(load.tightest()).isEqualTo("worker threads");
    assertThat(load.holds(0.7)).isFalse();
  }

  @Test
  void aMachineDrainsAsFastAsItsCoresAllow() throws IOException {
    Costs free = costs(Map.of("storeRequest", 0.0, "logFlush", 0.0, "partnerAnswer", 0.0));

    double seconds = new Cell(plan(1, 1), free, 1).drain(4_000);

    assertThat(4_000 * CPU / 8 / seconds).isCloseTo(1, within(0.1));
  }

  @Test
  void aRowOfCostsThatIsNoneIsNamed(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("costs.csv"), "what,value,unit,where\na,b,c,d\n");

    assertThatThrownBy(() -> Costs.read(file)).hasMessageContaining("line 2").hasMessageContaining("'b'");
  }
}
