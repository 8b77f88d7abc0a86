package dev.as2.daemon.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.daemon.aws.Json;
import dev.as2.daemon.console.Directory.KnownConnector;
import dev.as2.daemon.console.Directory.Names;
import dev.as2.daemon.state.Transfers.FileKey;
import dev.as2.daemon.state.Transfers.FileState;
import java.util.Optional;

/** One file of a transfer as the page gets it; times are ISO 8601 in UTC. */
final class TransferJson {
  private TransferJson() {}

  static ObjectNode of(FileState file, Names names) {
    ObjectNode node = Json.object();
    key(node, file.key());
    node.put("sequence", file.sequence());
    node.put("file", file.file().toString());
    node.put("messageId", file.messageId().value());
    node.put("connectorId", file.connectorId().value());
    Optional<KnownConnector> connector = names.connector(file.connectorId().value());
    connector.ifPresent(each -> node.put("connector", each.name()));
    connector.ifPresent(each -> node.put("partner", each.partner()));
    node.put("status", file.status().name());
    node.put("cancelling", file.cancelling());
    file.failureCode().ifPresent(code -> node.put("failureCode", code));
    file.failureMessage().ifPresent(message -> node.put("failureMessage", message));
    node.put("accepted", file.accepted().toString());
    file.started().ifPresent(time -> node.put("started", time.toString()));
    file.ended().ifPresent(time -> node.put("ended", time.toString()));
    node.put("attempts", file.attempts());
    node.put("requester", file.requester());
    file.resendOf().ifPresent(key -> key(node.putObject("resendOf"), key));
    return node;
  }

  private static void key(ObjectNode node, FileKey key) {
    node.put("transferId", key.transferId().value()).put("number", key.number());
  }
}
