package dev.as2.benchmarks;

import com.sun.management.ThreadMXBean;
import dev.as2.benchmarks.contender.Setup;
import dev.as2.core.SendResult;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Looks into our sender's process while it works. A line of standard input is {@code allocate FILE
 * COUNT} (sends one after the other, and says what was allocated), {@code begin FILE COUNT} (begins
 * to send all at once), {@code look} (at heap, threads and memory, after a garbage collection) or
 * {@code finish} (waits for all that was begun). Arguments: a contender's, and those of {@link
 * OurEngine}.
 */
final class OurProbe {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final OurEngine engine;
  private final List<CompletableFuture<SendResult>> begun = new ArrayList<>();

  private OurProbe(OurEngine engine) {
    this.engine = engine;
  }

  public static void main(String[] arguments) throws IOException, GeneralSecurityException {
    PrintStream answers = System.out;
    System.setOut(System.err);
    OurProbe probe = new OurProbe(OurEngine.of(Setup.of(arguments)));
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      answers.println(probe.answer(line.split(" ")));
    }
    System.exit(0);
  }

  private String answer(String[] words) throws IOException {
    return switch (words[0]) {
      case "allocate" -> allocate(Path.of(words[1]), Integer.parseInt(words[2]));
      case "begin" -> begin(Path.of(words[1]), Integer.parseInt(words[2]));
      case "look" -> look();
      case "finish" -> finish();
      default -> throw new IllegalArgumentException("unknown: " + words[0]);
    };
  }

  private String allocate(Path file, int count) {
    Map<Long, Long> before = allocated();
    long begin = System.nanoTime();
    for (int i = 0; i < count; i++) {
      engine.send(file).join();
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    long bytes =
        allocated().entrySet().stream()
            .mapToLong(e -> e.getValue() - before.getOrDefault(e.getKey(), 0L))
            .sum();
    return String.format(
        Locale.ROOT, "{\"seconds\":%.6f,\"allocatedBytesPerMessage\":%d}", seconds, bytes / count);
  }

  /** By thread; those that are gone are forgotten, and ours outlive a message. */
  private static Map<Long, Long> allocated() {
    long[] ids = THREADS.getAllThreadIds();
    long[] bytes = THREADS.getThreadAllocatedBytes(ids);
    Map<Long, Long> all = new HashMap<>();
    for (int i = 0; i < ids.length; i++) {
      if (bytes[i] >= 0) {
        all.put(ids[i], bytes[i]);
      }
    }
    return all;
  }

  private String begin(Path file, int count) {
    for (int i = 0; i < count; i++) {
      begun.add(engine.send(file));
    }
    return "{\"begun\":" + count + "}";
  }

  private String look() throws IOException {
    System.gc();
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    return String.format(
        Locale.ROOT,
        "{\"heapMiB\":%.2f,\"rssMiB\":%.1f,\"peakRssMiB\":%.1f,\"threads\":%d,\"waiting\":%d}",
        heap / 1048576.0,
        status("VmRSS:"),
        status("VmHWM:"),
        THREADS.getThreadCount(),
        begun.stream().filter(send -> !send.isDone()).count());
  }

  private static double status(String name) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith(name)) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
      }
    }
    throw new IOException("/proc/self/status has no " + name);
  }

  private String finish() {
    long failed =
        begun.stream()
            .filter(send -> send.handle((result, failure) -> failure != null).join())
            .count();
    String why =
        begun.stream()
            .map(send -> send.handle((result, e) -> e == null ? "" : e.getMessage()).join())
            .filter(text -> !text.isEmpty())
            .findFirst()
            .orElse("");
    begun.clear();
    return failed == 0
        ? "{\"failed\":0}"
        : "{\"error\":\"%d failed, the first: %s\"}"
            .formatted(failed, why.replaceAll("[\"\\\\\\p{Cntrl}]", " "));
  }
}
