package dev.as2.benchmarks.capacity;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A simulation of one database and its daemons: files are accepted at random moments, each connector
 * belongs to one daemon, and each message goes through the steps that it goes through there.
 */
final class Cell {
  /** A file takes this share of its CPU until its octets are out; the rest follows the answer. */
  private static final double BEFORE_ANSWER = 0.5;

  private final Clockwork clock = new Clockwork();
  private final Random random;
  private final Costs costs;
  private final Plan plan;
  private final Server server;
  private final List<Node> nodes = new ArrayList<>();
  private final List<Double> latencies = new ArrayList<>();
  private double lastEnd;
  private long begun;
  private long underWay;
  private long mostUnderWay;

  /** One daemon. */
  private final class Node {
    final Station cores = new Station(clock, plan.cores());
    final Station workers = new Station(clock, (int) costs.of("workers"));
    final Committer journal = new Committer(clock, server, (int) costs.of("databaseWriters"));
  }

  Cell(Plan plan, Costs costs, long seed) {
    this.plan = plan;
    this.costs = costs;
    this.random = new Random(seed);
    this.server = new Server(clock, costs, plan.databaseCores());
    for (int i = 0; i < plan.daemons(); i++) {
      nodes.add(new Node());
    }
  }

  /** Runs it: first until it has settled, and then for as long as is measured. */
  Load run(double settling, double seconds) {
    arrive();
    clock.run(settling);
    server.reset();
    nodes.forEach(node -> {
      node.cores.reset();
      node.workers.reset();
    });
    latencies.clear();
    mostUnderWay = 0;
    long commits = commits();
    long before = underWay;
    clock.run(settling + seconds);
    return load(seconds, commits() - commits, underWay - before);
  }

  /**
   * Has so many files accepted at once.
   *
   * @return seconds until the last of them has ended
   */
  double drain(int files) {
    for (int i = 0; i < files; i++) {
      accept();
    }
    clock.run(Double.MAX_VALUE);
    return lastEnd;
  }

  private long commits() {
    return nodes.stream().mapToLong(node -> node.journal.commits()).sum();
  }

  private Load load(double seconds, long commits, long grown) {
    Map<String, Double> use = new LinkedHashMap<>();
    use.put("CPU of the daemons", mean(node -> node.cores.use(seconds)));
    use.put("worker threads", mean(node -> node.workers.use(seconds)));
    use.put("CPU of the database", server.cores().use(seconds));
    return new Load(
        latencies.size() / seconds,
        grown / seconds,
        use,
        commits / seconds,
        server.flushes() / seconds,
        mostUnderWay,
        percentile(0.5),
        percentile(0.99));
  }

  private double mean(java.util.function.ToDoubleFunction<Node> what) {
    return nodes.stream().mapToDouble(what).average().orElse(0);
  }

  private double percentile(double share) {
    List<Double> sorted = latencies.stream().sorted().toList();
    return sorted.isEmpty() ? 0 : sorted.get((int) (share * (sorted.size() - 1)));
  }

  private void arrive() {
    clock.after(exponential(1 / plan.rate()), this::arrive);
    accept();
  }

  private void accept() {
    Node node = nodes.get(random.nextInt(plan.connectors()) % nodes.size());
    double since = clock.now();
    underWay++;
    mostUnderWay = Math.max(mostUnderWay, underWay);
    begun++;
    if (begun % (long) costs.of("filesPerCall") == 0) {
      node.journal.write(() -> {});
    }
    if (begun % (long) costs.of("filesPerTake") == 0) {
      node.journal.write(() -> {});
    }
    node.workers.enter(() -> prepare(node, since));
  }

  private double exponential(double mean) {
    return -mean * Math.log(1 - random.nextDouble());
  }

  private void prepare(Node node, double since) {
    double reading = 2 * costs.of("storeRequest");
    clock.after(
        reading,
        () ->
            node.cores.serve(
                plan.cpu() * BEFORE_ANSWER,
                () ->
                    node.journal.write(() -> {
                      node.workers.leave();
                      clock.after(
                          exponential(costs.of("partnerAnswer")), () -> answered(node, since));
                    })));
  }

  private void answered(Node node, double since) {
    node.workers.enter(() ->
        node.cores.serve(
            plan.cpu() * (1 - BEFORE_ANSWER), () -> node.journal.write(() -> results(node, since))));
  }

  /** The two result files, and then the row. */
  private void results(Node node, double since) {
    clock.after(
        2 * costs.of("storeRequest"),
        () ->
            node.journal.write(() -> {
              node.workers.leave();
              underWay--;
              lastEnd = clock.now();
              latencies.add(lastEnd - since);
            }));
  }
}
