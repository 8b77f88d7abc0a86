package dev.as2.conformance;

import dev.as2.conformance.Result.Outcome;
import java.io.PrintWriter;
import java.util.Map;

/**
 * Prints a line for each scenario as it ends, with how far the run has come, and a summary; for
 * terminals and logs. For one thread.
 */
public final class TableReport implements RunListener {
  private static final Map<Outcome, String> WORDS =
      Map.of(
          Outcome.PASSED, "ok",
          Outcome.NOTED, "note",
          Outcome.WARNED, "warn",
          Outcome.FAILED, "FAIL",
          Outcome.BROKEN, "BROKEN",
          Outcome.NOT_RUN, "-");

  private final PrintWriter out;
  private String place = "";

  public TableReport(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void begun(Scenario scenario, int number, int of) {
    place = "%3d/%d".formatted(number, of);
  }

  @Override
  public void ended(Result result) {
    out.printf(
        "%s %-6s %-42s %6.2f s  %s%n",
        place,
        WORDS.get(result.outcome()),
        result.scenario().id(),
        result.took().toMillis() / 1000.0,
        result.scenario().title());
    for (Finding finding : result.findings()) {
      out.printf("                %s%n", finding.sentence());
      if (result.isFound()) {
        out.printf("                see %s%n", finding.source());
      }
    }
    out.flush();
  }

  /** Prints the counts. */
  public void summary(Report report) {
    out.printf("%n%s%n", report.summary());
    report.reasonsNotToRun().forEach(out::println);
    out.flush();
  }
}
