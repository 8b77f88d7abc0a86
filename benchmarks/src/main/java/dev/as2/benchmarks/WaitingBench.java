package dev.as2.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.as2.benchmarks.SendBench.Ours;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Ten thousand sends at once to a partner that takes them all and answers none for a minute,
 * counted from the last one. Then it answers, and each MDN is verified.
 */
record WaitingBench(String id) implements Bench {
  private static final double BAR_MIB = 512;
  private static final int MESSAGES = 10_000;
  private static final long MOST_SECONDS = 240; // then the first ones would give up

  @Override
  public Unit unit() {
    return Unit.MIB;
  }

  @Override
  public Row run(Lab lab) throws IOException {
    int messages = lab.count(MESSAGES, 200);
    Path file = lab.data(Size.KIB4);
    try (Lab.Endpoint sink = lab.holdingSink();
        Child us = lab.start(command(lab, sink, messages))) {
      JsonNode before = us.ask("look");
      long begin = System.nanoTime();
      us.ask("begin " + file + " " + messages);
      awaitAll(sink, messages, begin);
      double delivered = (System.nanoTime() - begin) / 1e9;
      JsonNode first = us.ask("look");
      pause(lab.count(60, 1));
      JsonNode last = us.ask("look");
      sink.release();
      us.ask("finish");
      JsonNode after = us.ask("look");
      Map<String, Object> more = new LinkedHashMap<>();
      more.put("limitIs", "the bar, in MiB of heap after a garbage collection");
      more.put("messages", messages);
      more.put("secondsUntilAllWereDelivered", delivered);
      more.put("waiting", last.get("waiting").asInt());
      more.put("threadsBefore", before.get("threads").asInt());
      more.put("threads", last.get("threads").asInt());
      more.put("rssMiB", last.get("rssMiB").asDouble());
      more.put("heapMiBBefore", before.get("heapMiB").asDouble());
      more.put("heapMiBAfter", after.get("heapMiB").asDouble());
      return new Row(
          id,
          unit(),
          Row.Outcome.of(
              Figures.of(first.get("heapMiB").asDouble(), last.get("heapMiB").asDouble())),
          OptionalDouble.of(BAR_MIB),
          Map.of(),
          OptionalDouble.of(after.get("peakRssMiB").asDouble()),
          more);
    }
  }

  private static Child.Command command(Lab lab, Lab.Endpoint sink, int messages)
      throws IOException {
    return OurContestants.command(
        lab,
        OurProbe.class,
        sink.url(),
        new Lab.Traffic(true, true),
        new Ours("1g", SendBench.Rsa.NATIVE, SendBench.Results.ON_DISK),
        "connections=" + messages);
  }

  private static void awaitAll(Lab.Endpoint sink, int messages, long begin) throws IOException {
    long came = 0;
    while (came < messages) {
      pause(1);
      came += sink.counts().get("messages").asLong();
      if (System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(MOST_SECONDS)) {
        throw new IOException(
            "only " + came + " of " + messages + " messages came in " + MOST_SECONDS + " s");
      }
    }
  }

  private static void pause(long seconds) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }
}
