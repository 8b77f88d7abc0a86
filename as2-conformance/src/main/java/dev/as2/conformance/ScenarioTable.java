package dev.as2.conformance;

import dev.as2.conformance.Scenario.Rule;
import dev.as2.conformance.Scenario.Story;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** What {@code scenarios.csv} says of each scenario for receivers. */
final class ScenarioTable {
  private static final Map<String, Row> ROWS = rows();

  private ScenarioTable() {}

  /** A scenario in words. */
  record Row(String id, String title, Rule rule, Story story) {}

  /** The ids, in the table's order. */
  static Set<String> ids() {
    return ROWS.keySet();
  }

  /**
   * The row of a scenario.
   *
   * @throws IllegalStateException where the table has none
   */
  static Row row(String id) {
    Row row = ROWS.get(id);
    if (row == null) {
      throw new IllegalStateException("scenarios.csv has no row " + id);
    }
    return row;
  }

  private static Map<String, Row> rows() {
    Map<String, Row> rows = new LinkedHashMap<>();
    text()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .skip(1)
        .forEach(line -> {
          Row row = row(line.split(" \\| ", -1));
          rows.put(row.id(), row);
        });
    return rows;
  }

  private static Row row(String... cells) {
    return new Row(
        cells[0],
        cells[1],
        new Rule(
            cells[2],
            Severity.valueOf(cells[3]),
            Arrays.stream(cells[4].split(" ")).map(Profile::valueOf).collect(Collectors.toSet())),
        new Story(cells[5], cells[6]));
  }

  private static String text() {
    try (InputStream in =
        Objects.requireNonNull(ScenarioTable.class.getResourceAsStream("scenarios.csv"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
