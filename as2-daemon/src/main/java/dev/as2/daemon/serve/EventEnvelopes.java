package dev.as2.daemon.serve;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.ConnectorEvent;
import dev.as2.daemon.aws.Json;
import dev.as2.daemon.state.Outbox;
import java.time.Instant;
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
    Object connector = event.detail().getOrDefault("connector-id", "");
    return envelope(
        event.kind().detailType(), event.time(), "connector/" + connector, object(event.detail()));
  }

  /** An event of an agreement. */
  Outbox.Event envelope(AgreementEvents.Told told) {
    String agreement =
        "agreement/%s/%s"
            .formatted(
                told.detail().path("server-id").asText(),
                told.detail().path("agreement-id").asText());
    return envelope(told.detailType(), told.time(), agreement, told.detail());
  }

  private Outbox.Event envelope(
      String detailType, Instant time, String resource, ObjectNode detail) {
    String id = UUID.randomUUID().toString();
    ObjectNode envelope = Json.object();
    envelope.put("version", "0");
    envelope.put("id", id);
    envelope.put("detail-type", detailType);
    envelope.put("source", "aws.transfer");
    envelope.put("account", account);
    envelope.put("time", time.truncatedTo(ChronoUnit.SECONDS).toString());
    envelope.put("region", region);
    envelope
        .putArray("resources")
        .add("arn:aws:transfer:%s:%s:%s".formatted(region, account, resource));
    envelope.set("detail", detail);
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
