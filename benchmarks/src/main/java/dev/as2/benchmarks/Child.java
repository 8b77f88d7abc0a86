package dev.as2.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A JVM that answers lines with lines of JSON. Its standard error goes into a log. Not safe for use
 * by several threads. Closing it ends it.
 */
final class Child implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Much more than a GiB takes the slowest peer. */
  private static final long MOST_MINUTES = 20;

  private final String name;
  private final Path log;
  private final Process process;
  private final BufferedReader answers;
  private final OutputStream commands;

  private Child(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
    this.answers = process.inputReader(StandardCharsets.UTF_8);
    this.commands = process.getOutputStream();
    // A run that is cut off leaves nothing behind.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
  }

  /**
   * How to start one.
   *
   * @param name for logs and errors
   * @param jvm the JVM's options
   * @param classPath as {@code -cp} takes it
   */
  record Command(
      String name, List<String> jvm, String classPath, String mainClass, List<String> arguments) {
    /** One without the jars that have a text in their names. */
    Command without(String jar) {
      String rest =
          Arrays.stream(classPath.split(File.pathSeparator))
              .filter(entry -> !entry.contains(jar))
              .collect(Collectors.joining(File.pathSeparator));
      return new Command(name, jvm, rest, mainClass, arguments);
    }

    /** One with another main class and arguments. */
    Command with(String otherName, String otherMain, List<String> otherArguments) {
      return new Command(otherName, jvm, classPath, otherMain, otherArguments);
    }
  }

  /** A child could not do what it was asked; the message says what it answered. */
  static final class ChildFailed extends IOException {
    private static final long serialVersionUID = 1L;

    ChildFailed(String message) {
      super(message);
    }
  }

  /** Starts it; logs go into a folder. */
  static Child start(Command command, Path logs) throws IOException {
    return started(command, logs, ProcessBuilder.Redirect.PIPE);
  }

  /** Starts a server that answers no lines: what it prints goes into its log, too. */
  static Child startServer(Command command, Path logs) throws IOException {
    return started(command, logs, log(command, logs));
  }

  private static Child started(Command command, Path logs, ProcessBuilder.Redirect output)
      throws IOException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(command.jvm());
    words.addAll(List.of("-cp", command.classPath(), command.mainClass()));
    words.addAll(command.arguments());
    ProcessBuilder.Redirect log = log(command, logs);
    Process process = new ProcessBuilder(words).redirectOutput(output).redirectError(log).start();
    return new Child(command.name(), log.file().toPath(), process);
  }

  private static ProcessBuilder.Redirect log(Command command, Path logs) {
    return ProcessBuilder.Redirect.appendTo(logs.resolve(command.name() + ".log").toFile());
  }

  /** Writes a line and reads its answer. */
  JsonNode ask(String line) throws IOException {
    try {
      commands.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      commands.flush();
    } catch (IOException e) {
      throw ended(e);
    }
    return answer();
  }

  /** It is gone, and so are its streams; its exit code says more than they do. */
  private ChildFailed ended(IOException cause) {
    String code = process.isAlive() ? "" : " with exit code " + process.exitValue();
    ChildFailed failed = new ChildFailed(name + " has ended" + code + "; see " + log);
    failed.initCause(cause);
    return failed;
  }

  /**
   * The next line of its output.
   *
   * @throws ChildFailed where it says so itself, or has ended
   */
  JsonNode answer() throws IOException {
    String line = readLine();
    if (line.isEmpty()) {
      throw ended(new EOFException("no answer, at the latest after " + MOST_MINUTES + " minutes"));
    }
    JsonNode answer = JSON.readTree(line);
    if (answer.has("error")) {
      throw new ChildFailed(name + ": " + answer.get("error").asText());
    }
    return answer;
  }

  /** A child that hangs is ended, so that its line does. */
  private String readLine() throws IOException {
    CompletableFuture<Void> patience =
        CompletableFuture.runAsync(
            process::destroyForcibly,
            CompletableFuture.delayedExecutor(MOST_MINUTES, TimeUnit.MINUTES));
    try {
      String line = answers.readLine();
      if (line == null) {
        process.waitFor(5, TimeUnit.SECONDS); // its exit code comes after its output
      }
      return Objects.requireNonNullElse(line, "");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    } finally {
      patience.cancel(false);
    }
  }

  /** CPU time of its process so far; 0 where the system does not tell. */
  double cpuSeconds() {
    return cpuSeconds(process.toHandle());
  }

  /** The same of any process. */
  static double cpuSeconds(ProcessHandle process) {
    return process.info().totalCpuDuration().map(used -> used.toNanos() / 1e9).orElse(0.0);
  }

  /** The next line of its output as it is; empty where there is none. */
  String line() throws IOException {
    return readLine();
  }

  /** What it has written to disks so far, as Linux counts it; 0 where nobody tells. */
  double writtenBytes() throws IOException {
    return number(Path.of("/proc", String.valueOf(process.pid()), "io"), "write_bytes:");
  }

  /** Its peak of resident memory, as Linux counts it; 0 where nobody tells. */
  double peakRssMiB() throws IOException {
    return number(Path.of("/proc", String.valueOf(process.pid()), "status"), "VmHWM:") / 1024;
  }

  private static double number(Path file, String name) throws IOException {
    if (!Files.isReadable(file)) {
      return 0;
    }
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0);
  }

  /** Whether it still runs. */
  boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it at once: for servers that read no input. */
  void kill() {
    process.destroy();
    close();
  }

  @Override
  public void close() {
    try {
      commands.close();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (IOException e) {
      process.destroyForcibly(); // it has ended before its input
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
