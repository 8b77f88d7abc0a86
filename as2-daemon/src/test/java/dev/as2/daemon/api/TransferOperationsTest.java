package dev.as2.daemon.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.as2.core.FilePath;
import dev.as2.daemon.state.Lanes;
import dev.as2.mime.Header;
import dev.as2.mime.Headers;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.transfer.model.ConnectorFileTransferResult;
import software.amazon.awssdk.services.transfer.model.TestConnectionResponse;
import software.amazon.awssdk.services.transfer.model.TransferTableStatus;

class TransferOperationsTest extends ApiFixture {
  private Partnership made;

  @BeforeEach
  void make() {
    made = Partnership.create(sdk);
  }

  private String sent(String... paths) {
    return sdk.startFileTransfer(each -> each.connectorId(made.connector()).sendFilePaths(paths))
        .transferId();
  }

  private List<ConnectorFileTransferResult> results(String transfer) {
    return sdk.listFileTransferResults(
            each -> each.connectorId(made.connector()).transferId(transfer))
        .fileTransferResults();
  }

  @Test
  void acceptsFilesAndTellsWhatBecameOfThem() throws IOException {
    String transfer = sent("/outbox/a.edi", "outbox/b c.edi");

    assertThat(transfer).matches("[0-9a-f-]{36}");
    assertThat(results(transfer))
        .containsExactly(
            result("/outbox/a.edi", TransferTableStatus.QUEUED),
            result("/outbox/b c.edi", TransferTableStatus.QUEUED));
    List<Lanes.Taken> taken = state.take(made.connector());
    assertThat(results(transfer))
        .extracting(ConnectorFileTransferResult::statusCode)
        .containsOnly(TransferTableStatus.IN_PROGRESS);
    end(taken.get(0), Optional.empty(), Optional.empty());
    end(taken.get(1), Optional.of("MDN_MISSING"), Optional.of("There is no MDN."));
    assertThat(results(transfer))
        .containsExactly(
            result("/outbox/a.edi", TransferTableStatus.COMPLETED),
            ConnectorFileTransferResult.builder()
                .filePath("/outbox/b c.edi")
                .statusCode(TransferTableStatus.FAILED)
                .failureCode("MDN_MISSING")
                .failureMessage("There is no MDN.")
                .build());
  }

  private void end(Lanes.Taken taken, Optional<String> code, Optional<String> message)
      throws IOException {
    state.end(made.connector(), taken.key(), code, message);
  }

  private static ConnectorFileTransferResult result(String path, TransferTableStatus status) {
    return ConnectorFileTransferResult.builder().filePath(path).statusCode(status).build();
  }

  @Test
  void anOrderHasItsHeadersAndWhoAskedForIt() throws Exception {
    ApiServer.Reply reply =
        api.call(
            "StartFileTransfer",
            """
            {"ConnectorId": "%s", "SendFilePaths": ["/a/b"],
             "CustomHttpHeaders": [{"Key": "X-Priority", "Value": "high"}, {"Key": "X-Empty"}]}
            """
                .formatted(made.connector()));

    assertThat(reply.status()).isEqualTo(200);
    Lanes.Taken taken = state.take(made.connector()).get(0);
    assertThat(taken.order().file()).isEqualTo(FilePath.parse("/a/b"));
    assertThat(taken.order().headers())
        .isEqualTo(
            new Headers(List.of(new Header("X-Priority", "high"), new Header("X-Empty", ""))));
    assertThat(state.transfers().file(taken.key()).orElseThrow().requester())
        .isEqualTo(ApiServer.KEY);
  }

  @Test
  void listsResultsPageByPage() {
    String[] paths = {"/a/0", "/a/1", "/a/2", "/a/3", "/a/4"};
    String transfer = sent(paths);

    assertThat(
            sdk.listFileTransferResultsPaginator(
                    each -> each.connectorId(made.connector()).transferId(transfer).maxResults(2))
                .fileTransferResults())
        .extracting(ConnectorFileTransferResult::filePath)
        .containsExactly(paths);
  }

  @Test
  void resultsStayWhenTheConnectorGoes() {
    String transfer = sent("/a/b");
    sdk.deleteConnector(each -> each.connectorId(made.connector()));

    assertThat(results(transfer)).hasSize(1);
  }

  private TestConnectionResponse tested() {
    return sdk.testConnection(each -> each.connectorId(made.connector()));
  }

  @Test
  void testsConnections() {
    assertThat(tested().connectorId()).isEqualTo(made.connector());
    assertThat(tested().status()).isEqualTo("OK");
    assertThat(tested().statusMessage()).isEqualTo("Connection succeeded");

    api.probed =
        CompletableFuture.completedFuture(Optional.of("Unable to resolve hostname as2.example."));
    assertThat(tested().status()).isEqualTo("ERROR");
    assertThat(tested().statusMessage()).isEqualTo("Unable to resolve hostname as2.example.");
  }

  @Test
  void testsAFewConnectionsAtATime() throws Exception {
    api.probed = new CompletableFuture<>();
    String json = "{\"ConnectorId\":\"" + made.connector() + "\"}";
    List<CompletableFuture<ApiServer.Reply>> calls = new java.util.ArrayList<>();
    for (int i = 0; i < 9; i++) {
      calls.add(
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return api.call("TestConnection", json);
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              },
              task -> new Thread(task, "caller").start()));
    }

    Object first = CompletableFuture.anyOf(calls.toArray(new CompletableFuture<?>[0])).get();
    assertThat(((ApiServer.Reply) first).type()).isEqualTo("ThrottlingException");
    api.probed.complete(Optional.empty());
    long succeeded = 0;
    for (CompletableFuture<ApiServer.Reply> each : calls) {
      succeeded += each.get().status() == 200 ? 1 : 0;
    }
    assertThat(succeeded).isEqualTo(8);
  }
}
