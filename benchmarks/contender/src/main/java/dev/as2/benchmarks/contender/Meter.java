package dev.as2.benchmarks.contender;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What this process used since the meter was made: wall time, CPU time of all its threads, and its
 * peak of resident memory as Linux counts it.
 */
final class Meter {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path CLEAR = Path.of("/proc/self/clear_refs");
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final long cpu;
  private final long wall;

  Meter() {
    resetPeak();
    cpu = SYSTEM.getProcessCpuTime();
    wall = System.nanoTime();
  }

  /** The answer to a command that sent so many messages of so many bytes each. */
  String read(long messages, long bytesOfOne) throws IOException {
    double seconds = (System.nanoTime() - wall) / 1e9;
    double cpuSeconds = (SYSTEM.getProcessCpuTime() - cpu) / 1e9;
    return String.format(
        Locale.ROOT,
        "{\"seconds\":%.6f,\"cpuSeconds\":%.6f,\"peakRssMiB\":%.1f,\"messages\":%d,\"bytes\":%d}",
        seconds,
        cpuSeconds,
        peakRssMiB(),
        messages,
        messages * bytesOfOne);
  }

  /** Sets VmHWM to the present size; where that is not allowed, the peak is that of the process. */
  private static void resetPeak() {
    try {
      Files.write(CLEAR, List.of("5"));
    } catch (IOException e) {
      System.err.println("The peak is that since the start of the process: " + e);
    }
  }

  private static double peakRssMiB() throws IOException {
    for (String line : Files.readAllLines(STATUS)) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
      }
    }
    throw new IOException(STATUS + " has no VmHWM");
  }
}
