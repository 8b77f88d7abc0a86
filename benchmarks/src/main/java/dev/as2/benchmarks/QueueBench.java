package dev.as2.benchmarks;

import dev.as2.benchmarks.Lab.Traffic;
import dev.as2.benchmarks.SendBench.Ours;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Small messages through the daemon's queue, beside the same from the engine alone, in alternation:
 * the same sink with a signed MDN, the same key, result files on the same disk. A round of the
 * daemon begins with the first call and ends with the last outcome.
 *
 * @param product where the queue is
 */
record QueueBench(String id, Product product) implements Bench {
  private static final Traffic PROVEN = new Traffic(true, true);
  private static final int COUNT = 1_000;
  private static final int WARM_UP = 2_000;

  /** In flight in the engine; it is no faster with more. */
  private static final int ENGINE_AT_ONCE = 8;

  /** Which database. */
  enum Product {
    SQLITE,
    POSTGRESQL
  }

  @Override
  public Unit unit() {
    return Unit.MESSAGES_PER_S;
  }

  @Override
  public Row run(Lab lab) throws IOException {
    if (product == Product.SQLITE) {
      return run(lab, Optional.empty());
    }
    try (Postgres server = Postgres.start(lab)) {
      return run(lab, Optional.of(server));
    }
  }

  private Row run(Lab lab, Optional<Postgres> server) throws IOException {
    List<String> database = server.map(each -> List.of("--database", each.url())).orElse(List.of());
    try (Lab.Endpoint sink = lab.sink(true);
        Contestant engine = OurContestants.start(lab, sink.url(), PROVEN, Ours.USUAL);
        ServeDaemon daemon = ServeDaemon.start(lab, sink.url(), Ours.USUAL, database)) {
      Path file = lab.data(Size.KIB4);
      int count = lab.count(COUNT, 40);
      engine.warmUp(file, lab.count(WARM_UP, 40), ENGINE_AT_ONCE);
      daemon.send(file, lab.count(WARM_UP, 40));
      QueueMeter meter = new QueueMeter(daemon, server, sink);
      List<Double> partner = new ArrayList<>();
      for (int round = 0; round < lab.options().rounds(); round++) {
        double before = sink.child().cpuSeconds();
        engine.measure(file, count, ENGINE_AT_ONCE, unit());
        partner.add((sink.child().cpuSeconds() - before) / count);
        meter.begin();
        daemon.send(file, count);
        meter.end(count);
      }
      return row(engine, new Figures(partner).median(), meter, count);
    }
  }

  private Row row(Contestant engine, double partnerCpuSeconds, QueueMeter meter, int count)
      throws IOException {
    Map<String, Object> more = new LinkedHashMap<>();
    more.put(
        "limitIs", "the engine alone, " + ENGINE_AT_ONCE + " at once, results on the same disk");
    more.put("limitRounds", engine.rates());
    more.put("limitCpuSecondsPerMessage", engine.cpuSecondsPerMessage());
    more.put("limitPartnerCpuSecondsPerMessage", partnerCpuSeconds);
    more.put("messagesPerRound", count);
    more.put("heap", Ours.USUAL.heap());
    more.put("perTransfer", meter.perTransfer());
    return new Row(
        id,
        unit(),
        Row.Outcome.of(meter.rates()),
        OptionalDouble.of(engine.required()),
        Map.of(),
        OptionalDouble.of(meter.peakRssMiB()),
        more);
  }
}
