package dev.as2.daemon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * The class path of the tests for daemons that they start, with an archive of the classes that such
 * a daemon loads: a start takes two thirds of the work. An archive is of jars only, so folders of
 * classes become some. Made once for a build; JVMs that need it at the same time wait for the
 * first.
 */
final class QuickStart {
  private static final Path FOLDER = Path.of("target", "quick-start").toAbsolutePath();
  private static final Path ARCHIVE = FOLDER.resolve("daemon.jsa");
  private static final List<String> OPTIONS = prepared();

  private QuickStart() {}

  /** What a JVM is told so that it finds its classes. */
  static List<String> options() {
    return OPTIONS;
  }

  private static List<String> prepared() {
    try {
      Files.createDirectories(FOLDER);
      try (FileChannel channel =
              FileChannel.open(
                  FOLDER.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        return prepared(lock);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> prepared(FileLock lock) throws IOException {
    if (!lock.isValid()) {
      throw new IOException("another JVM makes the archive");
    }
    List<String> jars = new ArrayList<>();
    List<Path> folders = new ArrayList<>();
    for (String each : System.getProperty("java.class.path").split(":")) {
      boolean folder = Files.isDirectory(Path.of(each));
      jars.add(folder ? FOLDER.resolve(folders.size() + ".jar").toString() : each);
      if (folder) {
        folders.add(Path.of(each));
      }
    }
    String path = String.join(":", jars);
    Path stamp = FOLDER.resolve("of");
    String now = System.getProperty("java.home") + "\n" + path + "\n" + newest(folders);
    if (!Files.exists(stamp) || !Files.readString(stamp).equals(now)) {
      for (int i = 0; i < folders.size(); i++) {
        pack(folders.get(i), FOLDER.resolve(i + ".jar"));
      }
      Files.deleteIfExists(ARCHIVE);
      train(List.of("-XX:ArchiveClassesAtExit=" + ARCHIVE, "-cp", path));
      Files.writeString(stamp, now);
    }
    return List.of("-XX:SharedArchiveFile=" + ARCHIVE, "-cp", path);
  }

  /** When any of the classes was made last, in milliseconds since 1970. */
  private static long newest(List<Path> folders) throws IOException {
    long newest = 0;
    for (Path folder : folders) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path each : (Iterable<Path>) files::iterator) {
          newest = Math.max(newest, Files.getLastModifiedTime(each).toMillis());
        }
      }
    }
    return newest;
  }

  private static void pack(Path folder, Path jar) {
    int code =
        ToolProvider.findFirst("jar")
            .orElseThrow()
            .run(
                System.err,
                System.err,
                "-c",
                "-0",
                "-f",
                jar.toString(),
                "-C",
                folder.toString(),
                ".");
    if (code != 0) {
      throw new AssertionError("jar ended with " + code + " for " + folder);
    }
  }

  /** One life that begins as each does, and ends in peace. */
  private static void train(List<String> options) throws IOException {
    Path state = Files.createTempDirectory(FOLDER, "state-").resolve("state");
    try (DaemonProcess daemon = DaemonProcess.start(options, state)) {
      daemon.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
