package dev.as2.daemon.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.As2Exception;
import dev.as2.core.ConnectorId;
import dev.as2.core.FilePath;
import dev.as2.core.SendOrder;
import dev.as2.core.TransferId;
import dev.as2.daemon.aws.Json;
import dev.as2.daemon.state.Resources.Kind;
import dev.as2.daemon.state.ServeLimits;
import dev.as2.daemon.state.Transfers;
import dev.as2.daemon.state.Transfers.FileState;
import dev.as2.mime.Header;
import dev.as2.mime.Headers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** StartFileTransfer, and what became of it. */
final class TransferOperations {
  private static final Pattern POSITION = Pattern.compile("[0-9]{1,4}");

  /** What is for connectors of the other protocol. */
  private static final List<String> SFTP =
      List.of("RetrieveFilePaths", "LocalDirectoryPath", "RemoteDirectoryPath");

  private final Catalog catalog;
  private final Transfers transfers;

  TransferOperations(Catalog catalog, Transfers transfers) {
    this.catalog = catalog;
    this.transfers = transfers;
  }

  Optional<ObjectNode> start(Call call) throws ApiException, IOException {
    for (String name : SFTP) {
      if (call.has(name)) {
        throw ApiException.invalid(name + " is for SFTP connectors, and there are AS2 ones only.");
      }
    }
    if (!call.has("SendFilePaths")) {
      throw ApiException.invalid("SendFilePaths is missing: an AS2 connector sends files.");
    }
    List<FilePath> files = files(call);
    List<Header> headers = headers(call);
    String id = call.id(Kind.CONNECTOR);
    catalog.existing(Kind.CONNECTOR, id);
    TransferId accepted =
        transfers.accept(
            new Transfers.Order(new ConnectorId(id), files, headers, call.accessKeyId()));
    return Optional.of(Json.object().put("TransferId", accepted.value()));
  }

  private static List<FilePath> files(Call call) throws ApiException {
    List<FilePath> files = new ArrayList<>();
    for (JsonNode path : call.request().path("SendFilePaths")) {
      try {
        files.add(FilePath.parse(path.asText()));
      } catch (IllegalArgumentException e) {
        throw ApiException.invalid("SendFilePaths: " + Sentence.of(e));
      }
    }
    return files;
  }

  private static List<Header> headers(Call call) throws ApiException {
    List<Header> headers = new ArrayList<>();
    for (JsonNode header : call.request().path("CustomHttpHeaders")) {
      if (!header.hasNonNull("Key")) {
        throw ApiException.invalid("CustomHttpHeaders: a header has no Key.");
      }
      headers.add(new Header(header.path("Key").asText(), header.path("Value").asText()));
    }
    try {
      SendOrder.checkHeaders(new Headers(headers));
    } catch (As2Exception e) {
      throw ApiException.invalid("CustomHttpHeaders: " + Sentence.of(e));
    }
    return headers;
  }

  /** Of AS2 transfers too, unlike AWS; a file's path is as it was asked for: /bucket/key. */
  Optional<ObjectNode> results(Call call) throws ApiException, IOException {
    String transfer = call.required("TransferId");
    String connector = call.id(Kind.CONNECTOR);
    List<FileState> files =
        transfers.files(new TransferId(transfer)).stream()
            .filter(each -> each.connectorId().value().equals(connector))
            .toList();
    if (files.isEmpty()) {
      catalog.existing(Kind.CONNECTOR, connector);
      throw ApiException.notFound("FileTransfer", transfer);
    }
    String question = call.operation() + "?" + transfer;
    int from = PageToken.position(call, question, POSITION).map(Integer::valueOf).orElse(0);
    int most = call.request().path("MaxResults").asInt(ServeLimits.API_PAGE);
    ObjectNode answer = Json.object();
    ArrayNode shown = answer.putArray("FileTransferResults");
    files.stream().skip(from).limit(most).forEach(each -> result(each, shown.addObject()));
    if (from + shown.size() < files.size()) {
      answer.put("NextToken", PageToken.after(question, String.valueOf(from + shown.size())));
    }
    return Optional.of(answer);
  }

  private static void result(FileState file, ObjectNode node) {
    node.put("FilePath", file.file().toString());
    node.put("StatusCode", file.status().name());
    file.failureCode().ifPresent(code -> node.put("FailureCode", code));
    file.failureMessage().ifPresent(message -> node.put("FailureMessage", message));
  }
}
