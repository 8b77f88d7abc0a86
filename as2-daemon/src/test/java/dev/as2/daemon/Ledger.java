package dev.as2.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.as2.core.ConnectorId;
import dev.as2.daemon.UnreliablePartner.Delivery;
import dev.as2.daemon.aws.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.transfer.TransferClient;
import software.amazon.awssdk.services.transfer.model.ConnectorFileTransferResult;

/**
 * What daemons were asked to send, to be compared with what the partner got and with the results
 * beside the files. Safe for use by several threads.
 */
final class Ledger {
  private static final int PATIENCE_SECONDS = 600;

  private final Trading trading;
  private final UnreliablePartner partner;
  private final AtomicInteger number = new AtomicInteger();
  private final Map<String, Accepted> accepted = new ConcurrentHashMap<>();
  private final Set<String> unknown = ConcurrentHashMap.newKeySet();

  /** What a daemon said yes to. */
  private record Accepted(ConnectorId connector, List<String> files) {}

  Ledger(Trading trading, UnreliablePartner partner) {
    this.trading = trading;
    this.partner = partner;
  }

  /** How many transfers were accepted. */
  int transfers() {
    return accepted.size();
  }

  /** How many files of accepted transfers there are. */
  int files() {
    return accepted.values().stream().mapToInt(each -> each.files().size()).sum();
  }

  /**
   * Has new files sent, which nobody else has sent.
   *
   * @return whether the daemon answered: where it did not, it may have accepted them or not
   */
  boolean start(TransferClient api, ConnectorId connector, int count) throws IOException {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int next = number.incrementAndGet();
      names.add(next + ".edi");
      trading.file(next + ".edi", ("content of " + next + "\n").repeat(1 + next * 7 % 300));
    }
    try {
      String id =
          api.startFileTransfer(request ->
                  request
                      .connectorId(connector.value())
                      .sendFilePaths(names.stream().map(name -> "/out/" + name).toList()))
              .transferId();
      accepted.put(id, new Accepted(connector, names));
      return true;
    } catch (SdkClientException e) {
      unknown.addAll(names);
      return false;
    }
  }

  /** Waits until all has ended, then compares. */
  void assertAllDeliveredOnce(TransferClient api) throws IOException {
    for (Map.Entry<String, Accepted> each : accepted.entrySet()) {
      awaitCompleted(api, each.getKey(), each.getValue());
    }
    // What was not acknowledged ends as well: those who come later are sent later.
    Awaitility.await("records of all that came")
        .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .until(() -> records().size() >= partner.deliveries().size());
    Map<String, String> messageIds = assertResultsComplete();
    assertThat(messageIds.keySet()).containsAll(acknowledged());
    Set<String> others = new TreeSet<>(messageIds.keySet());
    others.removeAll(acknowledged());
    assertThat(unknown).as("sent without being accepted").containsAll(others);
    assertThat(partner.deliveries().keySet())
        .containsExactlyInAnyOrderElementsOf(messageIds.values());
    assertPartnerGotThemOnce(messageIds.keySet());
  }

  private Set<String> acknowledged() {
    Set<String> files = new TreeSet<>();
    accepted.values().forEach(each -> files.addAll(each.files()));
    return files;
  }

  private static void awaitCompleted(TransferClient api, String id, Accepted transfer) {
    List<ConnectorFileTransferResult> results =
        Awaitility.await("the end of " + id)
            .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
            .pollInterval(50, TimeUnit.MILLISECONDS)
            .until(
                () ->
                    api.listFileTransferResults(request ->
                            request.connectorId(transfer.connector().value()).transferId(id))
                        .fileTransferResults(),
                all -> all.stream().allMatch(each -> ended(each.statusCodeAsString())));
    assertThat(results).hasSameSizeAs(transfer.files());
    assertThat(results)
        .allSatisfy(each ->
            assertThat(each.statusCodeAsString()).as(each.toString()).isEqualTo("COMPLETED"));
  }

  private static boolean ended(String status) {
    return status.equals("COMPLETED") || status.equals("FAILED");
  }

  private List<Path> records() throws IOException {
    try (Stream<Path> files = Files.list(trading.outbox())) {
      return files.filter(Ledger::isRecord).toList();
    }
  }

  private static boolean isRecord(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".json") && !name.startsWith(".");
  }

  /** Each file has one record, and each record an MDN beside it; Message-IDs by file. */
  private Map<String, String> assertResultsComplete() throws IOException {
    Map<String, String> messageIds = new HashMap<>();
    for (Path path : records()) {
      JsonNode record = Json.parse(Files.readString(path));
      String file = record.path("requester-file-name").asText();
      String messageId = record.path("as2-message-id").asText();
      assertThat(record.path("status-code").asText()).as(path.toString()).isEqualTo("COMPLETED");
      assertThat(messageIds.put(file, messageId)).as("another Message-ID of " + file).isNull();
      String mdn =
          Files.readString(
              Path.of(path.toString().replaceFirst("json$", "mdn")), StandardCharsets.ISO_8859_1);
      assertThat(mdn).contains("Original-Message-ID: <" + messageId + ">");
    }
    return messageIds;
  }

  private void assertPartnerGotThemOnce(Set<String> files) {
    assertThat(partner.deliveries())
        .allSatisfy((messageId, deliveries) -> {
          assertThat(deliveries.stream().map(Delivery::message).distinct()).hasSize(1);
          assertThat(deliveries).anyMatch(each -> each.status() == 200);
        });
    assertThat(files)
        .allSatisfy(file ->
            assertThat(trading.received().resolve(file))
                .hasSameBinaryContentAs(trading.outbox().resolve(file)));
  }

  /** How often the partner got what, in words. */
  String summary() {
    int whole = partner.deliveries().values().stream().mapToInt(List::size).sum();
    return "%d transfers of %d files accepted, %d files with a lost answer; %d messages came whole %d times"
        .formatted(transfers(), files(), unknown.size(), partner.deliveries().size(), whole);
  }
}
