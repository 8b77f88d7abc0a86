package dev.as2.daemon.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.daemon.aws.Json;
import dev.as2.daemon.state.ReceivedHistory;
import dev.as2.daemon.state.ReceivedHistory.Entry;
import dev.as2.daemon.state.ReceivedHistory.Placed;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What was received, the newest first, a page at a time. */
final class ReceivedList {
  private final ReceivedHistory history;

  ReceivedList(ReceivedHistory history) {
    this.history = history;
  }

  /** {@code next} is where the page after this one begins. */
  ObjectNode answer(Visit visit) throws Refusal, IOException {
    int limit = ResourceLists.limit(visit);
    Optional<Long> from =
        visit.query().number("from", 0, Long.MAX_VALUE).filter(sequence -> sequence > 0);
    // One more than is shown tells whether there is a next page.
    List<Placed> found = history.newest(ResourceLists.text(visit), from, limit + 1);
    ObjectNode answer = Json.object();
    ArrayNode shown = answer.putArray("received");
    found.stream().limit(limit).forEach(each -> show(each.entry(), shown.addObject()));
    if (found.size() > limit) {
      answer.put("next", found.get(limit - 1).sequence());
    }
    return answer;
  }

  private static void show(Entry entry, ObjectNode node) {
    node.put("from", entry.key().from().value());
    node.put("to", entry.key().to().value());
    node.put("messageId", entry.key().messageId().value());
    node.put("agreement", entry.agreementId().value());
    node.put("ended", entry.ended().toString());
    node.put("status", entry.status());
    entry.failureCode().ifPresent(code -> node.put("failureCode", code));
    entry.failureMessage().ifPresent(sentence -> node.put("failureMessage", sentence));
    node.put("bytes", entry.bytes());
    node.put("mdn", entry.mdn().name());
    node.set("detail", Json.parse(entry.detail()));
  }
}
