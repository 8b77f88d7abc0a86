package dev.as2.benchmarks.contender;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.concurrent.CompletionException;

/** The main loop of a contender: reads commands, sends, answers. */
public final class Contender {
  private final InputStream commands;
  private final PrintStream answers;

  Contender(InputStream commands, PrintStream answers) {
    this.commands = commands;
    this.answers = answers;
  }

  /**
   * Runs a peer whose calls block, each command in as many threads as it names, until the standard
   * input ends. Ends the process.
   */
  public static void blocking(String[] arguments, SenderFactory<? extends Sender> factory)
      throws IOException {
    run(arguments, setup -> Crowd.of(factory.open(setup)));
  }

  /**
   * Runs a sender that needs no thread for a message under way, each command with as many messages
   * in flight as it names, until the standard input ends. Ends the process.
   */
  public static void asynchronous(String[] arguments, SenderFactory<? extends AsyncSender> factory)
      throws IOException {
    run(arguments, setup -> new Crowd(factory.open(setup)));
  }

  private static void run(String[] arguments, SenderFactory<Crowd> factory) throws IOException {
    PrintStream answers = System.out;
    System.setOut(System.err);
    new Contender(System.in, answers).serve(arguments, factory);
    System.exit(0); // not every peer's threads are daemons
  }

  /** Answers commands until there are no more. */
  void serve(String[] arguments, SenderFactory<Crowd> factory) throws IOException {
    Crowd crowd = open(arguments, factory);
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(commands, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      answer(crowd, line);
    }
  }

  /** A sender that cannot be opened is one that refuses every file, so that the driver is told. */
  private static Crowd open(String[] arguments, SenderFactory<Crowd> factory) {
    try {
      return factory.open(Setup.of(arguments));
    } catch (Throwable e) {
      report(e);
      return Crowd.of(file -> {
        throw new IllegalStateException("cannot be set up: " + oneLine(e), e);
      });
    }
  }

  /** Errors are caught with the rest: a lack of memory is a result that the driver waits for. */
  private void answer(Crowd crowd, String line) {
    try {
      Order order = Order.parse(line);
      long bytes = Files.size(order.file());
      Meter meter = new Meter();
      crowd.send(order);
      println(meter.read(order.count(), bytes));
    } catch (Throwable e) {
      fail(e instanceof CompletionException && e.getCause() != null ? e.getCause() : e);
    }
  }

  private void fail(Throwable e) {
    println("{\"error\":\"" + oneLine(e).replaceAll("[\\\\\"]", "\\\\$0") + "\"}");
    report(e);
    if (e instanceof VirtualMachineError) {
      // What is left of this JVM is in no known state, and some of its threads may still allocate.
      Runtime.getRuntime().halt(1);
    }
  }

  private void println(String answer) {
    answers.println(answer);
    answers.flush();
  }

  private static void report(Throwable e) {
    e.printStackTrace(System.err);
  }

  private static String oneLine(Throwable e) {
    return e.toString().replaceAll("\\p{Cntrl}+", " ");
  }
}
