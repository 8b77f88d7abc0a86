package dev.as2.daemon.queue;

import dev.as2.daemon.state.Outbox;
import java.io.IOException;
import java.util.List;

/** Where events go. Called by one thread at a time in all daemons together; may block. */
@FunctionalInterface
public interface EventSink {
  /** Takes nothing: nobody wants events. */
  EventSink NONE = events -> {};

  /**
   * Delivers events, in their order. Returns when all of them have arrived; where it fails, all of
   * them are delivered again.
   */
  void deliver(List<Outbox.Event> events) throws IOException;
}
