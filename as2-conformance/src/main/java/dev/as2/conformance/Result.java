package dev.as2.conformance;

import java.time.Duration;
import java.util.List;

/**
 * What came of one scenario.
 *
 * @param scenario the scenario
 * @param outcome how it ended
 * @param findings what the endpoint did wrong; where the test could not or cannot be made, why
 * @param exchanges what went over the wire
 * @param took how long it took
 */
public record Result(
    Scenario scenario,
    Outcome outcome,
    List<Finding> findings,
    List<WireExchange> exchanges,
    Duration took) {
  public Result {
    findings = List.copyOf(findings);
    exchanges = List.copyOf(exchanges);
  }

  /** How a scenario ended. */
  public enum Outcome {
    /** As expected. */
    PASSED,
    /** Not as could be wished, and nobody has to. */
    NOTED,
    /** Not as expected, and no MUST. */
    WARNED,
    /** Not as it must. */
    FAILED,
    /** The test could not be made. */
    BROKEN,
    /** The test needs what it was not given. */
    NOT_RUN
  }

  /** Whether the endpoint was seen to do something else than expected. */
  public boolean isFound() {
    return outcome != Outcome.PASSED && outcome != Outcome.NOT_RUN;
  }
}
