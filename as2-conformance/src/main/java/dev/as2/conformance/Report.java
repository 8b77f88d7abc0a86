package dev.as2.conformance;

import dev.as2.conformance.Result.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What came of a run.
 *
 * @param endpoint what was tested
 * @param started when
 * @param results one for each scenario, in their order
 */
public record Report(Endpoint endpoint, Instant started, List<Result> results) {
  public Report {
    results = List.copyOf(results);
  }

  /** How many scenarios ended so. */
  public long count(Outcome outcome) {
    return results.stream().filter(r -> r.outcome() == outcome).count();
  }

  /** Whether the endpoint did everything that it must. */
  public boolean isConformant() {
    return count(Outcome.FAILED) + count(Outcome.BROKEN) == 0;
  }

  /** How long all of it took. */
  public Duration took() {
    return results.stream().map(Result::took).reduce(Duration.ZERO, Duration::plus);
  }

  /** One line with the counts. */
  public String summary() {
    return "%d scenarios: %d passed, %d failed, %d with a warning%s%s%s, in %.1f s"
        .formatted(
            results.size(),
            count(Outcome.PASSED),
            count(Outcome.FAILED),
            count(Outcome.WARNED),
            counted(Outcome.NOTED, "with a note"),
            counted(Outcome.BROKEN, "not made"),
            counted(Outcome.NOT_RUN, "not run"),
            took().toMillis() / 1000.0);
  }

  private String counted(Outcome outcome, String words) {
    return count(outcome) == 0 ? "" : ", " + count(outcome) + " " + words;
  }

  /** Why scenarios were not run, a sentence each; nothing where all were. */
  public List<String> reasonsNotToRun() {
    return results.stream()
        .filter(r -> r.outcome() == Outcome.NOT_RUN)
        .flatMap(r -> r.findings().stream())
        .map(Finding::sentence)
        .distinct()
        .toList();
  }
}
