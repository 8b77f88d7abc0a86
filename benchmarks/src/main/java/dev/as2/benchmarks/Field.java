package dev.as2.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The others in one row. Each runs in a JVM of its own, from its first turn to its last one. At 1
 * GiB they take a minute and more for a message, so that one round is theirs to ours' several.
 */
final class Field implements AutoCloseable {
  private final SendBench bench;
  private final Lab.Endpoint sink;
  private final List<PeerProduct> products;
  private final Map<String, Contestant> running = new LinkedHashMap<>();
  private final Map<String, Row.Outcome> outcomes = new LinkedHashMap<>();
  private final Map<String, Object> peaks = new LinkedHashMap<>();
  private final Map<String, Object> cpu = new LinkedHashMap<>();

  private Field(SendBench bench, Lab.Endpoint sink, List<PeerProduct> products) {
    this.bench = bench;
    this.sink = sink;
    this.products = products;
  }

  static Field of(Lab lab, Lab.Endpoint sink, SendBench bench) {
    boolean wanted = lab.options().peers() && bench.load().withPeers();
    return new Field(bench, sink, wanted ? List.of(PeerProduct.values()) : List.of());
  }

  /** Starts those that run from the first round to the last. */
  void warmUp(Lab lab) throws IOException {
    if (bench.size() != Size.GIB1) {
      for (PeerProduct product : products) {
        start(lab, product);
      }
    }
  }

  /** One round; whether anybody took part. */
  boolean measure(Lab lab, int round) throws IOException {
    boolean once = bench.size() == Size.GIB1;
    if (products.isEmpty() || (once && round > 0)) {
      return false;
    }
    Path file = lab.data(bench.size());
    int count = Math.max(1, bench.count(lab) / 3);
    for (PeerProduct product : products) {
      if (once) {
        start(lab, product);
      }
      Contestant one = Objects.requireNonNull(running.get(product.label()));
      one.measure(file, count, bench.load().atOnce(), bench.unit());
      if (once) {
        end(product.label());
      }
    }
    return true;
  }

  private void start(Lab lab, PeerProduct product) throws IOException {
    Child child =
        lab.start(
            product.command(
                lab.root().resolve("benchmarks/peers"),
                bench.size() == Size.GIB1,
                lab.arguments(sink.url(), new Lab.Traffic(bench.traffic().compress(), false))));
    Contestant contestant = new Contestant(product.label(), child);
    running.put(product.label(), contestant);
    if (bench.size() == Size.KIB4) {
      contestant.warmUp(lab.data(Size.KIB4), lab.count(3_000, 2), bench.load().atOnce());
    } else {
      contestant.warmUp(lab.data(Size.MIB1), lab.count(20, 1), 1);
    }
  }

  private void end(String name) {
    Contestant one = running.remove(name);
    if (one != null) {
      Row.Outcome outcome = one.outcome();
      outcomes.put(name, outcome);
      if (outcome.figures().isPresent()) {
        peaks.put(name, one.peakRssMiB());
        cpu.put(name, one.cpuSecondsPerMessage());
      }
      one.close();
    }
  }

  private void endAll() {
    List.copyOf(running.keySet()).forEach(this::end);
  }

  /** What all made; ends those that still run. */
  Map<String, Row.Outcome> outcomes() {
    endAll();
    return outcomes;
  }

  /** Adds memory and CPU of those that made it. */
  void describe(Map<String, Object> more) {
    endAll();
    if (!peaks.isEmpty()) {
      more.put("peerPeakRssMiB", peaks);
      more.put("peerCpuSecondsPerMessage", cpu);
    }
  }

  @Override
  public void close() {
    new ArrayList<>(running.values()).forEach(Contestant::close);
  }
}
