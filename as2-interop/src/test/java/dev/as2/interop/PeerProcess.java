package dev.as2.interop;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The child JVM of a peer, and its folder. */
final class PeerProcess {
  private PeerProcess() {}

  /** Starts the peer on the JVM that runs the tests; it reads and writes only its folder. */
  static Process launch(PeerProduct product, String heap, Path folder) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> command = new ArrayList<>(List.of(java.toString(), "-Xmx" + heap));
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")); // starts in half the time
    command.addAll(product.jvmOptions());
    command.addAll(List.of("-cp", classPath(product)));
    command.addAll(List.of(product.mainClass(), folder.resolve("config.xml").toString()));
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log(folder).toFile())
            .start();
    process.getOutputStream().close(); // as2-server reads commands from its standard input
    // A run that is cut off leaves no server behind.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return process;
  }

  static Path log(Path folder) {
    return folder.resolve("log.txt");
  }

  /** Ends the process, by force where it does not end in time. */
  static void end(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  static void deleteTree(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(PeerProcess::delete);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The jars that the build copies, in the same order on every machine, as several of OpenAS2's
   * hold the same classes. Surefire runs in the module's folder.
   */
  private static String classPath(PeerProduct product) throws IOException {
    Path lib = Path.of("peers", product.folder(), "target", "lib").toAbsolutePath();
    if (!Files.isDirectory(lib)) {
      throw new IllegalStateException(
          "no jars of the peer in " + lib + "; build the module peers/" + product.folder());
    }
    try (Stream<Path> jars = Files.list(lib)) {
      return jars.sorted().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
  }
}
