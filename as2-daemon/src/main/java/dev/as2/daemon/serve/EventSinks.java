package dev.as2.daemon.serve;

import dev.as2.core.As2Exception;
import dev.as2.daemon.queue.EventSink;
import dev.as2.daemon.state.Outbox;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The places that events can go to. */
final class EventSinks {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private EventSinks() {}

  /** All that are configured, as one; {@link EventSink#NONE} where none is. */
  static EventSink of(ServeConfig config) throws As2Exception {
    List<EventSink> sinks = new ArrayList<>();
    config.optional(Setting.EVENTS_LOG).ifPresent(file -> sinks.add(log(Path.of(file))));
    if (config.optional(Setting.EVENTS_WEBHOOK).isPresent()) {
      sinks.add(webhook(url(config, Setting.EVENTS_WEBHOOK)));
    }
    if (config.optional(Setting.EVENTS_BUS).isPresent()) {
      sinks.add(EventBus.of(config));
    }
    if (sinks.isEmpty()) {
      return EventSink.NONE;
    }
    return events -> {
      for (EventSink sink : sinks) {
        sink.deliver(events);
      }
    };
  }

  static URI url(ServeConfig config, Setting setting) throws As2Exception {
    String text = config.text(setting);
    if (!text.matches("https?://[^\\s/]\\S*")) {
      throw config.wrong(setting);
    }
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw config.wrong(setting);
    }
  }

  /** Lines of a file; they are on the disk when this returns. */
  static EventSink log(Path file) {
    return events -> {
      try (FileChannel channel =
          FileChannel.open(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.APPEND)) {
        for (Outbox.Event event : events) {
          ByteBuffer line = StandardCharsets.UTF_8.encode(event.envelope() + "\n");
          while (line.hasRemaining()) {
            channel.write(line);
          }
        }
        channel.force(false);
      }
    };
  }

  /** A POST for each event. */
  static EventSink webhook(URI url) {
    HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    return events -> {
      for (Outbox.Event event : events) {
        post(client, url, event);
      }
    };
  }

  private static void post(HttpClient client, URI url, Outbox.Event event) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(event.envelope()))
            .build();
    int status;
    try {
      status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("The webhook was interrupted: the daemon ends.", e);
    }
    if (status / 100 != 2) {
      throw new IOException("The webhook " + url.getHost() + " answered " + status + ".");
    }
  }
}
