package dev.as2.conformance;

import dev.as2.conformance.Result.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A report as one HTML file without scripts and without anything else to load: what was found, and
 * each scenario with what went over the wire.
 */
public final class HtmlReport {
  private static final Map<Outcome, String> WORDS =
      Map.of(
          Outcome.PASSED, "passed",
          Outcome.NOTED, "note",
          Outcome.WARNED, "warning",
          Outcome.FAILED, "failed",
          Outcome.BROKEN, "not made",
          Outcome.NOT_RUN, "not run");

  /** Those that are worth a word also where there are none. */
  private static final Set<Outcome> COUNTED =
      EnumSet.of(Outcome.PASSED, Outcome.WARNED, Outcome.FAILED);

  private HtmlReport() {}

  /** Writes the file, in the place of one that is there. */
  public static void write(Report report, Path file) throws IOException {
    Files.writeString(file, of(report), StandardCharsets.UTF_8);
  }

  /** The page. */
  static String of(Report report) {
    Endpoint endpoint = report.endpoint();
    Html html =
        Html.page("AS2 conformance of " + endpoint.url())
            .element(
                "p",
                "soft",
                "%s sends to %s; %s; %s"
                    .formatted(
                        endpoint.us().as2Id(),
                        endpoint.them().as2Id(),
                        report.started(),
                        report.summary()));
    counts(html, report);
    found(html, report);
    html.element("h2", "All scenarios");
    report.results().forEach(result -> result(html, result));
    return html.done();
  }

  private static void counts(Html html, Report report) {
    html.open("ul", "class", "counts");
    for (Outcome outcome : Outcome.values()) {
      if (COUNTED.contains(outcome) || report.count(outcome) > 0) {
        html.open("li", "class", style(outcome))
            .element("b", String.valueOf(report.count(outcome)))
            .text(WORDS.getOrDefault(outcome, ""))
            .close("li");
      }
    }
    html.close("ul");
  }

  private static String style(Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static void found(Html html, Report report) {
    List<Result> bad = report.results().stream().filter(Result::isFound).toList();
    html.element("h2", "What was found");
    report.reasonsNotToRun().forEach(why -> html.element("p", "soft", why));
    if (bad.isEmpty()) {
      html.element("p", "Nothing: the endpoint did everything as expected.");
      return;
    }
    html.open("table").element("caption", "Each line leads to the scenario and its octets.");
    html.open("thead").open("tr");
    for (String head :
        List.of("Result", "Scenario", "What the endpoint did", "Where it is written")) {
      html.open("th", "scope", "col").text(head).close("th");
    }
    html.close("tr").close("thead").open("tbody");
    bad.forEach(result -> result.findings().forEach(finding -> row(html, result, finding)));
    html.close("tbody").close("table");
  }

  private static void row(Html html, Result result, Finding finding) {
    html.open("tr")
        .element("td", "word " + style(result.outcome()), WORDS.getOrDefault(result.outcome(), ""))
        .open("td")
        .open("a", "href", "#" + result.scenario().id())
        .text(result.scenario().id())
        .close("a")
        .close("td")
        .element("td", finding.sentence())
        .element("td", finding.source())
        .close("tr");
  }

  private static void result(Html html, Result result) {
    Scenario scenario = result.scenario();
    html.open("details", "id", scenario.id())
        .open("summary")
        .element(
            "span", "word " + style(result.outcome()), WORDS.getOrDefault(result.outcome(), ""))
        .text(" ")
        .element("h3", scenario.title())
        .element("span", "soft", " " + scenario.id())
        .close("summary")
        .open("div", "class", "inside");
    for (Finding finding : result.findings()) {
      html.open("div", "class", "finding " + style(result.outcome()))
          .element("p", finding.sentence());
      if (result.isFound()) {
        html.element("p", "soft", "See " + finding.source());
      }
      html.close("div");
    }
    html.open("dl")
        .entry("Sent", scenario.story().sent())
        .entry("Expected", scenario.story().expected())
        .entry("Rests on", scenario.rule().source() + " (" + scenario.rule().severity() + ")")
        .entry("Took", "%.2f s".formatted(result.took().toMillis() / 1000.0))
        .close("dl");
    result.exchanges().forEach(exchange -> exchange(html, scenario, exchange));
    html.close("div").close("details");
  }

  private static void exchange(Html html, Scenario scenario, WireExchange exchange) {
    html.element("p", "soft", "The request, " + exchange.sent().total() + " bytes:")
        .octets("Request of " + scenario.id(), exchange.sent().text());
    if (!exchange.note().isEmpty()) {
      html.element("p", Sentences.ended("There was no whole answer: " + exchange.note()));
    }
    if (exchange.received().total() > 0) {
      html.element("p", "soft", "The answer, " + exchange.received().total() + " bytes:")
          .octets("Answer to " + scenario.id(), exchange.received().text());
    }
  }
}
