package dev.as2.conformance;

import dev.as2.conformance.Result.Outcome;
import dev.as2.core.As2Client;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;

/**
 * The scenarios for receivers inside a JUnit Jupiter test, each as a test of its own:
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> conforms() {
 *   return ConformanceTests.of(endpoint, client, Catalogue.of(Profile.BASIC));
 * }
 * }</pre>
 */
public final class ConformanceTests {
  private ConformanceTests() {}

  /**
   * A test for each scenario. It fails where the endpoint does not do what it must, and with the
   * sentence that says so.
   *
   * @param client the way to the endpoint; open while the tests run
   */
  public static Stream<DynamicTest> of(
      Endpoint endpoint, As2Client client, List<Scenario> scenarios) {
    return of(new ConformanceRun(endpoint, client, Clock.systemUTC()), scenarios);
  }

  /**
   * The same as part of a run, which may have a listener for MDNs and further keys. A scenario that
   * needs what the run has not is an aborted test.
   */
  public static Stream<DynamicTest> of(ConformanceRun run, List<Scenario> scenarios) {
    return scenarios.stream()
        .map(scenario -> DynamicTest.dynamicTest(scenario.id(), () -> check(run.play(scenario))));
  }

  private static void check(Result result) {
    Assumptions.assumeFalse(
        result.outcome() == Outcome.NOT_RUN, () -> result.findings().get(0).sentence());
    if (result.outcome() == Outcome.FAILED || result.outcome() == Outcome.BROKEN) {
      throw new AssertionError(
          result.findings().stream().map(Finding::toString).collect(Collectors.joining("\n")));
    }
  }
}
