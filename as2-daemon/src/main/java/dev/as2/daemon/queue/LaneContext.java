package dev.as2.daemon.queue;

import dev.as2.core.As2Exception;
import dev.as2.core.ConnectorId;
import dev.as2.core.ConnectorOptions.Pace;
import dev.as2.core.ConnectorRuntime;
import dev.as2.core.Registry;
import dev.as2.daemon.state.Lanes;
import java.io.UncheckedIOException;
import java.util.function.BooleanSupplier;

/**
 * What all lanes of a daemon share.
 *
 * @param settings how the queue is worked off
 * @param lanes the files in the database
 * @param flights the files under way in this process
 * @param runtime sends them
 * @param registry says how fast a connector may go
 * @param refresh makes the registry see what other daemons wrote
 * @param slots the places for messages under way
 * @param othersWaiting whether connectors wait for a lane
 * @param stopping whether the daemon is about to end
 */
record LaneContext(
    QueueSettings settings,
    Lanes lanes,
    Flights flights,
    ConnectorRuntime runtime,
    Registry registry,
    QueuePorts.Refresh refresh,
    Slots slots,
    BooleanSupplier othersWaiting,
    BooleanSupplier stopping) {

  boolean othersWait() {
    return othersWaiting.getAsBoolean();
  }

  boolean isStopping() {
    return stopping.getAsBoolean();
  }

  /** The connector's bounds; where it cannot be read, that is said of each of its files. */
  Pace pace(ConnectorId id) {
    try {
      return registry.connector(id).options().pace();
    } catch (As2Exception | UncheckedIOException | IllegalArgumentException e) {
      return Pace.DEFAULT;
    }
  }
}
