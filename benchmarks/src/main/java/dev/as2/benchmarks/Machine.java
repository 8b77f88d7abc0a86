package dev.as2.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where and with what a run was made. */
final class Machine {
  private static final Pattern VERSIONED =
      Pattern.compile(
          "(as2-core|as2-lib|openas2-server|camel-as2-component|camel-as2|camel-as2-api|netty-transport|bcpkix-jdk\\w+"
              + "|AmazonCorrettoCryptoProvider|s3proxy|s3)-(\\d[^/]*?)(?:-linux-\\w+)?\\.jar");

  private Machine() {}

  /**
   * Date, machine, JDK and versions.
   *
   * @param folder the benchmarks' own
   */
  static Map<String, Object> facts(Path folder) throws IOException {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    facts.put("machine", machine());
    facts.put(
        "jdk",
        System.getProperty("java.vendor")
            + " "
            + System.getProperty("java.runtime.version")
            + ", "
            + System.getProperty("java.vm.name"));
    facts.put("versions", versions(folder));
    return facts;
  }

  private static Map<String, Object> machine() throws IOException {
    Map<String, Object> machine = new LinkedHashMap<>();
    machine.put(
        "cpu",
        line(Path.of("/proc/cpuinfo"), "model name\\s*:\\s*(.*)")
            .orElse(System.getProperty("os.arch")));
    machine.put("cores", Runtime.getRuntime().availableProcessors());
    machine.put(
        "memoryMiB",
        line(Path.of("/proc/meminfo"), "MemTotal:\\s*(\\d+) kB")
            .map(kib -> Long.parseLong(kib) / 1024)
            .orElse(0L));
    machine.put(
        "os",
        line(Path.of("/etc/os-release"), "PRETTY_NAME=\"?([^\"]*)\"?").orElse("")
            + ", "
            + System.getProperty("os.name")
            + " "
            + System.getProperty("os.version"));
    return machine;
  }

  private static Optional<String> line(Path file, String pattern) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Pattern whole = Pattern.compile(pattern);
    return Files.readAllLines(file).stream()
        .map(whole::matcher)
        .filter(Matcher::matches)
        .map(matcher -> matcher.group(1))
        .findFirst();
  }

  /** As the names of the jars say, of our class path and of the peers'. */
  private static Map<String, String> versions(Path folder) throws IOException {
    Map<String, String> versions = new TreeMap<>();
    versions.putAll(versionsIn("", folder.resolve("target/lib")));
    for (PeerProduct peer : PeerProduct.values()) {
      versions.putAll(
          versionsIn(
              peer.label() + "'s ", folder.resolve("peers/" + peer.label() + "/target/lib")));
    }
    return versions;
  }

  private static Map<String, String> versionsIn(String owner, Path lib) throws IOException {
    Map<String, String> found = new TreeMap<>();
    if (Files.isDirectory(lib)) {
      try (Stream<Path> jars = Files.list(lib)) {
        jars.map(jar -> VERSIONED.matcher(jar.getFileName().toString()))
            .filter(Matcher::matches)
            .forEach(jar -> found.put(owner + jar.group(1), jar.group(2)));
      }
    }
    return found;
  }
}
