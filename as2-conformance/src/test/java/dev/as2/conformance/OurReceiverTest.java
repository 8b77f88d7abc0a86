package dev.as2.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.conformance.Result.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our receiver as it is embedded, over real connections. */
class OurReceiverTest {
  @TempDir Path folder;

  @Test
  void doesAllThatIsExpected(@TempDir Path reports) throws Exception {
    try (MdnEnd mdns = new MdnEnd(Duration.ofSeconds(30));
        ReceivingSide side = new ReceivingSide(folder)) {
      Report report =
          run(side)
              .withMdns(mdns.listener())
              .withSigners(TestSigners.ALL)
              .play(Catalogue.all(), RunListener.NONE);

      Set<String> found = new TreeSet<>();
      report.results().stream()
          .filter(r -> r.outcome() != Outcome.PASSED)
          .map(r -> r.scenario().id())
          .forEach(found::add);
      assertThat(found).isEmpty();
      write(report, reports);
    }
  }

  private static ConformanceRun run(ReceivingSide side) {
    return new ConformanceRun(side.endpoint(), side.client(), Clock.systemUTC());
  }

  private static void write(Report report, Path folder) throws IOException {
    HtmlReport.write(report, folder.resolve("report.html"));
    JsonReport.write(report, folder.resolve("report.json"));
    JunitReport.write(report, folder.resolve("report.xml"));
    assertThat(Files.readString(folder.resolve("report.html")))
        .contains("POST /as2 HTTP/1.1")
        .doesNotContain("<script", "PRIVATE KEY");
    assertThat(Files.readString(folder.resolve("report.json"))).contains("\"FAILED\" : 0");
    assertThat(Files.readString(folder.resolve("report.xml")))
        .contains("<testcase classname=\"as2.conformance\" name=\"framing-chunk-spaces\"");
  }

  @Test
  void itsReportSaysWhatWasFound() throws Exception {
    try (ReceivingSide side = new ReceivingSide(folder)) {
      Report report =
          run(side)
              .withInbox(side.inbox())
              .play(List.of(Catalogue.named("file-name-quotes").orElseThrow()), RunListener.NONE);

      String sentence = report.results().get(0).findings().get(0).sentence();
      assertThat(HtmlReport.of(report)).contains(Html.escaped(sentence));
      assertThat(JsonReport.tree(report).toString()).contains("The endpoint stored a file as");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "file-name-spaces,",
    "file-name-semicolon,",
    "file-name-utf8,",
    "file-name-quotes,The endpoint stored a file as"
  })
  void looksAtTheFilesWhereTheyAreAtHand(String id, String sentence) throws Exception {
    try (ReceivingSide side = new ReceivingSide(folder)) {
      Result result = run(side).withInbox(side.inbox()).play(Catalogue.named(id).orElseThrow());

      assertThat(result.findings()).hasSize(sentence == null ? 0 : 1);
      assertThat(result.findings())
          .allSatisfy(finding -> assertThat(finding.sentence()).startsWith(sentence));
    }
  }

  @TestFactory
  Stream<DynamicTest> playsScenariosAsTests() throws IOException {
    ReceivingSide side = new ReceivingSide(folder);
    List<Scenario> some =
        Catalogue.of(Profile.BASIC).stream().filter(s -> s.id().startsWith("layers-")).toList();
    return ConformanceTests.of(side.endpoint(), side.client(), some).onClose(side::close);
  }
}
