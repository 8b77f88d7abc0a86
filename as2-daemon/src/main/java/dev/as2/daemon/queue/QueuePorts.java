package dev.as2.daemon.queue;

import dev.as2.core.ConnectorEvent;
import dev.as2.core.ConnectorListener;
import dev.as2.core.ConnectorRuntime;
import dev.as2.core.FileStores;
import dev.as2.core.Registry;
import dev.as2.daemon.state.Database;
import dev.as2.daemon.state.Lanes;
import dev.as2.daemon.state.Outbox;
import dev.as2.daemon.state.SqlAsyncMdns;
import dev.as2.daemon.state.SqlTransfers;
import dev.as2.daemon.state.WatchedFiles;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;

/**
 * What a queue works with.
 *
 * @param daemon this daemon's name, the same in each of its lives and no other daemon's; up to 32
 *     letters, digits and hyphens. Whoever uses it makes sure that its earlier lives have ended
 * @param database where db-scheduler's table is
 * @param lanes the files
 * @param transfers says where there is something to do
 * @param mdns the asynchronous MDNs of what was sent
 * @param registry says how fast each connector may go
 * @param refresh makes the registry see what other daemons wrote
 * @param runtime is to send; the queue gives it journal, listener and MDNs
 * @param listener hears what is sent; of an end, when it is durable
 * @param events what is to be done with events
 * @param watching what is watched for new files
 * @param clock what time it is
 */
public record QueuePorts(
    String daemon,
    Database database,
    Lanes lanes,
    SqlTransfers transfers,
    SqlAsyncMdns mdns,
    Registry registry,
    Refresh refresh,
    ConnectorRuntime.Builder runtime,
    ConnectorListener listener,
    Events events,
    Watches watching,
    Clock clock) {

  /** Makes a registry see all that was durable before, whoever wrote it. */
  @FunctionalInterface
  public interface Refresh {
    void refresh() throws IOException;
  }

  /**
   * What is watched.
   *
   * @param all each with a name of its own
   * @param stores where their folders are
   * @param files what was seen and sent before
   */
  public record Watches(List<Watch> all, FileStores stores, WatchedFiles files) {
    public Watches {
      all = List.copyOf(all);
    }
  }

  /**
   * What is to be done with events.
   *
   * @param outbox where they wait
   * @param envelopes makes of an engine's event what is delivered
   * @param sink where they go
   */
  public record Events(
      Outbox outbox, Function<ConnectorEvent, Outbox.Event> envelopes, EventSink sink) {}
}
