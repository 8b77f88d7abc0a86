package dev.as2.transport;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Four gigabytes under an agreement, through a heap of 64 MiB that the sender has a part of: in a
 * process of its own, whose peak memory is read from Linux's account of it.
 */
@Tag("large")
class LargeReceptionTest {
  private static final long FILE_BYTES = 4L << 30;

  /** Heap, direct buffers, code, threads and the JVM itself. */
  private static final long MOST_RESIDENT_KIB = 400 << 10;

  @TempDir Path folder;

  @Test
  void isReceivedInConstantMemory() throws Exception {
    Path file = Files.createDirectory(folder.resolve("outbox")).resolve("850.edi");
    generate(file);
    Path output = folder.resolve("output.txt");
    Process process = start(output);
    long peak = 0;
    while (!process.waitFor(100, TimeUnit.MILLISECONDS)) {
      peak = Math.max(peak, peakKib(process.pid()));
    }

    String said = Files.readString(output);
    System.err.printf("4 GiB received: peak %d KiB%n%s%n", peak, said);
    assertThat(process.exitValue()).isZero();
    assertThat(said).contains("COMPLETED [compressed, signed, encrypted]");
    assertThat(peak).isPositive().isLessThan(MOST_RESIDENT_KIB);
    try (Stream<Path> received = Files.list(folder.resolve("inbox/from-us/processed"))) {
      Path stored =
          received.filter(path -> path.toString().endsWith(".edi")).findAny().orElseThrow();
      assertThat(Files.mismatch(stored, file)).isEqualTo(-1);
    }
    assertThat(folder.resolve("spool")).isEmptyDirectory();
  }

  private Process start(Path output) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> command =
        List.of(
            java, "-Xmx64m", "-cp", classes, SentAndReceived.class.getName(), folder.toString());
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  /** An X12 interchange of many segments, each other than the one before. */
  private static void generate(Path file) throws IOException {
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
  }

  private static long peakKib(long pid) throws IOException {
    Path account = Path.of("/proc/" + pid + "/status");
    try (Stream<String> status = Files.lines(account)) {
      return status
          .filter(line -> line.startsWith("VmHWM"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      if (Files.exists(account)) {
        throw e;
      }
      return 0; // it has just ended
    }
  }
}
