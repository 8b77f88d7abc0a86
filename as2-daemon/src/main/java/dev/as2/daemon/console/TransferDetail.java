package dev.as2.daemon.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.FailureCode;
import dev.as2.core.FilePath;
import dev.as2.core.FileStores;
import dev.as2.daemon.aws.Json;
import dev.as2.daemon.state.Transfers;
import dev.as2.daemon.state.Transfers.FileKey;
import dev.as2.daemon.state.Transfers.FileState;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** All that is known of one file of a transfer, and the partner's answer to it. */
final class TransferDetail {
  private final Transfers transfers;
  private final Directory directory;
  private final FileStores stores;
  private final StoredAnswers answers = new StoredAnswers();

  TransferDetail(Transfers transfers, Directory directory, FileStores stores) {
    this.transfers = transfers;
    this.directory = directory;
    this.stores = stores;
  }

  /** The file, with its outcome record once it has ended. */
  ObjectNode answer(Visit visit) throws Refusal, IOException {
    FileState file = file(visit);
    ObjectNode answer = TransferJson.of(file, directory.names());
    file.failureCode().flatMap(TransferDetail::known).ifPresent(code -> failure(answer, code));
    file.outcome().map(Json::parse).ifPresent(record -> answer.set("record", record));
    ArrayNode others = answer.putArray("others");
    for (FileState other : transfers.files(file.key().transferId())) {
      if (!other.key().equals(file.key())) {
        others
            .addObject()
            .put("number", other.key().number())
            .put("file", other.file().toString())
            .put("status", other.status().name());
      }
    }
    return answer;
  }

  /** The MDN, as it was written beside the file. */
  ObjectNode mdn(Visit visit) throws Refusal, IOException {
    FileState file = file(visit);
    Optional<String> path =
        file.outcome()
            .map(Json::parse)
            .map(record -> record.path("mdn-file").asText())
            .filter(name -> !name.isEmpty());
    if (path.isEmpty()) {
      throw Refusal.notFound("There is no answer of the partner to this file.");
    }
    return answers.read(stores.under(accessRole(file)), FilePath.parse(path.get()));
  }

  /** The connector's, with which the file was written; none where the connector is gone. */
  private Optional<String> accessRole(FileState file) throws IOException {
    return directory
        .names()
        .connector(file.connectorId().value())
        .map(connector -> connector.members().path("AccessRole").asText())
        .filter(role -> !role.isEmpty());
  }

  private FileState file(Visit visit) throws Refusal, IOException {
    FileKey key = visit.query().file();
    Optional<FileState> file = transfers.file(key);
    if (file.isEmpty()) {
      throw Refusal.notFound("There is no such transfer, or its history has ended.");
    }
    return file.get();
  }

  /** A code that an older or newer daemon has written may be none of ours. */
  private static Optional<FailureCode> known(String name) {
    List<FailureCode> codes = Arrays.asList(FailureCode.values());
    return codes.stream().filter(code -> code.name().equals(name)).findFirst();
  }

  private static void failure(ObjectNode answer, FailureCode code) {
    answer.put("failureMeaning", code.meaning());
    answer.put("failureHint", code.hint());
  }
}
