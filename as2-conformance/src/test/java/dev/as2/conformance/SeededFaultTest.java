package dev.as2.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.conformance.Result.Outcome;
import dev.as2.core.As2Server;
import dev.as2.transport.NettyAs2Client;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** Each fault that a receiver was given is found, and named. */
class SeededFaultTest {
  private static final NettyAs2Client CLIENT = NettyAs2Client.create();
  private static final Duration LONG = Duration.ofSeconds(30);

  @AfterAll
  static void close() {
    CLIENT.close();
  }

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(
      resources = "/vectors/seeded-faults.csv",
      delimiter = '|',
      numLinesToSkip = 1,
      quoteCharacter = '\u0001')
  void isFoundAndNamed(SeededFault fault, String scenario, String sentence) throws Exception {
    try (MdnEnd end = new MdnEnd(patience(sentence));
        As2Server server = server(fault)) {
      Result result = run(server, end).play(Catalogue.named(scenario).orElseThrow());

      assertThat(result.outcome()).isIn(Outcome.FAILED, Outcome.WARNED);
      assertThat(result.findings()).hasSize(1);
      assertThat(result.findings().get(0).sentence()).startsWith(sentence);
      assertThat(result.findings().get(0).source()).isNotEmpty();
      assertThat(result.exchanges()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GCM_REFUSED|NOTED|The endpoint does not open what is encrypted with AES-256-GCM:",
        "GCM_FALLEN_OVER|WARNED|The endpoint answered with HTTP status 500 and no MDN",
        "GCM_TAKEN_UNREAD|FAILED|The MIC is sha-256 over nothing at all instead of",
        "MDN_UNSIGNED|NOTED|The endpoint's MDN is not signed, though a signed one was asked for.",
        "MIC_MISSING|FAILED|The MDN has no Received-Content-MIC.",
      })
  void notToKnowWhatIsModernIsNoFaultButToSayWhatIsFalse(
      SeededFault fault, Outcome outcome, String sentence) throws Exception {
    try (MdnEnd end = new MdnEnd(LONG);
        As2Server server = server(fault)) {
      Result result = run(server, end).play(Catalogue.named("cipher-aes256-gcm").orElseThrow());

      assertThat(result.outcome()).isEqualTo(outcome);
      assertThat(result.findings()).hasSize(1);
      assertThat(result.findings().get(0).sentence()).startsWith(sentence);
    }
  }

  @Test
  void whatARunHasNotTheMeansForIsNotRun() throws Exception {
    List<Scenario> scenarios =
        Stream.of("async-signed", "signature-ecdsa", "signature-rsa-4096")
            .map(id -> Catalogue.named(id).orElseThrow())
            .toList();
    try (As2Server server = server(SeededFault.NONE)) {
      Report report =
          new ConformanceRun(TestParties.endpoint(server), CLIENT, Clock.systemUTC())
              .play(scenarios, RunListener.NONE);

      assertThat(report.count(Outcome.NOT_RUN)).isEqualTo(3);
      assertThat(report.isConformant()).isTrue();
      assertThat(report.summary()).contains("0 passed", "3 not run");
      assertThat(report.reasonsNotToRun())
          .hasSize(3)
          .allSatisfy(why -> assertThat(why).startsWith("Not run: give --"));
      assertThat(HtmlReport.of(report)).contains("Not run: give --mdn-url", "not-run");
      assertThat(JsonReport.tree(report).path("counts").path("NOT_RUN").asInt()).isEqualTo(3);
    }
  }

  @Test
  void nothingIsFoundWhereThereIsNoFault() throws Exception {
    List<Scenario> scenarios =
        Catalogue.all().stream()
            .filter(s ->
                s.rule().profiles().contains(Profile.BASIC)
                    || s.rule().profiles().contains(Profile.ALGORITHMS))
            .toList();
    try (MdnEnd end = new MdnEnd(LONG);
        As2Server server = server(SeededFault.NONE)) {
      Report report = run(server, end).play(scenarios, RunListener.NONE);

      Set<String> found =
          report.results().stream()
              .filter(r -> r.outcome() != Outcome.PASSED)
              .map(r -> r.scenario().id() + ": " + r.findings())
              .collect(Collectors.toSet());
      assertThat(report.results()).hasSizeGreaterThan(100);
      assertThat(found).isEmpty();
    }
  }

  private static As2Server server(SeededFault fault) throws Exception {
    return TestParties.serve(new BadReceiver(TestParties.THEM, TestSigners.us(), fault, CLIENT));
  }

  private static ConformanceRun run(As2Server server, MdnEnd end) {
    return new ConformanceRun(TestParties.endpoint(server), CLIENT, Clock.systemUTC())
        .withMdns(end.listener())
        .withSigners(TestSigners.ALL);
  }

  /** Where none is to come, nobody wants to wait long. */
  private static Duration patience(String sentence) {
    return sentence.contains("within 2 s") ? Duration.ofSeconds(2) : LONG;
  }
}
