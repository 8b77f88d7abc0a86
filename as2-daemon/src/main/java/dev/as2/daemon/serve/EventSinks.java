package dev.as2.daemon.serve;

import static java.net.http.HttpResponse.BodyHandlers.discarding;

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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The places that events can go to. */
final class EventSinks {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private EventSinks() {}

  /** All that are configured, as one; {@link EventSink#NONE} where none is. */
  static EventSink of(ServeConfig config) throws As2Exception {
    List<EventSink> sinks = new ArrayList<>();
    config.optional(Setting.EVENTS_LOG).ifPresent(file -> sinks.add(log(Path.of(file))));
    if (config.optional(Setting.EVENTS_WEBHOOK).isPresent()) {
      sinks.add(webhook(url(config, Setting.EVENTS_WEBHOOK), PATIENCE));
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

  /**
   * A POST for each event.
   *
   * @param patience how long one may take, until the end of its answer
   */
  static EventSink webhook(URI url, Duration patience) {
    HttpClient client = HttpClient.newHttpClient();
    return events -> {
      for (Outbox.Event event : events) {
        int status = status(client.sendAsync(post(url, event), discarding()), url, patience);
        if (status / 100 != 2) {
          throw new IOException("The webhook " + url.getHost() + " answered " + status + ".");
        }
      }
    };
  }

  private static HttpRequest post(URI url, Outbox.Event event) {
    return HttpRequest.newBuilder(url)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(event.envelope()))
        .build();
  }

  /** The client's own timeout ends with an answer's headers; what stalls then would stall us. */
  private static int status(CompletableFuture<HttpResponse<Void>> call, URI url, Duration patience)
      throws IOException {
    try {
      return call.get(patience.toMillis(), TimeUnit.MILLISECONDS).statusCode();
    } catch (TimeoutException e) {
      call.cancel(true);
      throw new IOException(
          "The webhook %s has not answered within %d ms."
              .formatted(url.getHost(), patience.toMillis()),
          e);
    } catch (ExecutionException e) {
      throw new IOException("The webhook " + url.getHost() + " fails: " + e.getCause(), e);
    } catch (InterruptedException e) {
      call.cancel(true);
      Thread.currentThread().interrupt();
      throw new IOException("The webhook was interrupted: the daemon ends.", e);
    }
  }
}
