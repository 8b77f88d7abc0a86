package dev.as2.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.as2.benchmarks.Lab.Traffic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The same file again and again, by us and by the others in alternation: in each round the limit,
 * ours, each peer, ours again.
 *
 * @param size of the file
 * @param count messages of a round
 * @param atOnce messages in flight
 * @param traffic how ours are made; peers ask for no MDN
 * @param limit what it is measured by
 * @param ours how our process is started
 */
record SendBench(
    String id, Unit unit, Size size, Load load, Traffic traffic, Limit limit, Ours ours)
    implements Bench {

  /** How many messages make a round, how many are in flight, and of how many peers take part. */
  record Load(int count, int atOnce, boolean withPeers) {}

  /** How our process is started. */
  record Ours(String heap, Rsa rsa, Results results) {
    static final Ours USUAL = new Ours(Lab.HEAP, Rsa.NATIVE, Results.ON_DISK);
  }

  /** Where our result files go; peers write none. */
  enum Results {
    /** Two files per message, each forced to disk. */
    ON_DISK,
    /** Into a file system in memory, so that a disk's speed is not what is measured. */
    IN_MEMORY
  }

  /** Who signs. */
  enum Rsa {
    /** Amazon Corretto Crypto Provider, as the command has it with it. */
    NATIVE,
    /** The JDK: the other one is not on the class path. */
    JDK
  }

  @Override
  public Row run(Lab lab) throws IOException {
    try (Lab.Endpoint sink = lab.sink(traffic.mdn());
        Lab.Endpoint plain = lab.sink(false);
        Contestant us = OurContestants.start(lab, sink.url(), traffic, ours);
        Field peers = Field.of(lab, plain, this)) {
      warmUp(lab, us);
      sink.counts();
      peers.warmUp(lab);
      List<Double> limits = new ArrayList<>();
      Path file = lab.data(size);
      for (int round = 0; round < lab.options().rounds(); round++) {
        limits.add(limit.measure(lab));
        us.measure(file, count(lab), load.atOnce(), unit);
        if (peers.measure(lab, round)) {
          us.measure(file, count(lab), load.atOnce(), unit);
        }
      }
      return row(us, peers, new Figures(limits), sink);
    }
  }

  /** Messages of a round of ours. */
  int count(Lab lab) {
    return lab.count(load.count(), Math.min(load.count(), 20));
  }

  private void warmUp(Lab lab, Contestant us) throws IOException {
    if (size == Size.KIB4) {
      us.warmUp(lab.data(Size.KIB4), lab.count(24_000, 20), load.atOnce());
      return;
    }
    us.warmUp(lab.data(Size.MIB1), lab.count(400, 2), load.atOnce());
    us.warmUp(lab.data(Size.MIB100), lab.count(8, 1), 1);
  }

  private Row row(Contestant us, Field peers, Figures limits, Lab.Endpoint sink)
      throws IOException {
    Map<String, Object> more = new LinkedHashMap<>();
    more.put("limitIs", limit.meaning());
    more.put("limitRounds", limits.rounds());
    if (us.outcome().figures().isPresent()) {
      more.put("cpuSecondsPerMessage", us.cpuSecondsPerMessage());
    }
    more.put("messagesPerRound", load.count());
    more.put("atOnce", load.atOnce());
    JsonNode counts = sink.counts(); // since the warm-up, ours alone
    more.put(
        "wireBytesPerMessage",
        counts.get("bodyBytes").asDouble() / Math.max(1, counts.get("messages").asLong()));
    more.put("heap", ours.heap());
    more.put("rsa", ours.rsa().name());
    more.put("results", ours.results().name());
    peers.describe(more);
    return new Row(
        id,
        unit,
        us.outcome(),
        OptionalDouble.of(limits.median()),
        peers.outcomes(),
        OptionalDouble.of(us.peakRssMiB()),
        more);
  }
}
