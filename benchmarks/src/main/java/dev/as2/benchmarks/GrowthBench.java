package dev.as2.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.as2.benchmarks.SendBench.Ours;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** What a byte costs, and what a message allocates, from 1 MiB to 16 GiB, one after the other. */
record GrowthBench(String id) implements Bench {
  private static final Map<Size, Integer> COUNTS =
      new LinkedHashMap<>(Map.of(Size.MIB1, 400, Size.MIB100, 8, Size.GIB1, 2, Size.GIB16, 1));

  @Override
  public Unit unit() {
    return Unit.SPREAD;
  }

  @Override
  public Row run(Lab lab) throws IOException {
    try (Lab.Endpoint sink = lab.sink(false);
        Child us =
            lab.start(
                OurContestants.command(
                    lab, OurProbe.class, sink.url(), new Lab.Traffic(false, false), Ours.USUAL))) {
      us.ask("allocate " + lab.data(Size.MIB1) + " " + lab.count(400, 2));
      us.ask("allocate " + lab.data(Size.MIB100) + " " + lab.count(8, 1));
      List<Map<String, Object>> sizes = new ArrayList<>();
      double least = Double.MAX_VALUE;
      double most = 0;
      for (Size size : new Size[] {Size.MIB1, Size.MIB100, Size.GIB1, Size.GIB16}) {
        Cost one = measure(lab, us, size);
        sizes.add(one.described());
        double cost = one.nsPerByte();
        least = Math.min(least, cost);
        most = Math.max(most, cost);
      }
      Map<String, Object> more = new LinkedHashMap<>();
      more.put("limitIs", "the same cost at all sizes");
      more.put("sizes", sizes);
      return new Row(
          id,
          unit(),
          Row.Outcome.of(Figures.of(most / least)),
          OptionalDouble.of(1),
          Map.of(),
          OptionalDouble.of(us.ask("look").get("peakRssMiB").asDouble()),
          more);
    }
  }

  /** What one size costs, in medians. */
  private record Cost(Size size, long bytes, double nsPerByte, double allocatedBytesPerMessage) {
    Map<String, Object> described() {
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("size", size.label());
      all.put("bytes", bytes);
      all.put("nsPerByte", nsPerByte);
      all.put("allocatedBytesPerMessage", allocatedBytesPerMessage);
      return all;
    }
  }

  private static Cost measure(Lab lab, Child us, Size size) throws IOException {
    Path file = lab.data(size);
    int count = lab.count(COUNTS.getOrDefault(size, 1), 1);
    List<Double> costs = new ArrayList<>();
    List<Double> allocated = new ArrayList<>();
    for (int round = 0; round < lab.options().rounds(); round++) {
      JsonNode answer = us.ask("allocate " + file + " " + count);
      costs.add(answer.get("seconds").asDouble() * 1e9 / count / lab.bytes(size));
      allocated.add(answer.get("allocatedBytesPerMessage").asDouble());
    }
    Cost one =
        new Cost(
            size, lab.bytes(size), new Figures(costs).median(), new Figures(allocated).median());
    System.err.println("    " + one.described());
    return one;
  }
}
