package dev.as2.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The driver: does all works one after the other, prints the table, and writes the results. Runs in
 * the benchmarks' folder.
 */
final class Run {
  private Run() {}

  /** Arguments: {@link Options#USAGE}. Exit code 1 where one of our own works failed. */
  public static void main(String[] arguments) throws IOException, GeneralSecurityException {
    Options options;
    List<Bench> wanted;
    try {
      options = Options.parse(arguments);
      wanted = wanted(options);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.print(Options.USAGE);
      System.exit(2);
      return;
    }
    Path folder = Path.of("").toAbsolutePath();
    Report report = measure(options, wanted, folder);
    System.out.print(new TextTable(report.rows()));
    write(options, folder, report);
    System.exit(report.rows().stream().anyMatch(row -> row.ours().error().isPresent()) ? 1 : 0);
  }

  private static List<Bench> wanted(Options options) {
    List<String> ids = Benches.all().stream().map(Bench::id).toList();
    for (String id : options.rows()) {
      if (!ids.contains(id)) {
        throw new IllegalArgumentException("no row " + id + "; there are " + ids);
      }
    }
    return Benches.all().stream()
        .filter(bench -> options.rows().isEmpty() || options.rows().contains(bench.id()))
        .toList();
  }

  private static Report measure(Options options, List<Bench> wanted, Path folder)
      throws IOException, GeneralSecurityException {
    Map<String, Object> facts = Machine.facts(folder);
    List<Row> rows = new ArrayList<>();
    try (Lab lab = new Lab(options, folder)) {
      for (Bench bench : wanted) {
        System.err.println(bench.id());
        rows.add(row(bench, lab));
      }
      if (options.rows().isEmpty()) {
        facts.put("raw", RawRates.measure(lab));
      }
    }
    return new Report(facts, rows);
  }

  /** A work of ours that fails does not keep the others from being measured. */
  private static Row row(Bench bench, Lab lab) {
    try {
      return bench.run(lab);
    } catch (IOException e) {
      System.err.println("    failed: " + e.getMessage());
      return Row.failed(bench.id(), bench.unit(), String.valueOf(e.getMessage()));
    }
  }

  /** Only a whole run becomes what the documents show. */
  private static void write(Options options, Path folder, Report report) throws IOException {
    String name = options.smoke() ? "smoke" : options.isWhole() ? "latest" : "partial";
    Path to = Files.createDirectories(folder.resolve(options.isWhole() ? "results" : "target"));
    Files.writeString(to.resolve(name + ".json"), report.json());
    Files.writeString(to.resolve(name + ".svg"), new Chart(report).svg());
    System.out.println();
    System.out.println(
        "written: "
            + folder.resolve("..").normalize().relativize(to.resolve(name + ".json"))
            + ", .svg");
  }
}
