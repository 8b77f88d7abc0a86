package dev.as2.daemon;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.transfer.TransferClient;

/**
 * {@code as2 serve} as a process of its own, with the class path of the tests, to be killed at any
 * moment and started again over the same state folder.
 */
public final class DaemonProcess implements AutoCloseable {
  private static final Pattern LISTENING = Pattern.compile("Listening on (\\S+)");
  private static final String RECEIVING = "Receiving on ";
  private static final int PATIENCE_SECONDS = 120;

  private final Process process;
  private final Path state;
  private final Output out;
  private final URI endpoint;

  /**
   * What a daemon prints.
   *
   * @param file to which each of its lives adds
   * @param before how many bytes its earlier lives printed
   */
  private record Output(Path file, long before) {
    String ofThisLife() throws IOException {
      return Files.readString(file).substring((int) before);
    }
  }

  private DaemonProcess(Process process, Path state, Output out, URI endpoint) {
    this.process = process;
    this.state = state;
    this.out = out;
    this.endpoint = endpoint;
  }

  /**
   * Starts a daemon and waits until it listens, on any free port.
   *
   * @param state its state folder; its output is appended to files beside that
   * @param arguments more flags of {@code as2 serve}
   */
  public static DaemonProcess start(Path state, String... arguments) throws IOException {
    return start(state, Map.of(), arguments);
  }

  /**
   * As {@link #start(Path, String...)}, with variables of the environment.
   *
   * @param environment for example {@code AS2_QUEUE_HEARTBEAT}
   */
  public static DaemonProcess start(
      Path state, Map<String, String> environment, String... arguments) throws IOException {
    return start(state, () -> launch(QuickStart.options(), state, environment, arguments));
  }

  /** Starts a daemon with other options of its JVM, which find its classes. */
  static DaemonProcess start(List<String> options, Path state) throws IOException {
    return start(state, () -> launch(options, state, Map.of()));
  }

  @FunctionalInterface
  private interface Launch {
    Process launch() throws IOException;
  }

  private static DaemonProcess start(Path state, Launch launch) throws IOException {
    Path out = Path.of(state + ".out");
    long written = Files.exists(out) ? Files.size(out) : 0;
    Process process = launch.launch();
    String endpoint =
        Awaitility.await("the daemon listens")
            .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
            .pollInterval(20, TimeUnit.MILLISECONDS)
            .until(
                () -> listening(process, out, written, Path.of(state + ".err")),
                Optional::isPresent)
            .orElseThrow();
    return new DaemonProcess(process, state, new Output(out, written), URI.create(endpoint));
  }

  /** Begins to start a daemon, and kills it after a time, whatever it is at then. */
  public static void killWhileItStarts(Path state, Duration moment, String... arguments)
      throws IOException, InterruptedException {
    killAfter(launch(QuickStart.options(), state, Map.of(), arguments), moment);
  }

  private static Process launch(
      List<String> options, Path state, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1", // most of them live for seconds
                "-XX:+UseSerialGC"));
    command.addAll(options);
    command.addAll(
        List.of("dev.as2.daemon.As2Command", "serve", "--state", state.toString(), "--port", "0"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(state + ".out")))
            .redirectError(ProcessBuilder.Redirect.appendTo(new File(state + ".err")));
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static Optional<String> listening(Process process, Path out, long written, Path err)
      throws IOException {
    Matcher line = LISTENING.matcher(Files.readString(out).substring((int) written));
    if (line.find()) {
      return Optional.of(line.group(1));
    }
    if (!process.isAlive()) {
      throw new AssertionError(
          "the daemon ended with " + process.exitValue() + ": " + Files.readString(err));
    }
    return Optional.empty();
  }

  public URI endpoint() {
    return endpoint;
  }

  /** Where it receives messages. */
  public URI receiving() {
    return Awaitility.await("the daemon receives")
        .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .until(
            () -> out.ofThisLife().lines().filter(line -> line.startsWith(RECEIVING)).findFirst(),
            Optional::isPresent)
        .map(line -> URI.create(line.substring(RECEIVING.length())))
        .orElseThrow();
  }

  public long pid() {
    return process.pid();
  }

  /** What it and its earlier lives printed, line by line. */
  public List<String> lines() throws IOException {
    return Files.readAllLines(out.file());
  }

  private static String credential(Path credentials, String name) throws IOException {
    return Files.readAllLines(credentials).stream()
        .filter(line -> line.startsWith(name + " = "))
        .findFirst()
        .orElseThrow()
        .substring(name.length() + " = ".length());
  }

  /** A client of its API, with its first access key. */
  public TransferClient client() throws IOException {
    return client(state.resolve("credentials"));
  }

  /**
   * As {@link #client()}, with the key of a file: several daemons over one database have one first
   * key, in the folder of the first of them.
   */
  public TransferClient client(Path credentials) throws IOException {
    return TransferClient.builder()
        .httpClient(UrlConnectionHttpClient.create())
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(
                    credential(credentials, "aws_access_key_id"),
                    credential(credentials, "aws_secret_access_key"))))
        .build();
  }

  /**
   * Has a connector ask for asynchronous MDNs: by the AWS CLI, as this SDK does not know
   * AsyncMdnConfig yet.
   */
  public void makeAsynchronous(String connector, URI mdns)
      throws IOException, InterruptedException {
    ProcessBuilder aws =
        new ProcessBuilder(
                "aws",
                "transfer",
                "update-connector",
                "--connector-id",
                connector,
                "--as2-config",
                "{\"MdnResponse\": \"ASYNC\", \"AsyncMdnConfig\": {\"Url\": \"%s\"}}"
                    .formatted(mdns))
            .redirectErrorStream(true);
    aws.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    aws.environment()
        .putAll(
            Map.of(
                "AWS_SHARED_CREDENTIALS_FILE", state.resolve("credentials").toString(),
                "AWS_CONFIG_FILE", state.resolve("none").toString(),
                "AWS_ENDPOINT_URL_TRANSFER", endpoint.toString()));
    Process process = aws.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError(said);
    }
  }

  /** Whether it has a file open that its name ends with. Linux only. */
  public boolean hasOpen(String name) {
    try (Stream<Path> open = Files.list(Path.of("/proc/" + pid() + "/fd"))) {
      return open.anyMatch(each -> target(each).endsWith(name));
    } catch (IOException | UncheckedIOException e) {
      return false; // it has ended, or closed one meanwhile
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return "";
    }
  }

  /** {@code kill -9} after a time in which it works; returns when it is gone. */
  public void killAfter(Duration moment) throws InterruptedException {
    killAfter(process, moment);
  }

  private static void killAfter(Process process, Duration moment) throws InterruptedException {
    if (process.waitFor(moment.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("the daemon ended by itself, with " + process.exitValue());
    }
    process.destroyForcibly().waitFor();
  }

  /** {@code kill -9}; returns when it is gone. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** {@code kill -TERM}; returns its exit code. */
  public int stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      kill();
      throw new AssertionError("the daemon did not end");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
