package dev.as2.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What all works of a run share: folders, keys, data, and how each process is started. Not safe for
 * use by several threads.
 */
final class Lab implements AutoCloseable {
  /** Small enough to show that nothing is held whole. */
  static final String HEAP = "256m";

  private final Options options;
  private final Path folder;

  /** Linux keeps it in memory. */
  private static final Path IN_MEMORY = Path.of("/dev/shm");

  private final Path work;
  private final Path memory;
  private final KeyFiles keys;
  private final List<Child> raw = new ArrayList<>();
  private int started;

  /**
   * @param folder the benchmarks' own
   */
  Lab(Options options, Path folder) throws IOException, GeneralSecurityException {
    this.options = options;
    this.folder = folder;
    Path target = Files.createDirectories(folder.resolve("target"));
    this.work = Files.createTempDirectory(target, "run-");
    this.memory =
        Files.isWritable(IN_MEMORY) ? Files.createTempDirectory(IN_MEMORY, "as2-run-") : work;
    this.keys = KeyFiles.create(work);
  }

  Options options() {
    return options;
  }

  /** The sender's certificates and key as files; see {@link KeyFiles}. */
  Path key(String name) {
    return work.resolve(name);
  }

  /** The checkout. */
  Path root() {
    return folder.resolve("..").toAbsolutePath().normalize();
  }

  /** A folder of this run, for whatever has to be written. */
  Path scratch(String name) throws IOException {
    return Files.createDirectories(work.resolve(name + "-" + ++started));
  }

  /** The same in the machine's memory, where the machine has such a folder. */
  Path scratchInMemory(String name) throws IOException {
    return Files.createDirectories(memory.resolve(name + "-" + ++started));
  }

  Path data(Size size) throws IOException {
    return size.file(folder.resolve("target/data"), options.smoke());
  }

  long bytes(Size size) {
    return size.bytes(options.smoke());
  }

  /** As many as were asked for, or what is enough to see that it works. */
  int count(int full, int smoke) {
    return options.smoke() ? smoke : full;
  }

  /** Takes messages; see {@link Sink} and {@link MdnSink}. */
  Endpoint sink(boolean mdn) throws IOException {
    return mdn ? mdnSink(false) : endpoint(ours("sink", Sink.class, "1g", List.of()));
  }

  /** A {@link MdnSink} that holds its answers back. */
  Endpoint holdingSink() throws IOException {
    return mdnSink(true);
  }

  private Endpoint mdnSink(boolean holds) throws IOException {
    return endpoint(
        ours("mdn-sink", MdnSink.class, "1g", List.of("keystore=" + keys.sink(), "hold=" + holds)));
  }

  private Endpoint endpoint(Child.Command command) throws IOException {
    Child child = start(command);
    return new Endpoint(child, child.answer().get("port").asInt());
  }

  /** A process of the benchmarks' own class path. */
  Child.Command ours(String name, Class<?> main, String heap, List<String> arguments)
      throws IOException {
    return new Child.Command(name, List.of("-Xmx" + heap), classPath(), main.getName(), arguments);
  }

  /**
   * A contender's arguments.
   *
   * @param url where it sends to
   */
  List<String> arguments(String url, Traffic traffic) {
    return List.of(
        "url=" + url,
        "keystore=" + keys.sender(),
        "compress=" + traffic.compress(),
        "mdn=" + (traffic.mdn() ? "signed" : "none"));
  }

  /** How messages are made. */
  record Traffic(boolean compress, boolean mdn) {}

  Child start(Child.Command command) throws IOException {
    return Child.start(command, work);
  }

  /** Starts a process that is no child of ours by its manners; see {@link Child#startServer}. */
  Child startServer(Child.Command command) throws IOException {
    return Child.startServer(command, work);
  }

  /** The rate of one of {@link Raw}'s works. */
  double raw(String name) throws IOException {
    if (raw.isEmpty()) {
      raw.add(start(ours("raw", Raw.class, "256m", List.of(data(Size.MIB1).toString()))));
    }
    return raw.get(0).ask(name).get("rate").asDouble();
  }

  private String classPath() throws IOException {
    Path target = folder.resolve("target");
    return target.resolve("classes") + File.pathSeparator + jars(target.resolve("lib"));
  }

  /** All jars of a folder, in the same order on every machine. */
  static String jars(Path lib) throws IOException {
    if (!Files.isDirectory(lib)) {
      throw new IOException("no jars in " + lib + ": it is not built");
    }
    try (Stream<Path> jars = Files.list(lib)) {
      return jars.sorted().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
  }

  @Override
  public void close() throws IOException {
    raw.forEach(Child::close);
    // Result files by the ten thousand; logs stay where something went wrong.
    if (!options.keep()) {
      Folders.delete(work);
      if (!memory.equals(work)) {
        Folders.delete(memory);
      }
    }
  }

  /** A sink that runs. */
  record Endpoint(Child child, int port) implements AutoCloseable {
    String url() {
      return "http://127.0.0.1:" + port + "/as2";
    }

    /** What came since the last call. */
    JsonNode counts() throws IOException {
      return child.ask("counts");
    }

    /** Lets all answers go that are held back. */
    void release() throws IOException {
      child.ask(SinkControl.RELEASE);
    }

    @Override
    public void close() {
      child.close();
    }
  }
}
