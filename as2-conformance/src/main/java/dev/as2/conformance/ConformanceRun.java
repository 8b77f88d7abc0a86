package dev.as2.conformance;

import dev.as2.conformance.Result.Outcome;
import dev.as2.core.As2Client;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Plays scenarios against a receiver, one after the other, each with messages of its own.
 *
 * <p>For one thread. Holds the messages of one scenario, a few MiB at the most, and of each that
 * went before what its result says.
 */
public final class ConformanceRun {
  private final Endpoint endpoint;
  private final As2Client client;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final Means means;

  /**
   * @param client the way to the endpoint; the caller closes it
   * @param clock dates messages
   */
  public ConformanceRun(Endpoint endpoint, As2Client client, Clock clock) {
    this(endpoint, client, clock, Means.NONE);
  }

  private ConformanceRun(Endpoint endpoint, As2Client client, Clock clock, Means means) {
    this.endpoint = endpoint;
    this.client = client;
    this.clock = clock;
    this.means = means;
  }

  /**
   * A run that looks at the files, too, which the endpoint stores: their names and their octets.
   *
   * @param folder where the endpoint stores them before it answers, or a folder above
   */
  public ConformanceRun withInbox(Path folder) {
    return with(means.with(new Inbox(folder)));
  }

  /**
   * A run that also asks for asynchronous MDNs; without it those scenarios are not run.
   *
   * @param listener is the handler of a server that the endpoint can reach; the caller closes it
   */
  public ConformanceRun withMdns(MdnListener listener) {
    return with(means.with(listener));
  }

  /**
   * A run that also signs with other keys, where a scenario is about such keys; without them those
   * scenarios are not run.
   *
   * @param signers further keys, which the endpoint knows as ours: RSA or EC
   */
  public ConformanceRun withSigners(List<Party> signers) {
    return with(means.with(signers));
  }

  private ConformanceRun with(Means other) {
    return new ConformanceRun(endpoint, client, clock, other);
  }

  /** Plays these scenarios in their order. */
  public Report play(List<Scenario> scenarios, RunListener listener) {
    Instant started = clock.instant();
    List<Result> results = new ArrayList<>();
    for (Scenario scenario : scenarios) {
      listener.begun(scenario, results.size() + 1, scenarios.size());
      Result result = play(scenario);
      results.add(result);
      listener.ended(result);
    }
    return new Report(endpoint, started, results);
  }

  /** Plays one scenario. */
  public Result play(Scenario scenario) {
    Bench bench = new Bench(endpoint, client, clock, random, means);
    long begun = System.nanoTime();
    List<Finding> findings;
    Outcome outcome;
    try {
      findings = scenario.play().play(new Stage(bench));
      outcome = outcome(scenario, findings);
    } catch (NotRunException e) {
      findings = List.of(new Finding(String.valueOf(e.getMessage()), scenario.rule().source()));
      outcome = Outcome.NOT_RUN;
    } catch (IOException e) {
      findings =
          List.of(
              new Finding(
                  "The test could not be made: " + Sentences.ended(String.valueOf(e.getMessage())),
                  scenario.rule().source()));
      outcome = Outcome.BROKEN;
    }
    return new Result(
        scenario,
        outcome,
        findings,
        bench.exchanges(),
        Duration.ofNanos(System.nanoTime() - begun));
  }

  private static Outcome outcome(Scenario scenario, List<Finding> findings) {
    return findings.stream()
        .map(finding -> outcome(finding.severity().orElse(scenario.rule().severity())))
        .max(Comparator.naturalOrder())
        .orElse(Outcome.PASSED);
  }

  private static Outcome outcome(Severity severity) {
    return switch (severity) {
      case MUST -> Outcome.FAILED;
      case SHOULD, TOLERANCE -> Outcome.WARNED;
      case NOTE -> Outcome.NOTED;
    };
  }
}
