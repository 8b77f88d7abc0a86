package dev.as2.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.conformance.Result.Outcome;
import dev.as2.core.As2Server;
import dev.as2.core.Receiver;
import dev.as2.transport.NettyAs2Client;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
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

/** The receiver that is for demonstrations. */
class OurReceiverTest {
  /** What it does not do: it knows one partner, requires nothing, and continues nothing. */
  private static final Set<String> KNOWN =
      Set.of(
          "micalg-unknown-required",
          "protocol-unknown-required",
          "name-odd-angles",
          "name-odd-brackets",
          "name-odd-comma",
          "name-odd-hash",
          "name-odd-quotes",
          "name-odd-semicolon",
          "name-odd-spaces",
          "framing-chunk-spaces",
          "restart-head-unknown",
          "restart-offset",
          "restart-bad-range",
          "hostile-bomb");

  @TempDir static Path folder;

  private static As2Server server() throws IOException {
    return TestParties.serve(
        new Receiver(
            new Receiver.Party(
                TestParties.THEM.as2Id(), TestParties.THEM.key(), TestParties.THEM.certificate()),
            new Receiver.Sender(TestParties.US.as2Id(), List.of(TestParties.US.certificate())),
            folder,
            Clock.systemUTC()));
  }

  @Test
  void doesAllThatADemonstrationNeeds(@TempDir Path reports) throws Exception {
    try (As2Server server = server();
        NettyAs2Client client = NettyAs2Client.create()) {
      Report report =
          new ConformanceRun(TestParties.endpoint(server), client, Clock.systemUTC())
              .play(Catalogue.all(), RunListener.NONE);

      Set<String> found = new TreeSet<>();
      report.results().stream()
          .filter(r -> r.outcome() != Outcome.PASSED)
          .map(r -> r.scenario().id())
          .forEach(found::add);
      assertThat(found).containsExactlyInAnyOrderElementsOf(KNOWN);
      write(report, reports);
    }
  }

  private static void write(Report report, Path folder) throws IOException {
    HtmlReport.write(report, folder.resolve("report.html"));
    JsonReport.write(report, folder.resolve("report.json"));
    JunitReport.write(report, folder.resolve("report.xml"));
    assertThat(Files.readString(folder.resolve("report.html")))
        .contains("The endpoint accepted a message that is compressed twice.")
        .contains("POST /as2 HTTP/1.1")
        .doesNotContain("<script", "PRIVATE KEY");
    assertThat(Files.readString(folder.resolve("report.json"))).contains("\"FAILED\" : ");
    assertThat(Files.readString(folder.resolve("report.xml")))
        .contains("<testcase classname=\"as2.conformance\" name=\"hostile-bomb\"");
  }

  @ParameterizedTest
  @CsvSource({
    "file-name-spaces,",
    "file-name-semicolon,",
    "file-name-utf8,",
    "file-name-quotes,The endpoint stored a file as"
  })
  void looksAtTheFilesWhereTheyAreAtHand(String id, String sentence) throws Exception {
    try (As2Server server = server();
        NettyAs2Client client = NettyAs2Client.create()) {
      Result result =
          new ConformanceRun(TestParties.endpoint(server), client, Clock.systemUTC())
              .withInbox(folder)
              .play(Catalogue.named(id).orElseThrow());

      assertThat(result.findings()).hasSize(sentence == null ? 0 : 1);
      assertThat(result.findings())
          .allSatisfy(finding -> assertThat(finding.sentence()).startsWith(sentence));
    }
  }

  @TestFactory
  Stream<DynamicTest> playsScenariosAsTests() throws IOException {
    As2Server server = server();
    NettyAs2Client client = NettyAs2Client.create();
    List<Scenario> some =
        Catalogue.of(Profile.BASIC).stream().filter(s -> s.id().startsWith("layers-")).toList();
    return ConformanceTests.of(TestParties.endpoint(server), client, some)
        .onClose(client::close)
        .onClose(server::close);
  }
}
