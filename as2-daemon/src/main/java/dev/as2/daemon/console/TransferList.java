package dev.as2.daemon.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.ConnectorId;
import dev.as2.daemon.aws.Json;
import dev.as2.daemon.console.Directory.KnownConnector;
import dev.as2.daemon.console.Directory.Names;
import dev.as2.daemon.state.ServeLimits;
import dev.as2.daemon.state.Transfers;
import dev.as2.daemon.state.Transfers.FileState;
import dev.as2.daemon.state.Transfers.Search;
import dev.as2.daemon.state.Transfers.Status;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Files, newest first: all, or those of a status, of a connector, or with a text in their path,
 * ids, failure code, or in what people call their connector and partner.
 */
final class TransferList {
  private final Transfers transfers;
  private final Directory directory;

  TransferList(Transfers transfers, Directory directory) {
    this.transfers = transfers;
    this.directory = directory;
  }

  ObjectNode answer(Visit visit) throws Refusal, IOException {
    Search search = search(visit.query());
    Names names = directory.names();
    List<KnownConnector> called = called(search, names);
    List<FileState> found = found(search, called);
    int shown = search.limit() - 1;
    ObjectNode answer = Json.object();
    ArrayNode files = answer.putArray("files");
    found.stream().limit(shown).forEach(file -> files.add(TransferJson.of(file, names)));
    answer.put("more", found.size() > shown);
    answer.put("manyConnectors", called.size() > ServeLimits.CONSOLE_SEARCHED_CONNECTORS);
    return answer;
  }

  /** For one file more than is shown, which tells whether there are more. */
  private static Search search(Query query) throws Refusal {
    long limit =
        query
            .number("limit", 1, ServeLimits.CONSOLE_LARGEST_PAGE)
            .orElse((long) ServeLimits.CONSOLE_PAGE);
    return new Search(
        connector(query),
        status(query),
        // People copy Message-IDs with their brackets.
        query
            .text("text", ServeLimits.CONSOLE_SEARCH_CHARACTERS)
            .map(text -> text.strip().replaceAll("^<|>$", ""))
            .filter(text -> !text.isEmpty()),
        query.number("before", 0, Long.MAX_VALUE),
        Math.toIntExact(limit) + 1);
  }

  private static Optional<ConnectorId> connector(Query query) throws Refusal {
    try {
      return query.text("connector", ServeLimits.CONSOLE_SEARCH_CHARACTERS).map(ConnectorId::new);
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid("connector is not the id of one.");
    }
  }

  private static Optional<Status> status(Query query) throws Refusal {
    try {
      return query.text("status", ServeLimits.CONSOLE_SEARCH_CHARACTERS).map(Status::valueOf);
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid("status is none of QUEUED, IN_PROGRESS, COMPLETED, FAILED.");
    }
  }

  /** The connectors that the text is a part of what people call them. */
  private static List<KnownConnector> called(Search search, Names names) {
    if (search.text().isEmpty()) {
      return List.of();
    }
    String text = search.text().get().toLowerCase(Locale.ROOT);
    return names.connectors().values().stream()
        .filter(each -> each.isCalled(text))
        .filter(each -> search.connectorId().map(id -> id.value().equals(each.id())).orElse(true))
        .limit(ServeLimits.CONSOLE_SEARCHED_CONNECTORS + 1)
        .toList();
  }

  private List<FileState> found(Search search, List<KnownConnector> called) throws IOException {
    Map<Long, FileState> found = new TreeMap<>(Comparator.reverseOrder());
    transfers.search(search).forEach(file -> found.put(file.sequence(), file));
    List<KnownConnector> some =
        called.stream().limit(ServeLimits.CONSOLE_SEARCHED_CONNECTORS).toList();
    for (KnownConnector each : some) {
      Search all =
          new Search(
              Optional.of(new ConnectorId(each.id())),
              search.status(),
              Optional.empty(),
              search.before(),
              search.limit());
      transfers.search(all).forEach(file -> found.put(file.sequence(), file));
    }
    return found.values().stream().limit(search.limit()).toList();
  }
}
