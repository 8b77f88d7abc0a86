package dev.as2.daemon.queue;

import dev.as2.core.ConnectorEvent;
import dev.as2.core.ConnectorId;
import dev.as2.core.ConnectorListener;
import dev.as2.core.ConnectorRuntime;
import dev.as2.core.FilePath;
import dev.as2.core.FileStore;
import dev.as2.core.TransferId;
import dev.as2.daemon.Trading;
import dev.as2.daemon.state.Database;
import dev.as2.daemon.state.Lanes;
import dev.as2.daemon.state.Lanes.Backlog;
import dev.as2.daemon.state.Outbox;
import dev.as2.daemon.state.SqlAsyncMdns;
import dev.as2.daemon.state.SqlTransfers;
import dev.as2.daemon.state.Transfers;
import dev.as2.daemon.state.Transfers.FileState;
import dev.as2.daemon.state.Vault;
import dev.as2.daemon.state.WatchedFiles;
import dev.as2.transport.NettyAs2Client;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** A daemon's queue without the daemon, over a database that is given. */
final class QueueStage implements AutoCloseable {
  static final QueueSettings QUICK =
      QueueSettings.DEFAULT.withRhythm(Duration.ofMillis(500), Duration.ofMillis(500));

  private final NettyAs2Client client = NettyAs2Client.create();
  private final Database database;
  private final Outbox outbox;
  private final Lanes lanes;
  private final SqlAsyncMdns mdns;
  private final SendQueue queue;
  private final SqlTransfers transfers;

  QueueStage(String daemon, Database database, Vault vault, Trading trading, QueueSettings settings)
      throws IOException {
    this(daemon, database, vault, trading, settings, EventSink.NONE);
  }

  QueueStage(
      String daemon,
      Database database,
      Vault vault,
      Trading trading,
      QueueSettings settings,
      EventSink sink,
      Watch... watches)
      throws IOException {
    Clock clock = Clock.systemUTC();
    FileStore store = trading.store();
    this.database = database;
    outbox = new Outbox(database, sink != EventSink.NONE);
    lanes = new Lanes(database, vault, outbox, clock);
    mdns = new SqlAsyncMdns(database, clock);
    transfers = new SqlTransfers(database, vault, clock, new SecureRandom());
    WatchedFiles watched = new WatchedFiles(database, transfers, clock);
    queue =
        SendQueue.start(
            new QueuePorts(
                daemon,
                database,
                lanes,
                transfers,
                mdns,
                trading,
                () -> {},
                ConnectorRuntime.builder(trading, store, client),
                ConnectorListener.NONE,
                new QueuePorts.Events(outbox, QueueStage::event, sink),
                new QueuePorts.Watches(List.of(watches), role -> store, watched),
                clock),
            settings);
  }

  private static Outbox.Event event(ConnectorEvent event) {
    return new Outbox.Event(UUID.randomUUID().toString(), event.kind().name());
  }

  Transfers transfers() {
    return transfers;
  }

  SendQueue queue() {
    return queue;
  }

  SqlAsyncMdns mdns() {
    return mdns;
  }

  Outbox outbox() {
    return outbox;
  }

  TransferId accept(Trading trading, FilePath... files) throws IOException {
    return accept(trading.connectorId(), files);
  }

  TransferId accept(ConnectorId connector, FilePath... files) throws IOException {
    return transfers.accept(new Transfers.Order(connector, List.of(files), List.of(), "test"));
  }

  /** What everything here is awaited with. */
  static ConditionFactory within() {
    return Awaitility.await().atMost(60, TimeUnit.SECONDS).pollInterval(Duration.ofMillis(20));
  }

  /** The files of a transfer when all of them have ended. */
  List<FileState> ended(TransferId id) {
    return within()
        .until(files(id), files -> files.stream().allMatch(file -> file.ended().isPresent()));
  }

  /** Waits until so many rest, and nothing else is left: no place, no lane, no thread. */
  void awaitRests(long count) {
    Backlog resting = new Backlog(0, 0, count, Optional.empty());
    within().until(lanes::backlog, resting::equals);
    within()
        .until(() ->
            queue.underWay() == 0
                && rows("scheduled_tasks where task_name = 'lane' and picked_by is not null") == 0);
  }

  /**
   * How many rows there are.
   *
   * @param which a table, and what they are like
   */
  int rows(String which) throws IOException {
    return database.read(connection -> {
      try (Statement select = connection.createStatement();
          ResultSet row = select.executeQuery("select count(*) from " + which)) {
        row.next();
        return row.getInt(1);
      }
    });
  }

  Callable<List<FileState>> files(TransferId id) {
    return () -> transfers.files(id);
  }

  @Override
  public void close() {
    queue.close();
    client.close();
  }
}
