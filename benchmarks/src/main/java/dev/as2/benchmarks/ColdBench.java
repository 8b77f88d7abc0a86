package dev.as2.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The command: a process that starts, sends 4 KiB, verifies the MDN and ends; beside a Java that
 * only says its version. Both by wall and CPU time of the whole process, with the shell's.
 */
record ColdBench(String id) implements Bench {
  private static final Pattern TIME = Pattern.compile("(\\d+)m([\\d.]+)s");

  @Override
  public Unit unit() {
    return Unit.SECONDS;
  }

  /** What a process took, in seconds. */
  private record Taken(double wall, double cpu) {
    double both() {
      return wall + cpu;
    }
  }

  @Override
  public Row run(Lab lab) throws IOException {
    Path folder = lab.scratch("cold");
    Path file =
        Files.copy(
            lab.data(Size.KIB4), folder.resolve("4k.edi"), StandardCopyOption.REPLACE_EXISTING);
    List<String> version =
        List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-version");
    try (Lab.Endpoint sink = lab.sink(true)) {
      List<String> send =
          List.of(as2(lab), "send", "--connector", connector(lab, folder, sink), file.toString());
      taken(folder, send);
      taken(folder, version);
      List<Taken> ours = new ArrayList<>();
      List<Taken> java = new ArrayList<>();
      for (int round = 0; round < lab.count(11, 1); round++) {
        ours.add(taken(folder, send));
        java.add(taken(folder, version));
      }
      return row(ours, java);
    }
  }

  private Row row(List<Taken> ours, List<Taken> java) {
    Map<String, Object> more = new LinkedHashMap<>();
    more.put("limitIs", "java -version");
    more.put("wallSeconds", new Figures(ours.stream().map(Taken::wall).toList()).median());
    more.put("cpuSeconds", new Figures(ours.stream().map(Taken::cpu).toList()).median());
    more.put("javaWallSeconds", new Figures(java.stream().map(Taken::wall).toList()).median());
    more.put("javaCpuSeconds", new Figures(java.stream().map(Taken::cpu).toList()).median());
    return new Row(
        id,
        unit(),
        Row.Outcome.of(new Figures(ours.stream().map(Taken::both).toList())),
        OptionalDouble.of(new Figures(java.stream().map(Taken::both).toList()).median()),
        Map.of(),
        OptionalDouble.empty(),
        more);
  }

  private static String as2(Lab lab) {
    return lab.root().resolve("as2").toString();
  }

  /** A configuration that knows the sink, made with the command itself. */
  private static String connector(Lab lab, Path folder, Lab.Endpoint sink) throws IOException {
    Configuring as2 = new Configuring(as2(lab), folder);
    String partner = lab.key("partner.der").toString();
    String ours =
        as2.make(
            "cert",
            "certificate import ? --private-key ? --usage SIGNING",
            lab.key("us.der").toString(),
            lab.key("us.key").toString());
    String encryption = as2.make("cert", "certificate import ? --usage ENCRYPTION", partner);
    String signing = as2.make("cert", "certificate import ? --usage SIGNING", partner);
    String local = as2.make("p", "profile create --type LOCAL --as2-id us --certificate ?", ours);
    String remote =
        as2.make(
            "p",
            "profile create --type PARTNER --as2-id partner --certificate ? --certificate ?",
            encryption,
            signing);
    return as2.make(
        "c",
        "connector create --url ? --local-profile ? --partner-profile ? --encryption-algorithm"
            + " AES128_CBC",
        sink.url(),
        local,
        remote);
  }

  /**
   * The command, which fills a configuration folder.
   *
   * @param folder where it runs
   */
  private record Configuring(String as2, Path folder) {
    /**
     * Makes something, and returns its id.
     *
     * @param prefix of the id
     * @param words the command line; each {@code ?} stands for an argument
     */
    String make(String prefix, String words, String... arguments) throws IOException {
      List<String> command = new ArrayList<>(List.of(as2));
      Iterator<String> next = List.of(arguments).iterator();
      for (String word : words.split(" ")) {
        command.add(word.equals("?") ? next.next() : word);
      }
      String said = run(folder, command);
      Matcher id = Pattern.compile("\\b" + prefix + "-[0-9a-f]{17}\\b").matcher(said);
      if (!id.find()) {
        throw new IOException(command + " names no id: " + said);
      }
      return id.group();
    }
  }

  private static Taken taken(Path folder, List<String> command) throws IOException {
    List<String> timed =
        new ArrayList<>(
            List.of(
                "sh",
                "-c",
                "\"$@\" >/dev/null 2>out.log || { cat out.log; exit 1; }; times",
                "sh"));
    timed.addAll(command);
    long begin = System.nanoTime();
    String output = run(folder, timed);
    double wall = (System.nanoTime() - begin) / 1e9;
    double cpu = 0;
    Matcher time = TIME.matcher(output);
    while (time.find()) {
      cpu += Integer.parseInt(time.group(1)) * 60 + Double.parseDouble(time.group(2));
    }
    return new Taken(wall, cpu);
  }

  private static String run(Path folder, List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("AS2_CONFIG", folder.resolve("config").toString());
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(command + " failed: " + output);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    return output;
  }
}
