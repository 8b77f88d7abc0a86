package dev.as2.benchmarks.capacity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What each thing costs, from a file of rows {@code what,value,unit,where}. Immutable.
 */
record Costs(Map<String, Double> values) {
  Costs {
    values = Map.copyOf(values);
  }

  /**
   * Reads them.
   *
   * @throws IOException where a row is none; the message says which
   */
  static Costs read(Path file) throws IOException {
    Map<String, Double> values = new LinkedHashMap<>();
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      if (number == 1 || line.isBlank()) {
        continue;
      }
      String[] row = line.split(",", 4);
      if (row.length != 4) {
        throw new IOException(file + ", line " + number + ": not what,value,unit,where");
      }
      values.put(row[0], value(row[1], file + ", line " + number));
    }
    return new Costs(values);
  }

  private static double value(String text, String place) throws IOException {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IOException(place + ": '" + text + "' is no number", e);
    }
  }

  /**
   * One of them.
   *
   * @throws IllegalArgumentException where there is none of that name
   */
  double of(String what) {
    Double value = values.get(what);
    if (value == null) {
      throw new IllegalArgumentException("there is no cost " + what);
    }
    return value;
  }
}
