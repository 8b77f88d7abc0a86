package dev.as2.conformance;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A report as JSON, for programs; without what went over the wire. */
public final class JsonReport {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonReport() {}

  /** Writes the file, in the place of one that is there. */
  public static void write(Report report, Path file) throws IOException {
    Files.writeString(
        file,
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree(report)) + "\n",
        StandardCharsets.UTF_8);
  }

  static ObjectNode tree(Report report) {
    ObjectNode tree = JSON.createObjectNode();
    tree.put("url", report.endpoint().url().toString());
    tree.put("as2-from", report.endpoint().us().as2Id().value());
    tree.put("as2-to", report.endpoint().them().as2Id().value());
    tree.put("started", report.started().toString());
    ObjectNode counts = tree.putObject("counts");
    for (Result.Outcome outcome : Result.Outcome.values()) {
      counts.put(outcome.name(), report.count(outcome));
    }
    ArrayNode scenarios = tree.putArray("scenarios");
    report.results().forEach(result -> add(scenarios.addObject(), result));
    return tree;
  }

  private static void add(ObjectNode node, Result result) {
    Scenario scenario = result.scenario();
    node.put("id", scenario.id());
    node.put("title", scenario.title());
    node.put("source", scenario.rule().source());
    node.put("severity", scenario.rule().severity().name());
    node.put("sent", scenario.story().sent());
    node.put("expected", scenario.story().expected());
    node.put("outcome", result.outcome().name());
    node.put("milliseconds", result.took().toMillis());
    ArrayNode findings = node.putArray("findings");
    for (Finding finding : result.findings()) {
      findings.addObject().put("sentence", finding.sentence()).put("source", finding.source());
    }
  }
}
