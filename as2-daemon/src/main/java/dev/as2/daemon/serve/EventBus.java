package dev.as2.daemon.serve;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.As2Exception;
import dev.as2.daemon.aws.Json;
import dev.as2.daemon.queue.EventSink;
import dev.as2.daemon.state.Outbox;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClientBuilder;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;

/**
 * A bus of AWS EventBridge. AWS keeps the source {@code aws.transfer} for itself: events come from
 * {@code as2.transfer} there, and have EventBridge's own ids.
 */
final class EventBus implements EventSink {
  /** What one call may hold. */
  private static final int BATCH = 10;

  private static final String SOURCE = "as2.transfer";

  private final EventBridgeClient client;
  private final String bus;

  private EventBus(EventBridgeClient client, String bus) {
    this.client = client;
    this.bus = bus;
  }

  static EventBus of(ServeConfig config) throws As2Exception {
    EventBridgeClientBuilder builder =
        EventBridgeClient.builder()
            .httpClient(UrlConnectionHttpClient.create())
            .region(Region.of(config.text(Setting.REGION)));
    if (config.optional(Setting.EVENTS_ENDPOINT).isPresent()) {
      builder.endpointOverride(EventSinks.url(config, Setting.EVENTS_ENDPOINT));
    }
    return new EventBus(builder.build(), config.text(Setting.EVENTS_BUS));
  }

  @Override
  public void deliver(List<Outbox.Event> events) throws IOException {
    for (int first = 0; first < events.size(); first += BATCH) {
      put(events.subList(first, Math.min(events.size(), first + BATCH)));
    }
  }

  private void put(List<Outbox.Event> events) throws IOException {
    List<PutEventsRequestEntry> entries = new ArrayList<>();
    events.forEach(event -> entries.add(entry(Json.parse(event.envelope()))));
    try {
      PutEventsResponse response = client.putEvents(request -> request.entries(entries));
      if (response.failedEntryCount() > 0) {
        throw new IOException(
            "EventBridge refused %d of %d events."
                .formatted(response.failedEntryCount(), events.size()));
      }
    } catch (SdkException e) {
      throw new IOException("EventBridge cannot be reached: " + e.getMessage(), e);
    }
  }

  private PutEventsRequestEntry entry(ObjectNode envelope) {
    return PutEventsRequestEntry.builder()
        .eventBusName(bus)
        .source(SOURCE)
        .time(Instant.parse(envelope.path("time").asText()))
        .resources(envelope.path("resources").path(0).asText())
        .detailType(envelope.path("detail-type").asText())
        .detail(Json.line(envelope.path("detail")))
        .build();
  }
}
