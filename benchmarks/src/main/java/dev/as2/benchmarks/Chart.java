package dev.as2.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The table as a picture: for each row one bar for ours, one for each peer and a mark for the
 * limit, each row on a scale of its own that begins at zero, so that lengths compare. Plain SVG,
 * readable on light and dark backgrounds.
 *
 * @param report what it shows
 */
record Chart(Report report) {
  private static final int WIDTH = 860;
  private static final int LABELS = 250;
  private static final int BARS = 440;
  private static final int TOP = 56;
  private static final int BAR = 14;
  private static final int GAP = 18;
  private static final int TEXT = 90;

  private static final String STYLE =
      """
      text { font: 12px system-ui, sans-serif; fill: #1f2328; }
      .title { font-weight: 600; font-size: 15px; }
      .row { font-weight: 600; }
      .note { fill: #59636e; }
      .ours { fill: #0969da; }
      .peer { fill: #afb8c1; }
      .limit { stroke: #cf222e; stroke-width: 2; }
      @media (prefers-color-scheme: dark) {
        text { fill: #f0f6fc; }
        .note { fill: #9198a1; }
        .ours { fill: #4493f8; }
        .peer { fill: #656c76; }
        .limit { stroke: #f85149; }
      }
      """;

  /** One bar of a row. */
  private record Bar(String label, String kind, OptionalDouble value, Optional<String> error) {}

  /** The whole document. */
  String svg() {
    StringBuilder body = new StringBuilder();
    int y = TOP;
    for (Row row : report.rows()) {
      y = row(body, row, y) + GAP;
    }
    return """
    <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" role="img">
    <title>as2 benchmarks</title>
    <style>
    %3$s</style>
    <text class="title" x="12" y="24">as2 beside other senders and beside the machine's limits</text>
    <text class="note" x="12" y="42">%4$s</text>
    %5$s</svg>
    """
        .formatted(WIDTH, y, STYLE, escaped(machine()), body);
  }

  private String machine() {
    String cpu =
        report.facts().get("machine") instanceof Map<?, ?> machine
            ? machine.get("cores") + " cores of " + machine.get("cpu") + ", "
            : "";
    return cpu
        + report.facts().getOrDefault("date", "")
        + "; medians; each row has its own scale; the red mark is the row's limit";
  }

  private static int row(StringBuilder body, Row row, int top) {
    List<Bar> bars = bars(row);
    double scale = BARS / Math.max(1e-12, largest(row, bars));
    text(body, "row", 12, top + 11, row.id());
    text(body, "note", 12, top + 27, row.unit().label() + better(row));
    int y = top;
    for (Bar bar : bars) {
      bar(body, bar, y, scale, bar.kind().equals("ours") ? row.limit().orElse(0) * scale : 0);
      y += BAR + 3;
    }
    if (row.limit().isPresent()) {
      limit(body, row.limit().getAsDouble(), top, scale);
    }
    return Math.max(y, top + 32);
  }

  private static void limit(StringBuilder body, double value, int top, double scale) {
    body.append(
        String.format(
            Locale.ROOT,
            "<line class=\"limit\" x1=\"%1$.1f\" x2=\"%1$.1f\" y1=\"%2$d\" y2=\"%3$d\"/>%n"
                + "<text class=\"note\" text-anchor=\"end\" x=\"%4$d\" y=\"%5$d\">limit %6$s</text>%n",
            LABELS + value * scale,
            top - 2,
            top + BAR + 2,
            WIDTH - 12,
            top + 11,
            TextTable.number(OptionalDouble.of(value))));
  }

  private static String better(Row row) {
    return row.unit().better() == Unit.Better.LESS ? " (less is better)" : "";
  }

  private static List<Bar> bars(Row row) {
    List<Bar> bars = new ArrayList<>();
    bars.add(new Bar("as2", "ours", row.ours().median(), row.ours().error()));
    row.peers()
        .forEach((name, peer) -> bars.add(new Bar(name, "peer", peer.median(), peer.error())));
    return bars;
  }

  private static double largest(Row row, List<Bar> bars) {
    double bar = bars.stream().flatMapToDouble(one -> one.value().stream()).max().orElse(0);
    return Math.max(bar, row.limit().orElse(0));
  }

  /** Its text stands behind it, and not on the mark of the limit. */
  private static void bar(StringBuilder body, Bar bar, int y, double scale, double mark) {
    double length = Math.max(1, bar.value().orElse(0) * scale);
    boolean hides = mark > length && mark < length + TEXT;
    body.append(
        String.format(
            Locale.ROOT,
            "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\"/>%n",
            bar.kind(),
            LABELS,
            y,
            length,
            BAR));
    String value = bar.error().isPresent() ? "failed" : TextTable.number(bar.value());
    text(
        body,
        "note",
        (int) (LABELS + (hides ? mark : length) + 8),
        y + 11,
        value + "  " + bar.label());
  }

  private static void text(StringBuilder body, String kind, int x, int y, String text) {
    body.append(
        "<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>%n".formatted(kind, x, y, escaped(text)));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
