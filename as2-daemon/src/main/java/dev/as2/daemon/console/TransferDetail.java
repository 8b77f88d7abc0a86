package dev.as2.daemon.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.FailureCode;
import dev.as2.core.FilePath;
import dev.as2.core.FileStore;
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
  private final StoredAnswers answers;

  TransferDetail(Transfers transfers, Directory directory, FileStore store) {
    this.transfers = transfers;
    this.directory = directory;
    this.answers = new StoredAnswers(store);
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
    Optional<String> path =
        file(visit)
            .outcome()
            .map(Json::parse)
            .map(record -> record.path("mdn-file").asText())
            .filter(name -> !name.isEmpty());
    if (path.isEmpty()) {
      throw Refusal.notFound("There is no answer of the partner to this file.");
    }
    return answers.read(FilePath.parse(path.get()));
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
