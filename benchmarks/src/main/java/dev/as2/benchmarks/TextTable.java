package dev.as2.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The rows for a terminal.
 *
 * @param rows in their order
 */
record TextTable(List<Row> rows) {
  private static final List<String> HEAD =
      List.of("row", "unit", "ours", "limit", "share", "best peer", "", "ratio", "peak RSS MiB");

  @Override
  public String toString() {
    List<List<String>> lines = new ArrayList<>();
    lines.add(HEAD);
    rows.forEach(row -> lines.add(cells(row)));
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      for (int column = 0; column < HEAD.size(); column++) {
        text.append(padded(line.get(column), width(lines, column), column < 2 || column == 6));
      }
      text.append('\n');
    }
    rows.forEach(row -> errors(row, text));
    return text.toString();
  }

  private static List<String> cells(Row row) {
    Map.Entry<String, Row.Outcome> best = best(row);
    return List.of(
        row.id(),
        row.unit().label(),
        row.ours().error().isPresent() ? "FAILED" : number(row.ours().median()),
        number(row.limit()),
        number(row.shareOfLimit()),
        best == null ? "" : number(best.getValue().median()),
        best == null ? "" : " " + best.getKey(),
        number(row.ratioToBestPeer()),
        number(row.peakRssMiB()));
  }

  private static Map.@org.jspecify.annotations.Nullable Entry<String, Row.Outcome> best(Row row) {
    Map.Entry<String, Row.Outcome> best = null;
    for (Map.Entry<String, Row.Outcome> peer : row.peers().entrySet()) {
      OptionalDouble median = peer.getValue().median();
      if (median.isPresent()
          && (best == null
              || row.unit().ratio(median.getAsDouble(), best.getValue().median().getAsDouble())
                  > 1)) {
        best = peer;
      }
    }
    return best;
  }

  private static void errors(Row row, StringBuilder text) {
    row.ours().error().ifPresent(error -> text.append("\n%s: ours: %s".formatted(row.id(), error)));
    row.peers()
        .forEach((name, outcome) ->
            outcome.error().ifPresent(error -> text.append("\n%s: %s".formatted(row.id(), error))));
  }

  static String number(OptionalDouble value) {
    if (value.isEmpty()) {
      return "-";
    }
    double number = value.getAsDouble();
    int decimals = Math.abs(number) >= 100 ? 0 : Math.abs(number) >= 10 ? 1 : 2;
    return String.format(Locale.ROOT, "%,." + decimals + "f", number);
  }

  private static int width(List<List<String>> lines, int column) {
    return lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(0) + 2;
  }

  private static String padded(String cell, int width, boolean left) {
    String space = " ".repeat(width - cell.length());
    return left ? cell + space : space + cell;
  }
}
