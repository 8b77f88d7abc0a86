package dev.as2.daemon;

import dev.as2.daemon.serve.Daemon;
import dev.as2.daemon.serve.JsonLog;
import dev.as2.daemon.serve.ServeConfig;
import dev.as2.daemon.serve.Setting;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code as2 serve}. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = {
      "Send files for whoever asks through the API of AWS Transfer Family, and receive others;"
          + " lose none.",
      "",
      "The AWS CLI and SDKs work with --endpoint-url; the first access key is in the state folder's"
          + " file 'credentials'. What was accepted is sent whatever happens to this process.",
      ""
    },
    footer = {
      "",
      "Settings also stand in a file (--config) and in the environment (AS2_PORT and so on); all of"
          + " them are in docs/serve.md.",
      "The command runs until it is told to end (Ctrl-C, SIGTERM)."
    })
final class ServeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "A YAML file with settings, stores and watches (default: what AS2_SERVE_CONFIG says, or"
              + " none).")
  private Optional<Path> config = Optional.empty();

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description =
          "Where the daemon keeps what is its own (default: as2-state in the working directory).")
  private Optional<String> state = Optional.empty();

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "Where to listen (default: 127.0.0.1; 0.0.0.0 is everywhere).")
  private Optional<String> host = Optional.empty();

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Where to listen (default: 8080; 0 takes any that is free).")
  private Optional<String> port = Optional.empty();

  @Option(
      names = "--receive-port",
      paramLabel = "N",
      description = "Where to receive partners' messages (default: nowhere).")
  private Optional<String> receivePort = Optional.empty();

  @Option(
      names = "--database",
      paramLabel = "URL",
      description =
          "jdbc:sqlite:FILE or jdbc:postgresql:... (default: as2.db in the state folder).")
  private Optional<String> database = Optional.empty();

  @Option(
      names = "--bucket",
      paramLabel = "NAME=FOLDER",
      description = "A folder of this machine that is a bucket; may be given several times.")
  private Map<String, Path> buckets = new LinkedHashMap<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    JsonLog.install();
    PrintWriter out = spec.commandLine().getOut();
    ServeConfig settings =
        ServeConfig.read(file(), System.getenv(), new ServeConfig.Flags(flags(), buckets));
    CountDownLatch ended = new CountDownLatch(1);
    Daemon daemon = Daemon.start(settings, out);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(daemon, ended), "as2-end"));
    out.println("Listening on " + daemon.endpoint());
    daemon.receiving().ifPresent(url -> out.println("Receiving on " + url));
    out.println("Access key in " + daemon.credentials().toAbsolutePath());
    out.flush();
    ended.await();
    return 0;
  }

  private Optional<Path> file() {
    return config.or(() -> Optional.ofNullable(System.getenv("AS2_SERVE_CONFIG")).map(Path::of));
  }

  private Map<Setting, String> flags() {
    Map<Setting, String> flags = new EnumMap<>(Setting.class);
    state.ifPresent(value -> flags.put(Setting.STATE, value));
    host.ifPresent(value -> flags.put(Setting.HOST, value));
    port.ifPresent(value -> flags.put(Setting.PORT, value));
    receivePort.ifPresent(value -> flags.put(Setting.RECEIVE_PORT, value));
    database.ifPresent(value -> flags.put(Setting.DATABASE, value));
    return flags;
  }

  /** The process ends when this does, by a signal as by itself; what was to be kept is kept. */
  private static void end(Daemon daemon, CountDownLatch ended) {
    daemon.close();
    ended.countDown();
    Runtime.getRuntime().halt(0); // a JVM that a signal ends would say 143
  }
}
