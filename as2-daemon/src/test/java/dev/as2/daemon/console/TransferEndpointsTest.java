package dev.as2.daemon.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.FilePath;
import dev.as2.daemon.aws.Json;
import dev.as2.daemon.state.ServeLimits;
import dev.as2.daemon.state.Transfers.FileState;
import dev.as2.daemon.state.Transfers.Status;
import dev.as2.mime.Content;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransferEndpointsTest {
  @TempDir private Path outbox;
  private ConsoleServer server;
  private Visitor visitor;

  @BeforeEach
  void start() throws Exception {
    server = ConsoleServer.start(outbox);
    server.history.write();
    visitor = server.visitor();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private FileState named(Object path) {
    return server.transfers.all().stream()
        .filter(each -> each.file().equals(path))
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  private static String query(FileState file) {
    return "?transferId=%s&number=%d".formatted(file.key().transferId(), file.key().number());
  }

  private static String body(FileState file) {
    return "{\"transferId\": \"%s\", \"number\": %d}"
        .formatted(file.key().transferId(), file.key().number());
  }

  private static List<String> files(JsonNode answer) {
    return StreamSupport.stream(answer.path("files").spliterator(), false)
        .map(each -> each.path("file").asText())
        .toList();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Test
  void transfersComeNewestFirstAPageAtATime() throws Exception {
    List<String> all = new ArrayList<>();
    server.transfers.all().forEach(each -> all.add(0, each.file().toString()));
    ObjectNode first = visitor.read("transfers");
    assertThat(files(first)).isEqualTo(all.subList(0, ServeLimits.CONSOLE_PAGE));
    assertThat(first.path("more").asBoolean()).isTrue();
    long last = first.path("files").get(ServeLimits.CONSOLE_PAGE - 1).path("sequence").asLong();
    ObjectNode second = visitor.read("transfers?before=" + last);
    assertThat(files(second)).isEqualTo(all.subList(ServeLimits.CONSOLE_PAGE, all.size()));
    assertThat(second.path("more").asBoolean()).isFalse();
  }

  @Test
  void aRowHasWhatPeopleAskFor() throws Exception {
    FileState refused = named(History.REFUSED);
    JsonNode row = visitor.read("transfers?text=INV-90417").path("files").get(0);
    assertThat(row.path("status").asText()).isEqualTo("FAILED");
    assertThat(row.path("failureCode").asText())
        .isEqualTo("MDN_RESPONSE_INDICATES_DECRYPTION_FAILED");
    assertThat(row.path("connector").asText()).isEqualTo("Globex production");
    assertThat(row.path("partner").asText()).isEqualTo("GLOBEX-AS2");
    assertThat(row.path("messageId").asText()).isEqualTo(refused.messageId().value());
    assertThat(row.path("accepted").asText()).isEqualTo(refused.accepted().toString());
    assertThat(row.path("attempts").asInt()).isEqualTo(1);
    assertThat(row.has("outcome")).isFalse();
  }

  /** What somebody types to find {@code INV-90417}, or types and finds other things. */
  @ParameterizedTest
  @CsvSource({
    "INV-90417, true",
    "inv-90417, true",
    "/outbox/globex/810/INV-90417.x12, true",
    "GLOBEX-AS2, true",
    "globex prod, true",
    "b2b.globex.example, true",
    "indicates_decryption, true",
    "ACME-EDI, false",
    "UNABLE_TO_CONNECT, false",
    "INV-904171, false",
  })
  void filesAreFoundByPathPartnerAndCode(String text, boolean found) throws Exception {
    List<String> files = files(visitor.read("transfers?limit=200&text=" + encoded(text)));
    assertThat(files.contains(History.REFUSED.toString())).isEqualTo(found);
    assertThat(files).doesNotHaveDuplicates();
  }

  @Test
  void filesAreFoundByTheirIdsAsPeopleCopyThem() throws Exception {
    FileState file = named(History.REFUSED);
    for (String text :
        List.of(
            file.key().transferId().value(),
            file.messageId().value(),
            " " + file.messageId().toHeader() + " ")) {
      assertThat(files(visitor.read("transfers?text=" + encoded(text))))
          .containsExactly(History.REFUSED.toString());
    }
  }

  @Test
  void filtersNarrowEachOther() throws Exception {
    ObjectNode failed = visitor.read("transfers?status=FAILED&limit=200");
    assertThat(failed.path("files"))
        .hasSizeGreaterThan(2)
        .allMatch(each -> each.path("status").asText().equals("FAILED"));
    assertThat(files(visitor.read("transfers?status=FAILED&connector=" + Partners.GLOBEX)))
        .contains(History.REFUSED.toString());
    assertThat(
            files(
                visitor.read(
                    "transfers?limit=200&text=INITECH&status=QUEUED&connector="
                        + Partners.INITECH)))
        .containsExactly(History.WAITING.toString());
    assertThat(files(visitor.read("transfers?text=INITECH&connector=" + Partners.GLOBEX)))
        .isEmpty();
  }

  @Test
  void aPartnersFilesCanBePagedThrough() throws Exception {
    List<String> all = files(visitor.read("transfers?limit=200&text=ACME-EDI"));
    List<String> paged = new ArrayList<>();
    String before = "";
    JsonNode page;
    do {
      page = visitor.read("transfers?limit=7&text=ACME-EDI" + before);
      paged.addAll(files(page));
      before = "&before=" + page.path("files").get(page.path("files").size() - 1).path("sequence");
    } while (page.path("more").asBoolean());
    assertThat(paged).isEqualTo(all);
  }

  @Test
  void aTextThatManyConnectorsAreCalledIsSaidToBeTooShort() throws Exception {
    Partners partners = new Partners(server.resources, server.clock.instant());
    for (int i = 0; i <= ServeLimits.CONSOLE_SEARCHED_CONNECTORS; i++) {
      partners.connector(
          Partners.connectorId(100 + i), 2, "https://x.example/", Map.of("Name", "Branch " + i));
    }
    assertThat(visitor.read("transfers?text=branch").path("manyConnectors").asBoolean()).isTrue();
    assertThat(visitor.read("transfers?text=branch+19").path("manyConnectors").asBoolean())
        .isFalse();
  }

  @Test
  void whatHasNotChangedIsNotSentAgain() throws Exception {
    HttpResponse<String> first = visitor.get("transfers");
    String tag = first.headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> second =
        server.send(visitor.getting("transfers").header("If-None-Match", tag).build());
    assertThat(second.statusCode()).isEqualTo(304);
    assertThat(second.body()).isEmpty();
    server.transfers.cancel(named(History.WAITING).key());
    HttpResponse<String> third =
        server.send(visitor.getting("transfers").header("If-None-Match", tag).build());
    assertThat(third.statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "transfers?limit=0",
        "transfers?limit=201",
        "transfers?limit=x",
        "transfers?before=-1",
        "transfers?before=99999999999999999999",
        "transfers?status=LOST",
        "transfers?status=queued",
        "transfers?connector=c-1",
        "transfers?text=a&text=b",
        "transfer",
        "transfer?transferId=%20",
        "transfer?transferId=a&number=x",
        "transfer?transferId=a&number=-1",
        "connectors?from=-1",
        "certificates?limit=1000",
      })
  void whatMakesNoSenseIsRefusedWithASentence(String path) throws Exception {
    HttpResponse<String> answer = visitor.get(path);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(Json.parse(answer.body()).path("error").path("message").asText()).endsWith(".");
  }

  @Test
  void aTextThatIsTooLongIsRefused() throws Exception {
    String longest = "x".repeat(ServeLimits.CONSOLE_SEARCH_CHARACTERS);
    assertThat(visitor.get("transfers?text=" + longest).statusCode()).isEqualTo(200);
    assertThat(visitor.get("transfers?text=x" + longest).statusCode()).isEqualTo(400);
  }

  @Test
  void aTransferThatEndedHasItsWholeRecord() throws Exception {
    ObjectNode file = visitor.read("transfer" + query(named(History.ORDER)));
    assertThat(file.path("record").path("mic-match").asText()).isEqualTo("rfc");
    assertThat(file.path("record").path("attempts")).hasSize(1);
    assertThat(file.path("record").path("layers")).hasSize(3);
    assertThat(file.path("record").path("json-file").asText()).endsWith(".json");
    assertThat(file.path("requester").asText()).isNotEmpty();
  }

  @Test
  void aFailureComesWithWhatToDo() throws Exception {
    ObjectNode file = visitor.read("transfer" + query(named(History.REFUSED)));
    assertThat(file.path("failureHint").asText()).isNotEmpty();
    assertThat(file.path("failureMeaning").asText()).isNotEmpty();
  }

  @Test
  void aTransferUnderWayHasWhatIsKnown() throws Exception {
    ObjectNode file = visitor.read("transfer" + query(named(History.RUNNING)));
    assertThat(file.path("status").asText()).isEqualTo("IN_PROGRESS");
    assertThat(file.has("started")).isTrue();
    assertThat(file.has("record")).isFalse();
    assertThat(file.has("ended")).isFalse();
  }

  @Test
  void theOtherFilesOfATransferAreNamed() throws Exception {
    String order =
        "{\"connectorId\": \"%s\", \"files\": [\"/outbox/1.edi\", \"/outbox/2.edi\"]}"
            .formatted(Partners.ACME);
    ObjectNode sent = Json.parse(visitor.post("send", order).body());
    ObjectNode file = visitor.read("transfer?transferId=" + sent.path("transferId").asText());
    assertThat(file.path("file").asText()).isEqualTo("/outbox/1.edi");
    assertThat(file.path("others")).hasSize(1);
    assertThat(file.path("others").get(0).path("file").asText()).isEqualTo("/outbox/2.edi");
  }

  @Test
  void whatIsNotThereIsSaidToBeMissing() throws Exception {
    assertThat(visitor.get("transfer?transferId=none&number=0").statusCode()).isEqualTo(404);
    assertThat(visitor.get("mdn?transferId=none&number=0").statusCode()).isEqualTo(404);
    assertThat(visitor.get("mdn" + query(named(History.WAITING))).statusCode()).isEqualTo(404);
  }

  @Test
  void anMdnIsShownAsThePartnerWroteIt() throws Exception {
    ObjectNode mdn = visitor.read("mdn" + query(named(History.REFUSED)));
    assertThat(mdn.path("text").asText()).contains("could not be decrypted");
    assertThat(mdn.path("fields").toString()).contains("Original-Message-ID");
    assertThat(mdn.path("headers").toString()).contains("AS2-From");
  }

  @Test
  void anMdnThatWasRemovedIsSaidToBeMissing() throws Exception {
    FileState file = named(History.REFUSED);
    String path = Json.parse(file.outcome().orElseThrow()).path("mdn-file").asText();
    server.store.delete(FilePath.parse(path));
    HttpResponse<String> answer = visitor.get("mdn" + query(file));
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("error");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Type: text/html\r\n\r\n<script>alert(1)</script>",
        "X: y\r\n\r\n",
        "no header at all",
        "",
      })
  void anAnswerThatIsNoMdnIsShownAsTextOrSaidToBeUnreadable(String octets) throws Exception {
    FileState file = named(History.REFUSED);
    String path = Json.parse(file.outcome().orElseThrow()).path("mdn-file").asText();
    server.store.write(
        FilePath.parse(path),
        Content.of(octets.getBytes(StandardCharsets.UTF_8)),
        "application/octet-stream");
    HttpResponse<String> answer = visitor.get("mdn" + query(file));
    assertThat(answer.statusCode()).isIn(200, 404);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/json");
  }

  @Test
  void hostileNamesStayData() throws Exception {
    server.history.writeHostile();
    HttpResponse<String> answer = visitor.get("transfers?text=onerror");
    assertThat(answer.headers().firstValue("Content-Type"))
        .contains("application/json; charset=utf-8");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(files(Json.parse(answer.body()))).containsExactly(History.HOSTILE.toString());
  }

  @Test
  void aFileThatEndedIsSentAgainAsANewTransfer() throws Exception {
    FileState before = named(History.REFUSED);
    ObjectNode answer = Json.parse(visitor.post("resend", body(before)).body());
    FileState again = named(History.REFUSED);
    assertThat(answer.path("transferId").asText()).isEqualTo(again.key().transferId().value());
    assertThat(again.messageId()).isNotEqualTo(before.messageId());
    assertThat(again.requester()).isEqualTo(ConsoleServer.KEY);
    ObjectNode shown = visitor.read("transfer" + query(again));
    assertThat(shown.path("resendOf").path("transferId").asText())
        .isEqualTo(before.key().transferId().value());
  }

  @Test
  void aFileThatHasNotEndedIsNotSentAgain() throws Exception {
    assertThat(visitor.post("resend", body(named(History.WAITING))).statusCode()).isEqualTo(409);
  }

  @Test
  void aFileThatHasNotEndedIsCancelled() throws Exception {
    FileState file = named(History.WAITING);
    assertThat(visitor.post("cancel", body(file)).statusCode()).isEqualTo(200);
    assertThat(visitor.read("transfer" + query(file)).path("cancelling").asBoolean()).isTrue();
    assertThat(visitor.post("cancel", body(named(History.ORDER))).statusCode()).isEqualTo(409);
  }

  @Test
  void filesAreSentAsTheApiSendsThem() throws Exception {
    String order =
        "{\"connectorId\": \"%s\", \"files\": [\"/outbox/a.edi\", \"outbox/ä b/c.edi\"]}"
            .formatted(Partners.GLOBEX);
    assertThat(visitor.post("send", order).statusCode()).isEqualTo(200);
    FileState last = server.transfers.all().get(server.transfers.all().size() - 1);
    assertThat(last.file()).hasToString("/outbox/ä b/c.edi");
    assertThat(last.connectorId()).isEqualTo(Partners.GLOBEX);
    assertThat(last.status()).isEqualTo(Status.QUEUED);
    assertThat(last.requester()).isEqualTo(ConsoleServer.KEY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"connectorId\": \"ACME\"}",
        "{\"connectorId\": \"ACME\", \"files\": []}",
        "{\"connectorId\": \"ACME\", \"files\": \"/a/b\"}",
        "{\"connectorId\": \"ACME\", \"files\": [1]}",
        "{\"connectorId\": \"ACME\", \"files\": [null]}",
        "{\"connectorId\": \"ACME\", \"files\": [\"nobucket\"]}",
        "{\"connectorId\": \"ACME\", \"files\": [\"/a/../b\"]}",
        "{\"connectorId\": \"ACME\", \"files\": [\"/a/\\u0000\"]}",
        "{\"connectorId\": 7, \"files\": [\"/a/b\"]}",
        "{\"connectorId\": \"c-00000000000000000\", \"files\": [\"/a/b\"]}",
        "{\"connectorId\": \"../../etc\", \"files\": [\"/a/b\"]}",
        "{\"connectorId\": \"ACME\","
            + " \"files\": [\"a/1\",\"a/2\",\"a/3\",\"a/4\",\"a/5\",\"a/6\",\"a/7\",\"a/8\",\"a/9\","
            + "\"a/10\",\"a/11\"]}",
      })
  void anOrderThatMakesNoSenseIsRefused(String order) throws Exception {
    int before = server.transfers.all().size();
    HttpResponse<String> answer =
        visitor.post("send", order.replace("ACME", Partners.ACME.value()));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(Json.parse(answer.body()).path("error").path("message").asText()).endsWith(".");
    assertThat(server.transfers.all()).hasSize(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"transferId\": \"a\"}",
        "{\"transferId\": \"a\", \"number\": \"0\"}",
        "{\"transferId\": \"a\", \"number\": 99999999999}",
        "{\"transferId\": \"\", \"number\": 0}",
      })
  void anOrderWithoutAFileIsRefused(String order) throws Exception {
    assertThat(visitor.post("cancel", order).statusCode()).isEqualTo(400);
    assertThat(visitor.post("resend", order).statusCode()).isEqualTo(400);
  }

  @Test
  void aRequestThatIsTooLargeIsRefused() throws Exception {
    String large = "{\"x\": \"" + "x".repeat(ServeLimits.CONSOLE_REQUEST_BYTES) + "\"}";
    assertThat(visitor.post("send", large).statusCode()).isEqualTo(413);
    assertThat(server.send(server.post("sign-in", large).build()).statusCode()).isEqualTo(413);
  }

  @Test
  void aDatabaseThatFailsIsSaidToWithoutItsOwnWords() throws Exception {
    server.transfers.fail(new IOException("password=hunter2"));
    HttpResponse<String> answer = visitor.get("transfers");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("UNAVAILABLE").doesNotContain("hunter2");
  }

  @Test
  void namesAreThoseOfAMomentAgo() throws Exception {
    visitor.read("connectors");
    new Partners(server.resources, server.clock.instant())
        .connector(Partners.connectorId(9), 2, "https://new.example/", Map.of());
    server.clock.offset(Duration.ofSeconds(ServeLimits.CONSOLE_NAMES_SECONDS + 1));
    assertThat(visitor.read("connectors").path("total").asInt()).isEqualTo(4);
  }
}
