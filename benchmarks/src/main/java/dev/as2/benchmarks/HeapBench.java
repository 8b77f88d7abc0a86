package dev.as2.benchmarks;

import dev.as2.benchmarks.Lab.Traffic;
import dev.as2.benchmarks.SendBench.Ours;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** The largest message in smaller and smaller heaps, in alternation. */
record HeapBench(String id) implements Bench {
  private static final Traffic SEALED = new Traffic(false, false);

  @Override
  public Unit unit() {
    return Unit.MB_PER_S;
  }

  @Override
  public Row run(Lab lab) throws IOException {
    Path file = lab.data(Size.GIB1);
    try (Lab.Endpoint sink = lab.sink(false);
        Contestant usual = OurContestants.start(lab, sink.url(), SEALED, Ours.USUAL);
        Contestant small =
            OurContestants.start(
                lab,
                sink.url(),
                SEALED,
                new Ours("64m", SendBench.Rsa.NATIVE, SendBench.Results.ON_DISK));
        Contestant tiny =
            OurContestants.start(
                lab,
                sink.url(),
                SEALED,
                new Ours("32m", SendBench.Rsa.NATIVE, SendBench.Results.ON_DISK))) {
      for (Contestant one : List.of(usual, small, tiny)) {
        one.warmUp(lab.data(Size.MIB1), lab.count(400, 2), 1);
        one.warmUp(lab.data(Size.MIB100), lab.count(8, 1), 1);
      }
      for (int round = 0; round < lab.options().rounds(); round++) {
        usual.measure(file, 1, 1, unit());
        small.measure(file, 1, 1, unit());
        tiny.measure(file, 1, 1, unit());
      }
      return row(usual, small, tiny);
    }
  }

  private Row row(Contestant usual, Contestant small, Contestant tiny) {
    Map<String, Object> more = new LinkedHashMap<>();
    more.put("limitIs", "the same with -Xmx" + Ours.USUAL.heap());
    more.put("heap", "64m");
    more.put("usualPeakRssMiB", usual.peakRssMiB());
    tiny.outcome().figures().ifPresent(figures -> more.put("with32m", figures.median()));
    tiny.outcome().error().ifPresent(error -> more.put("with32mError", error));
    more.put("with32mPeakRssMiB", tiny.peakRssMiB());
    return new Row(
        id,
        unit(),
        small.outcome(),
        usual.outcome().median(),
        Map.of(),
        OptionalDouble.of(small.peakRssMiB()),
        more);
  }
}
