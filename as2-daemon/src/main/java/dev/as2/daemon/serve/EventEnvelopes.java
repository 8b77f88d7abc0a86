package dev.as2.daemon.serve;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.ConnectorEvent;
import dev.as2.daemon.aws.Json;
import dev.as2.daemon.state.Outbox;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * The engine's events in EventBridge's envelope (EventBridge user guide, "Event structure").
 *
 * @param region of ARNs
 * @param account of ARNs
 */
record EventEnvelopes(String region, String account)
    implements Function<ConnectorEvent, Outbox.Event> {
  @Override
  public Outbox.Event apply(ConnectorEvent event) {
    String id = UUID.randomUUID().toString();
    ObjectNode envelope = Json.object();
    envelope.put("version", "0");
    envelope.put("id", id);
    envelope.put("detail-type", event.kind().detailType());
    envelope.put("source", "aws.transfer");
    envelope.put("account", account);
    envelope.put("time", event.time().truncatedTo(ChronoUnit.SECONDS).toString());
    envelope.put("region", region);
    Object connector = event.detail().getOrDefault("connector-id", "");
    envelope
        .putArray("resources")
        .add("arn:aws:transfer:%s:%s:connector/%s".formatted(region, account, connector));
    envelope.set("detail", object(event.detail()));
    return new Outbox.Event(id, Json.line(envelope));
  }

  private static ObjectNode object(Map<?, ?> members) {
    ObjectNode object = Json.object();
    members.forEach((name, value) -> {
      if (value instanceof Map<?, ?> inner) {
        object.set(String.valueOf(name), object(inner));
      } else if (value instanceof Number number) {
        object.put(String.valueOf(name), number.longValue());
      } else {
        object.put(String.valueOf(name), String.valueOf(value));
      }
    });
    return object;
  }
}
