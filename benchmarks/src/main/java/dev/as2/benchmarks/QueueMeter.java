package dev.as2.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a daemon's rounds took, of itself and of those that work for it. */
final class QueueMeter {
  private final ServeDaemon daemon;
  private final Optional<Postgres> server;
  private final Lab.Endpoint sink;
  private final List<Double> rates = new ArrayList<>();
  private final Map<String, List<Double>> costs = new LinkedHashMap<>();
  private Map<String, Double> before = Map.of();
  private long begun;
  private double peakRssMiB;

  QueueMeter(ServeDaemon daemon, Optional<Postgres> server, Lab.Endpoint sink) {
    this.daemon = daemon;
    this.server = server;
    this.sink = sink;
  }

  void begin() throws IOException {
    before = counters();
    begun = System.nanoTime();
  }

  /** A round has ended. */
  void end(int count) throws IOException {
    double seconds = (System.nanoTime() - begun) / 1e9;
    rates.add(count / seconds);
    counters()
        .forEach((name, value) ->
            costs
                .computeIfAbsent(name, any -> new ArrayList<>())
                .add((value - before.getOrDefault(name, 0.0)) / count));
    peakRssMiB = Math.max(peakRssMiB, daemon.child().peakRssMiB());
    System.err.printf("    %-12s %10.1f messages/s%n", "the queue", count / seconds);
  }

  private Map<String, Double> counters() throws IOException {
    Map<String, Double> now = new LinkedHashMap<>();
    now.put("daemonCpuSeconds", daemon.child().cpuSeconds());
    now.put("partnerCpuSeconds", sink.child().cpuSeconds());
    now.put("callerCpuSeconds", Child.cpuSeconds(ProcessHandle.current()));
    if (server.isPresent()) {
      now.put("databaseCpuSeconds", server.get().cpuSeconds());
    }
    now.put("daemonWrittenBytes", daemon.child().writtenBytes());
    Map<String, Double> counted = daemon.counters();
    for (String name : List.of("reads", "writes", "commits")) {
      now.put("database_" + name, counted.getOrDefault("as2_database_" + name + "_total", 0.0));
    }
    if (server.isPresent()) {
      server.get().counters().forEach((name, value) -> now.put("postgresql_" + name, value));
    }
    return now;
  }

  Figures rates() {
    return new Figures(rates);
  }

  /** Of each cost the median of the rounds. */
  Map<String, Object> perTransfer() {
    Map<String, Object> medians = new LinkedHashMap<>();
    costs.forEach((name, rounds) -> medians.put(name, new Figures(rounds).median()));
    return medians;
  }

  double peakRssMiB() {
    return peakRssMiB;
  }
}
