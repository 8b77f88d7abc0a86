package dev.as2.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.conformance.Result.Outcome;
import dev.as2.core.As2Server;
import dev.as2.transport.NettyAs2Client;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

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

  @Test
  void nothingIsFoundWhereThereIsNoFault() throws Exception {
    try (MdnEnd end = new MdnEnd(LONG);
        As2Server server = server(SeededFault.NONE)) {
      Report report = run(server, end).play(Catalogue.of(Profile.BASIC), RunListener.NONE);

      Set<String> found =
          report.results().stream()
              .filter(r -> r.outcome() != Outcome.PASSED)
              // What our server makes of spaces behind a chunk's size is not this receiver's doing.
              .filter(r -> !r.scenario().id().equals("framing-chunk-spaces"))
              .map(r -> r.scenario().id() + ": " + r.findings())
              .collect(Collectors.toSet());
      assertThat(report.results()).hasSizeGreaterThan(100);
      assertThat(found).isEmpty();
    }
  }

  private static As2Server server(SeededFault fault) throws Exception {
    return TestParties.serve(
        new BadReceiver(TestParties.THEM, TestParties.partner(TestParties.US), fault, CLIENT));
  }

  private static ConformanceRun run(As2Server server, MdnEnd end) {
    return new ConformanceRun(TestParties.endpoint(server), CLIENT, Clock.systemUTC())
        .withMdns(end.listener());
  }

  /** Where none is to come, nobody wants to wait long. */
  private static Duration patience(String sentence) {
    return sentence.startsWith("The endpoint posted no MDN") ? Duration.ofSeconds(2) : LONG;
  }
}
