package dev.as2.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Four gigabytes through a heap of 64 MiB, both the sender and the partner that it starts: in a
 * process of its own, whose peak memory is read from Linux's account of it.
 */
@Tag("large")
class LargeFileTest {
  private static final long FILE_BYTES = 4L << 30;

  /** Heap, direct buffers, code, threads and the JVM itself. */
  private static final long MOST_RESIDENT_KIB = 400 << 10;

  @TempDir Path folder;

  @ParameterizedTest(name = "Compression {0}")
  @ValueSource(strings = {"DISABLED", "ZLIB"})
  void passesInConstantMemory(String compression) throws Exception {
    Path state = folder.resolve("state");
    Path file = generate(folder.resolve("large.edi"));
    assertThat(demo(state).exitCode()).isZero();
    Path connector;
    try (Stream<Path> connectors = Files.list(state.resolve("config/connectors"))) {
      connector = connectors.findFirst().orElseThrow();
    }
    String json = Files.readString(connector);
    Files.writeString(
        connector,
        json.replaceAll("(\"Compression\"\\s*:\\s*)\"\\w+\"", "$1\"" + compression + "\""));

    Run run = demo(state, file.toString());

    System.err.printf("4 GiB, Compression %s: peak %d KiB%n%s%n", compression, run.peakKib(), run);
    assertThat(run.output()).contains("COMPLETED").contains("(identical)");
    assertThat(run.exitCode()).isZero();
    assertThat(run.output().contains("compressed")).isEqualTo(compression.equals("ZLIB"));
    assertThat(run.peakKib()).isPositive().isLessThan(MOST_RESIDENT_KIB);
  }

  /** An X12 interchange of many segments, each other than the one before. */
  private static Path generate(Path file) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      byte[] line = new byte[0];
      for (long written = 0, n = 0; written < FILE_BYTES; written += line.length, n++) {
        String segment =
            "PO1*%09d*%d*EA*%d.%02d**BP*ITEM%08X~\r\n"
                .formatted(n, n % 997, n % 4999, n % 100, n * 2_654_435_761L & 0xFFFF_FFFFL);
        line = segment.repeat(64).getBytes(StandardCharsets.US_ASCII);
        out.write(line);
      }
    }
    return file;
  }

  private record Run(int exitCode, long peakKib, String output) {
    @Override
    public String toString() {
      return output;
    }
  }

  private Run demo(Path state, String... arguments) throws Exception {
    Path output = Files.createTempFile(folder, "demo", ".txt");
    List<String> command =
        Stream.concat(
                Stream.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx64m",
                    "-cp",
                    System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")),
                    As2Command.class.getName(),
                    "demo",
                    "--state",
                    state.toString()),
                Stream.of(arguments))
            .toList();
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    long peak = 0;
    while (!process.waitFor(100, TimeUnit.MILLISECONDS)) {
      peak = Math.max(peak, peakKib(process.pid()));
    }
    return new Run(process.exitValue(), peak, Files.readString(output));
  }

  private static long peakKib(long pid) throws IOException {
    try (Stream<String> status = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      return status
          .filter(line -> line.startsWith("VmHWM"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      if (Files.exists(Path.of("/proc/" + pid))) {
        throw e;
      }
      return 0; // it has just ended
    }
  }
}
