package dev.as2.benchmarks;

import dev.as2.benchmarks.Lab.Traffic;
import dev.as2.benchmarks.SendBench.Ours;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The largest message from S3, beside the same from a local file and beside reading the object
 * only, in alternation.
 */
record S3Bench(String id) implements Bench {
  private static final Traffic SEALED = new Traffic(false, false);

  @Override
  public Unit unit() {
    return Unit.MB_PER_S;
  }

  @Override
  public Row run(Lab lab) throws IOException {
    try (S3Peer server = S3Peer.start(lab);
        Lab.Endpoint sink = lab.sink(false);
        Contestant bare = new Contestant("bare GET", lab.start(get(lab, sink, server)));
        Contestant local = OurContestants.start(lab, sink.url(), SEALED, Ours.USUAL);
        Contestant ours = new Contestant("from S3", lab.start(ours(lab, sink, server)))) {
      Contestant[] all = {bare, local, ours};
      for (Contestant one : all) {
        one.warmUp(lab.data(Size.MIB1), lab.count(300, 2), 1);
        one.warmUp(lab.data(Size.MIB100), lab.count(8, 1), 1);
      }
      Path file = lab.data(Size.GIB1);
      bare.warmUp(file, 1, 1); // which puts it there
      List<Double> serving = new ArrayList<>();
      for (int round = 0; round < lab.options().rounds(); round++) {
        bare.measure(file, 1, 1, unit());
        local.measure(file, 1, 1, unit());
        double before = server.cpuSeconds();
        ours.measure(file, 1, 1, unit());
        serving.add(server.cpuSeconds() - before);
      }
      return row(bare, local, ours, new Figures(serving).median());
    }
  }

  private Row row(Contestant bare, Contestant local, Contestant ours, double serverCpuSeconds)
      throws IOException {
    double get = bare.required();
    double file = local.required();
    Map<String, Object> more = new LinkedHashMap<>();
    more.put("limitIs", "the slower of the bare GET and the same from a local file");
    more.put("bareGet", get);
    more.put("fromLocalFile", file);
    more.put("cpuSecondsPerMessage", ours.cpuSecondsPerMessage());
    more.put("bareGetCpuSeconds", bare.cpuSecondsPerMessage());
    more.put("fromLocalFileCpuSeconds", local.cpuSecondsPerMessage());
    more.put("serverCpuSeconds", serverCpuSeconds);
    return new Row(
        id,
        unit(),
        ours.outcome(),
        OptionalDouble.of(Math.min(get, file)),
        Map.of(),
        OptionalDouble.of(ours.peakRssMiB()),
        more);
  }

  private static Child.Command get(Lab lab, Lab.Endpoint sink, S3Peer server) throws IOException {
    Child.Command ours = ours(lab, sink, server);
    return ours.with("s3-get", S3Get.class.getName(), ours.arguments());
  }

  private static Child.Command ours(Lab lab, Lab.Endpoint sink, S3Peer server) throws IOException {
    return OurContestants.command(
        lab, OurSender.class, sink.url(), SEALED, Ours.USUAL, "s3=" + server.endpoint());
  }
}
