package dev.as2.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.as2.core.SendResult.Attempt;
import dev.as2.core.SendResult.Failure;
import dev.as2.core.SendResult.PackedMessage;
import dev.as2.core.SendResult.Receipt;
import dev.as2.core.SendResult.ResultFiles;
import dev.as2.core.SendResult.Transfer;
import dev.as2.mime.DigestAlgorithm;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** The outcome record and the connector events, in AWS's names and forms. */
class OutcomeTest {
  private static final Instant START = Instant.parse("2026-07-11T06:30:09Z");
  private static final Instant END = Instant.parse("2026-07-11T06:30:10.791274Z");
  private static final FilePath FILE = FilePath.parse("/bucket/out/orders-1.dat");
  private static final Transfer TRANSFER =
      new Transfer(
          new TransferId("dedf4601-4e90-4043-b16b-579af35e0d83"),
          new MessageId("fbe18db8@c9c705f0"),
          new ConnectorId("c-c21c63ceaaf34d99b"),
          FILE,
          START);
  private static final PackedMessage MESSAGE =
      new PackedMessage(
          new As2Id("MyCompany_OID"),
          new As2Id("PartnerA_OID"),
          "File orders-1.dat",
          "application/octet-stream",
          List.of("signed", "encrypted"),
          3198);
  private static final Receipt RECEIPT =
      new Receipt(
          "automatic-action/MDN-sent-automatically; processed",
          Optional.of(new MessageId("mdn-1@partner")),
          Optional.of("has been accepted"),
          "text",
          true,
          Optional.of(Mic.of(new byte[] {1, 2, 3}, DigestAlgorithm.SHA256)),
          "rfc");

  private static SendResult result(Optional<Failure> failure, Optional<Receipt> receipt) {
    Attempt attempt =
        new Attempt(
            START,
            Optional.of(failure.isPresent() ? 500 : 200),
            Optional.of("Partner/1.0"),
            failure,
            4711,
            new As2Response.Timings(
                Duration.ofMillis(1),
                Duration.ofMillis(2),
                Duration.ofMillis(3),
                Duration.ofMillis(4)));
    return new SendResult(
        TRANSFER,
        failure,
        Optional.of(MESSAGE),
        receipt,
        List.of(attempt),
        List.of(),
        new ResultFiles(
            Optional.of(FILE.sibling("x.json")), receipt.map(any -> FILE.sibling("x.mdn"))));
  }

  private static Optional<Failure> failure() {
    return Optional.of(
        new Failure(
            FailureCode.HTTP_ERROR_RESPONSE_FROM_PARTNER, "The partner answered \"500\"\u0001."));
  }

  private static String golden(String name) throws Exception {
    return new String(Answers.bytes("/vectors/" + name), StandardCharsets.UTF_8).strip() + "\n";
  }

  @Test
  void writesTheRecordOfASuccess() throws Exception {
    String json = OutcomeRecord.json(result(Optional.empty(), Optional.of(RECEIPT)), END);
    assertThat(json.replace("\r", "")).isEqualTo(golden("outcome-completed.json"));
  }

  @Test
  void writesTheRecordOfAFailure() throws Exception {
    String json = OutcomeRecord.json(result(failure(), Optional.empty()), END);
    assertThat(json.replace("\r", "")).isEqualTo(golden("outcome-failed.json"));
  }

  /** Every member of AWS's samples is there, as the same kind of value. */
  @Test
  void hasEveryMemberThatAwsHas() throws Exception {
    JsonNode completed =
        new ObjectMapper()
            .readTree(OutcomeRecord.json(result(Optional.empty(), Optional.of(RECEIPT)), END));
    for (String member :
        List.of(
            "requester-content-type",
            "message-subject",
            "requester-file-name",
            "as2-from",
            "connector-id",
            "status-code",
            "disposition",
            "mdn-message-id",
            "mdn-subject",
            "as2-to",
            "transfer-id",
            "file-path",
            "as2-message-id",
            "timestamp")) {
      assertThat(completed.path(member).isTextual()).as(member).isTrue();
    }
    assertThat(completed.path("transfer-size").isIntegralNumber()).isTrue();
    assertThat(completed.path("timestamp").textValue())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
    JsonNode failed =
        new ObjectMapper().readTree(OutcomeRecord.json(result(failure(), Optional.empty()), END));
    assertThat(failed.path("failure-code").textValue())
        .isEqualTo("HTTP_ERROR_RESPONSE_FROM_PARTNER");
    assertThat(failed.path("failure-message").textValue()).endsWith("\"500\"\u0001.");
  }

  @Test
  void writesTheRecordOfWhatNeverBecameAMessage() throws Exception {
    SendResult result =
        new SendResult(
            TRANSFER,
            failure(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of("a warning"),
            new ResultFiles(Optional.empty(), Optional.empty()));
    JsonNode record = new ObjectMapper().readTree(OutcomeRecord.json(result, END));
    assertThat(record.has("as2-from")).isFalse();
    assertThat(record.has("attempts")).isFalse();
    assertThat(record.path("warnings").get(0).textValue()).isEqualTo("a warning");
    assertThat(record.path("file-path").textValue()).isEqualTo("/bucket/out/orders-1.dat");
  }

  private static Map<String, Object> detail(ConnectorEvent.Kind kind) {
    SendResult result =
        switch (kind) {
          case PAYLOAD_SEND_FAILED -> result(failure(), Optional.empty());
          case MDN_RECEIVE_FAILED -> result(failure(), Optional.of(RECEIPT));
          default -> result(Optional.empty(), Optional.of(RECEIPT));
        };
    return ConnectorEvents.of(result, true, END).stream()
        .filter(e -> e.kind() == kind)
        .findFirst()
        .orElseThrow()
        .detail();
  }

  /** One row per member: in which of the four events AWS has it. */
  @ParameterizedTest(name = "{0}")
  @CsvFileSource(resources = "/vectors/connector-events.csv", numLinesToSkip = 1, delimiter = '|')
  void hasTheMembersThatAwsHas(String member, String sent, String notSent, String mdn, String bad) {
    assertHas(ConnectorEvent.Kind.PAYLOAD_SEND_COMPLETED, member, sent);
    assertHas(ConnectorEvent.Kind.PAYLOAD_SEND_FAILED, member, notSent);
    assertHas(ConnectorEvent.Kind.MDN_RECEIVE_COMPLETED, member, mdn);
    assertHas(ConnectorEvent.Kind.MDN_RECEIVE_FAILED, member, bad);
  }

  @SuppressWarnings("unchecked")
  private static void assertHas(ConnectorEvent.Kind kind, String member, String cross) {
    Map<String, Object> detail = detail(kind);
    Map<String, Object> files =
        (Map<String, Object>) detail.getOrDefault("s3-attributes", Map.of());
    boolean has =
        member.matches(".*-(bucket|key)") ? files.containsKey(member) : detail.containsKey(member);
    assertThat(has).as("%s in %s", member, kind).isEqualTo("x".equals(cross));
  }

  @Test
  void hasNoMembersThatAwsDoesNotHave() throws Exception {
    Set<String> known = new TreeSet<>(Set.of("s3-attributes"));
    Arrays.stream(golden("connector-events.csv").split("\n"))
        .map(row -> row.substring(0, row.indexOf('|')))
        .forEach(known::add);
    for (ConnectorEvent.Kind kind : ConnectorEvent.Kind.values()) {
      assertThat(known).containsAll(detail(kind).keySet());
      assertThat(kind.detailType()).matches("AS2 (Payload Send|MDN Receive) (Completed|Failed)");
    }
  }

  @Test
  void turnsTheDirectionRoundForTheMdn() {
    assertThat(detail(ConnectorEvent.Kind.PAYLOAD_SEND_COMPLETED))
        .containsEntry("as2-from", "MyCompany_OID")
        .containsEntry("as2-to", "PartnerA_OID")
        .containsEntry("status-code", "PROCESSING");
    assertThat(detail(ConnectorEvent.Kind.MDN_RECEIVE_FAILED))
        .containsEntry("as2-from", "PartnerA_OID")
        .containsEntry("as2-to", "MyCompany_OID")
        .containsEntry("status-code", "FAILED");
  }
}
