package dev.as2.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The results of a run.
 *
 * @param facts where and with what it was made
 * @param rows the table
 */
record Report(Map<String, Object> facts, List<Row> rows) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  Report {
    facts = new LinkedHashMap<>(facts);
    rows = List.copyOf(rows);
  }

  /** All of it; figures have four significant digits. */
  String json() throws JsonProcessingException {
    Map<String, Object> all = new LinkedHashMap<>(facts);
    all.put("rows", rows.stream().map(Report::row).toList());
    return JSON.writeValueAsString(rounded(all)) + "\n";
  }

  private static Map<String, Object> row(Row row) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", row.id());
    json.put("unit", row.unit().label());
    json.put("better", row.unit().better().name().toLowerCase(java.util.Locale.ROOT));
    put(json, "ours", row.ours().median());
    put(json, "limit", row.limit());
    Map<String, Object> peers = new LinkedHashMap<>();
    row.peers().forEach((name, outcome) -> put(peers, name, outcome.median()));
    json.put("peers", peers);
    put(json, "peakRssMiB", row.peakRssMiB());
    put(json, "shareOfLimit", row.shareOfLimit());
    put(json, "ratioToBestPeer", row.ratioToBestPeer());
    row.ours().error().ifPresent(error -> json.put("error", error));
    row.ours().figures().ifPresent(figures -> json.put("rounds", figures.rounds()));
    row.peers().forEach((name, outcome) -> describe(json, name, outcome));
    json.putAll(row.more());
    return json;
  }

  private static void describe(Map<String, Object> json, String name, Row.Outcome outcome) {
    outcome.figures().ifPresent(figures -> json.put(name + "Rounds", figures.rounds()));
    outcome.error().ifPresent(error -> json.put(name + "Error", error));
  }

  private static void put(Map<String, Object> json, String name, OptionalDouble value) {
    json.put(
        name,
        value.isPresent()
            ? (Object) value.getAsDouble()
            : com.fasterxml.jackson.databind.node.NullNode.getInstance());
  }

  private static Object rounded(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> copy = new LinkedHashMap<>();
      map.forEach((key, member) -> copy.put(key, rounded(member)));
      return copy;
    }
    if (value instanceof List<?> list) {
      return list.stream().map(Report::rounded).toList();
    }
    return value instanceof Double number ? significant(number) : value;
  }

  /** Four digits are more than such a measurement is worth. */
  private static double significant(double number) {
    return number == 0
        ? 0
        : new java.math.BigDecimal(number).round(new java.math.MathContext(4)).doubleValue();
  }
}
