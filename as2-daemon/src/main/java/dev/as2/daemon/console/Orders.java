package dev.as2.daemon.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.ConnectorId;
import dev.as2.core.FilePath;
import dev.as2.core.TransferId;
import dev.as2.daemon.aws.AwsText;
import dev.as2.daemon.aws.Json;
import dev.as2.daemon.aws.Sentences;
import dev.as2.daemon.state.Resources;
import dev.as2.daemon.state.Resources.Kind;
import dev.as2.daemon.state.Transfers;
import dev.as2.daemon.state.Transfers.FileKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a person orders: files sent, sent again, or not sent after all. */
final class Orders {
  private static final int MOST_FILES = 10;

  private final Transfers transfers;
  private final Resources resources;

  Orders(Transfers transfers, Resources resources) {
    this.transfers = transfers;
    this.resources = resources;
  }

  /** As StartFileTransfer: {@code connectorId} and 1 to 10 {@code files}. */
  ObjectNode send(Visit visit) throws Refusal, IOException {
    String connector = Bodies.text(visit.members(), "connectorId");
    List<FilePath> files = files(visit.members().path("files"));
    if (!AwsText.CONNECTOR_ID.allows(connector)
        || resources.find(Kind.CONNECTOR, connector).isEmpty()) {
      throw Refusal.invalid("There is no such connector.");
    }
    return transfer(
        transfers.accept(
            new Transfers.Order(
                new ConnectorId(connector), files, List.of(), visit.accessKeyId())));
  }

  private static List<FilePath> files(JsonNode paths) throws Refusal {
    if (!paths.isArray() || paths.isEmpty() || paths.size() > MOST_FILES) {
      throw Refusal.invalid("files is not a list of 1 to " + MOST_FILES + " paths.");
    }
    List<FilePath> files = new ArrayList<>();
    for (JsonNode path : paths) {
      try {
        files.add(FilePath.parse(path.asText()));
      } catch (IllegalArgumentException e) {
        throw Refusal.invalid(
            "File %d: %s".formatted(files.size() + 1, Sentences.ended(Sentences.message(e))));
      }
    }
    return files;
  }

  /** Sends a file again that has ended, as a new transfer with a new Message-ID. */
  ObjectNode resend(Visit visit) throws Refusal, IOException {
    FileKey key = key(visit);
    Optional<TransferId> again = transfers.resend(key, visit.accessKeyId());
    if (again.isEmpty()) {
      throw Refusal.conflict("Only a transfer that has ended can be sent again.");
    }
    return transfer(again.get());
  }

  private static ObjectNode transfer(TransferId id) {
    return Json.object().put("transferId", id.value()).put("number", 0);
  }

  /** Asks for the end of a transfer that has not ended yet. */
  ObjectNode cancel(Visit visit) throws Refusal, IOException {
    if (!transfers.cancel(key(visit))) {
      throw Refusal.conflict("Only a transfer that has not ended yet can be cancelled.");
    }
    return Json.object().put("cancelling", true);
  }

  private static FileKey key(Visit visit) throws Refusal {
    JsonNode number = visit.members().path("number");
    if (!number.canConvertToInt()) {
      throw Refusal.invalid("number is missing, or no number.");
    }
    return Query.fileKey(Bodies.text(visit.members(), "transferId"), number.intValue());
  }
}
