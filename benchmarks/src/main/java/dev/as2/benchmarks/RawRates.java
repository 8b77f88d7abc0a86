package dev.as2.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The machine's limits, all of them, as the results show them beside the table. */
final class RawRates {
  private static final List<String> WORKS =
      List.of("aes", "sha", "deflate", "deflate-2", "rsa-jdk", "rsa-jdk-2", "rsa-native", "rsa-native-2");

  private RawRates() {}

  /** Medians: of {@link Raw}'s works, and of a bare upload of the largest file. */
  static Map<String, Object> measure(Lab lab) throws IOException {
    Map<String, Object> rates = new LinkedHashMap<>();
    for (String work : WORKS) {
      rates.put(work, median(lab, work));
    }
    rates.put("bareUpload", bareUpload(lab));
    return rates;
  }

  private static Object median(Lab lab, String work) throws IOException {
    List<Double> rounds = new ArrayList<>();
    try {
      for (int round = 0; round < lab.options().rounds(); round++) {
        rounds.add(lab.raw(work));
      }
      return new Figures(rounds).median();
    } catch (Child.ChildFailed e) {
      return String.valueOf(e.getMessage()); // no native provider on this machine, for one
    }
  }

  private static Object bareUpload(Lab lab) throws IOException {
    Path file = lab.data(Size.GIB1);
    try (Lab.Endpoint sink = lab.sink(false);
        Contestant bare =
            new Contestant(
                "bare upload",
                lab.start(
                    lab.ours(
                        "bare-upload",
                        BareUpload.class,
                        Lab.HEAP,
                        lab.arguments(sink.url(), new Lab.Traffic(false, false)))))) {
      bare.warmUp(lab.data(Size.MIB1), lab.count(400, 2), 1);
      bare.warmUp(lab.data(Size.MIB100), lab.count(8, 1), 1);
      for (int round = 0; round < lab.options().rounds(); round++) {
        bare.measure(file, 1, 1, Unit.MB_PER_S);
      }
      return bare.required();
    }
  }
}
