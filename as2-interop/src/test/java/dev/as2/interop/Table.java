package dev.as2.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Rows of a file of vectors: names of columns first, commas between, {@code #} for remarks. */
final class Table {
  private Table() {}

  /** The rows, each as its cells by the names of their columns; the last cell may hold commas. */
  static List<Map<String, String>> rows(String name) {
    List<String> lines =
        text("/vectors/" + name).lines().filter(l -> !l.isBlank() && !l.startsWith("#")).toList();
    List<String> columns = cells(lines.get(0), Integer.MAX_VALUE);
    List<Map<String, String>> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      List<String> cells = cells(line, columns.size());
      if (cells.size() != columns.size()) {
        throw new IllegalStateException(name + " has a row of " + cells.size() + " cells: " + line);
      }
      Map<String, String> row = new LinkedHashMap<>();
      for (int i = 0; i < cells.size(); i++) {
        row.put(columns.get(i), cells.get(i));
      }
      rows.add(row);
    }
    return rows;
  }

  private static List<String> cells(String line, int most) {
    return Arrays.stream(line.split(",", most)).map(String::strip).toList();
  }

  private static String text(String resource) {
    try (InputStream in = Objects.requireNonNull(Table.class.getResourceAsStream(resource))) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
