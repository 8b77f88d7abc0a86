package dev.as2.benchmarks;

import dev.as2.benchmarks.Lab.Traffic;
import dev.as2.benchmarks.SendBench.Ours;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Many large messages at once, beside the same messages one after the other, each in a process of
 * its own.
 */
record ManyBench(String id) implements Bench {
  private static final int AT_ONCE = 64;
  private static final Traffic SEALED = new Traffic(false, false);

  @Override
  public Unit unit() {
    return Unit.MB_PER_S;
  }

  @Override
  public Row run(Lab lab) throws IOException {
    Path file = lab.data(Size.MIB100);
    Path small = lab.data(Size.MIB1);
    try (Lab.Endpoint sink = lab.sink(false);
        Contestant many = OurContestants.start(lab, sink.url(), SEALED, Ours.USUAL);
        Contestant single = OurContestants.start(lab, sink.url(), SEALED, Ours.USUAL)) {
      for (Contestant one : new Contestant[] {many, single}) {
        one.warmUp(small, lab.count(400, 2), 1);
        one.warmUp(file, lab.count(4, 1), 1);
      }
      int count = lab.count(8, 1);
      for (int round = 0; round < lab.options().rounds(); round++) {
        single.measure(file, count, 1, unit());
        many.measure(file, AT_ONCE, AT_ONCE, unit());
        single.measure(file, count, 1, unit());
      }
      return row(many, single);
    }
  }

  private Row row(Contestant many, Contestant single) {
    Map<String, Object> more = new LinkedHashMap<>();
    more.put("limitIs", "the same messages one after the other");
    more.put("heap", Ours.USUAL.heap());
    more.put("singlePeakRssMiB", single.peakRssMiB());
    more.put("moreRssMiBPerMessage", (many.peakRssMiB() - single.peakRssMiB()) / AT_ONCE);
    more.put("rssMiBPerMessage", many.peakRssMiB() / AT_ONCE);
    return new Row(
        id,
        unit(),
        many.outcome(),
        single.outcome().median(),
        Map.of(),
        OptionalDouble.of(many.peakRssMiB()),
        more);
  }
}
