package dev.as2.benchmarks.capacity;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Finds by simulation how many daemons and databases carry so many messages a second, and what is
 * tightest then; and what it predicts for the machine that was measured. The same seed gives the
 * same tables. Takes the file of costs as its only argument.
 */
final class Capacity {
  private static final long SEED = 4;
  private static final double SETTLING = 2;
  private static final double SECONDS = 2;

  /** How much of anything may be used: the rest is for the hour that is worse than the others. */
  private static final double SHARE = 0.7;

  /** Of the machine that was measured, and of a round there. */
  private static final int MACHINE_CORES = 2;

  private static final int MEASURED_FILES = 1_000;

  /** More daemons than so many times the least do not help either. */
  private static final int MOST_TIMES = 4;

  private static final int CORES = 8;
  private static final int DATABASE_CORES = 16;

  private final Costs costs;

  Capacity(Costs costs) {
    this.costs = costs;
  }

  /** Prints both tables. */
  public static void main(String[] arguments) throws IOException {
    Capacity capacity =
        new Capacity(Costs.read(Path.of(arguments.length == 0 ? "costs.csv" : arguments[0])));
    System.out.println(capacity.plans());
    System.out.println(capacity.predictions());
  }

  /** What carries how much, as a table in Markdown. */
  String plans() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "| Messages/s | Size | Databases | Daemons | Daemons' CPU | Workers | Database's CPU"
            + " | Commits/s | Flushes/s | Under way | Median s | Slowest 1 % | Tightest |");
    lines.add("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
    for (Size size : Size.values()) {
      for (double rate : rates(size)) {
        lines.add(line(size, rate));
      }
    }
    return String.join("\n", lines) + "\n";
  }

  /** A hundredth of the messages where each is a hundred times as large. */
  private static double[] rates(Size size) {
    return size == Size.MIB100
        ? new double[] {10, 100, 1_000}
        : new double[] {1_000, 10_000, 100_000};
  }

  private String line(Size size, double rate) {
    int databases = databases(rate);
    Plan plan = plan(size, rate / databases);
    Load load = load(plan);
    int most = MOST_TIMES * plan.daemons();
    while (!load.holds(SHARE)) {
      if (plan.daemons() > most) {
        throw new IllegalStateException("no number of daemons carries " + plan + ": " + load);
      }
      plan = plan.with(plan.daemons() + Math.max(1, plan.daemons() / 10));
      load = load(plan);
    }
    return String.format(
        Locale.ROOT,
        "| %,.0f | %s | %d | %,d | %s | %s | %s | %,.0f | %,.0f | %,d | %.2f | %.2f | %s |",
        rate,
        size.label(),
        databases,
        databases * plan.daemons(),
        percent(load, "CPU of the daemons"),
        percent(load, "worker threads"),
        percent(load, "CPU of the database"),
        load.commits(),
        load.flushes(),
        load.underWay() * databases,
        load.median(),
        load.slow(),
        load.tightest());
  }

  private static String percent(Load load, String what) {
    return Math.round(100 * load.use().getOrDefault(what, 0.0)) + " %";
  }

  /** As many as have cores and bytes of log for it. */
  private int databases(double rate) {
    double cores = rate * costs.of("databaseCpuPerTransfer") / (SHARE * DATABASE_CORES);
    double log = rate * costs.of("logBytesPerTransfer") / (SHARE * costs.of("logBandwidth"));
    return (int) Math.ceil(Math.max(cores, log));
  }

  private Plan plan(Size size, double rate) {
    double cpu = size.cpu(costs);
    double cores = rate * cpu / (SHARE * CORES);
    double workers = rate * 4 * costs.of("storeRequest") / (SHARE * costs.of("workers"));
    int daemons = Math.max(2, (int) Math.ceil(Math.max(cores, workers))); // the least that may do
    int connectors = Math.max(100, (int) (rate / 10));
    return new Plan(rate, daemons, CORES, DATABASE_CORES, connectors, cpu);
  }

  /**
   * What the simulation says of the machine that was measured, beside what was measured there. How
   * much of the machine there was is taken from the engine's own rounds.
   */
  String predictions() {
    List<String> lines = new ArrayList<>();
    lines.add("| Row | Predicted, messages/s | Measured | Predicted/measured |");
    lines.add("|---|---|---|---|");
    for (String row : List.of("4k-queue-sqlite", "4k-queue-postgresql")) {
      double predicted = MEASURED_FILES / machine(row).drain(MEASURED_FILES);
      double measured = costs.of(row + ".rate");
      lines.add(
          String.format(
              Locale.ROOT,
              "| `%s` | %.1f | %.1f | %.2f |",
              row,
              predicted,
              measured,
              predicted / measured));
    }
    return String.join("\n", lines) + "\n";
  }

  /** Two cores for everybody, each as fast as others left them. */
  private Cell machine(String row) {
    double left = costs.of(row + ".engineRate") * costs.of(row + ".engineCpu");
    double slower = MACHINE_CORES / left;
    Map<String, Double> here = new HashMap<>(costs.values());
    here.put("databaseCpuPerTransfer", 0.0); // of the same cores, and so among what a message takes
    here.put("databaseRoundTrip", 0.0);
    here.put("partnerAnswer", 0.0);
    here.put("storeRequest", costs.of("diskFlush"));
    here.put("logFlush", costs.of("diskFlush"));
    Plan plan = new Plan(1, 1, MACHINE_CORES, 1, 1, costs.of(row + ".cpu") * slower);
    return new Cell(plan, new Costs(here), SEED);
  }

  private Load load(Plan plan) {
    return new Cell(plan, costs, SEED).run(SETTLING, SECONDS);
  }
}
