package dev.as2.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.as2.benchmarks.Row.Outcome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

class ReportTest {
  private static final Row BULK =
      new Row(
          "bulk",
          Unit.MB_PER_S,
          Outcome.of(Figures.of(390, 400, 410)),
          OptionalDouble.of(800),
          peers(),
          OptionalDouble.of(123.456),
          Map.of("heap", "64m"));
  private static final Row COLD =
      new Row(
          "cold",
          Unit.SECONDS,
          Outcome.of(Figures.of(1.5)),
          OptionalDouble.of(0.5),
          Map.of(),
          OptionalDouble.empty(),
          Map.of());
  private static final Row BROKEN = Row.failed("broken", Unit.MIB, "it \"broke\" <here>");
  private static final Report REPORT =
      new Report(Map.of("date", "2026-11-21T00:00:00Z"), List.of(BULK, COLD, BROKEN));

  private static Map<String, Outcome> peers() {
    Map<String, Outcome> peers = new LinkedHashMap<>();
    peers.put("slow", Outcome.of(Figures.of(10)));
    peers.put("slower", Outcome.of(Figures.of(5)));
    peers.put("greedy", Outcome.failed("out of memory"));
    return peers;
  }

  @Test
  void hasTheMembersThatItsReadersKnow() throws IOException {
    JsonNode row = json().get("rows").get(0);

    assertThat(row.get("id").asText()).isEqualTo("bulk");
    assertThat(row.get("unit").asText()).isEqualTo("MB/s");
    assertThat(row.get("ours").asDouble()).isEqualTo(400);
    assertThat(row.get("limit").asDouble()).isEqualTo(800);
    assertThat(row.get("peers").get("slow").asDouble()).isEqualTo(10);
    assertThat(row.get("peakRssMiB").asDouble()).isEqualTo(123.5);
    assertThat(row.get("rounds")).hasSize(3);
    assertThat(row.get("heap").asText()).isEqualTo("64m");
  }

  @Test
  void comparesWithTheBestPeerAndWithTheLimit() throws IOException {
    JsonNode row = json().get("rows").get(0);

    assertThat(row.get("ratioToBestPeer").asDouble()).isEqualTo(40);
    assertThat(row.get("shareOfLimit").asDouble()).isEqualTo(0.5);
  }

  @Test
  void knowsThatLessTimeIsBetter() throws IOException {
    assertThat(json().get("rows").get(1).get("shareOfLimit").asDouble()).isEqualTo(0.3333);
  }

  @Test
  void aFailureIsSaidAndHasNoFigure() throws IOException {
    JsonNode rows = json().get("rows");

    assertThat(rows.get(0).get("peers").get("greedy").isNull()).isTrue();
    assertThat(rows.get(0).get("greedyError").asText()).isEqualTo("out of memory");
    assertThat(rows.get(2).get("ours").isNull()).isTrue();
    assertThat(rows.get(2).get("error").asText()).isEqualTo("it \"broke\" <here>");
  }

  @Test
  void theTableHasALinePerRowAndSaysWhatFailed() {
    String table = new TextTable(REPORT.rows()).toString();

    assertThat(table.lines().filter(line -> line.startsWith("bulk ")))
        .singleElement()
        .asString()
        .contains("400", "800", "0.50", "10.0", "slow", "40.0", "123");
    assertThat(table).contains("FAILED", "it \"broke\" <here>", "out of memory");
  }

  @Test
  void theChartIsXmlWithABarForEach() throws Exception {
    Document svg =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(
                new ByteArrayInputStream(new Chart(REPORT).svg().getBytes(StandardCharsets.UTF_8)));

    assertThat(svg.getDocumentElement().getTagName()).isEqualTo("svg");
    NodeList bars = svg.getElementsByTagName("rect");
    assertThat(bars.getLength()).isEqualTo(6);
    assertThat(width(bars, 0)).isEqualTo(40 * width(bars, 1));
    assertThat(svg.getElementsByTagName("line").getLength()).isEqualTo(2);
  }

  private static double width(NodeList bars, int index) {
    return Double.parseDouble(
        bars.item(index).getAttributes().getNamedItem("width").getTextContent());
  }

  private static JsonNode json() throws IOException {
    return new ObjectMapper().readTree(REPORT.json());
  }
}
