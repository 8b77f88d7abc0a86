package dev.as2.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A contender in one row: its process while it runs, and what its rounds gave. A failure is kept,
 * and ends it for this row.
 */
final class Contestant implements AutoCloseable {
  private final String name;
  private final Child child;
  private final List<Double> rates = new ArrayList<>();
  private final List<Double> cpuSeconds = new ArrayList<>();
  private double peakRssMiB;
  private Optional<String> error = Optional.empty();

  Contestant(String name, Child child) {
    this.name = name;
    this.child = child;
  }

  String name() {
    return name;
  }

  /**
   * Sends before anything is measured.
   *
   * @param atOnce messages in flight
   */
  void warmUp(Path file, int count, int atOnce) {
    if (error.isEmpty()) {
      try {
        send(file, count, atOnce);
      } catch (IOException e) {
        error = Optional.of(String.valueOf(e.getMessage()));
      }
    }
  }

  /** Measures one round. */
  void measure(Path file, int count, int atOnce, Unit unit) {
    if (error.isPresent()) {
      return;
    }
    try {
      JsonNode answer = send(file, count, atOnce);
      double seconds = answer.get("seconds").asDouble();
      rates.add(
          unit == Unit.MESSAGES_PER_S
              ? count / seconds
              : answer.get("bytes").asDouble() / seconds / 1e6);
      cpuSeconds.add(answer.get("cpuSeconds").asDouble() / count);
      peakRssMiB = Math.max(peakRssMiB, answer.get("peakRssMiB").asDouble());
      System.err.printf("    %-12s %10.1f %s%n", name, rates.get(rates.size() - 1), unit.label());
    } catch (IOException e) {
      error = Optional.of(String.valueOf(e.getMessage()));
      System.err.printf("    %-12s failed: %s%n", name, e.getMessage());
    }
  }

  private JsonNode send(Path file, int count, int atOnce) throws IOException {
    return child.ask("send " + file + " " + count + " " + atOnce);
  }

  Row.Outcome outcome() {
    return error.isPresent() ? Row.Outcome.failed(error.get()) : Row.Outcome.of(new Figures(rates));
  }

  /**
   * The median.
   *
   * @throws IOException with the reason where there is none
   */
  double required() throws IOException {
    if (error.isPresent()) {
      throw new IOException(error.get());
    }
    return new Figures(rates).median();
  }

  /** What its rounds gave. */
  List<Double> rates() {
    return List.copyOf(rates);
  }

  double peakRssMiB() {
    return peakRssMiB;
  }

  /** CPU time of one message, in the median round. */
  double cpuSecondsPerMessage() {
    return cpuSeconds.isEmpty() ? 0 : new Figures(cpuSeconds).median();
  }

  @Override
  public void close() {
    child.close();
  }
}
