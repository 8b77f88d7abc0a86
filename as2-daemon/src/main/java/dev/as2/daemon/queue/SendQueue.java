package dev.as2.daemon.queue;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.as2.core.ConnectorId;
import dev.as2.core.ConnectorRuntime;
import dev.as2.daemon.state.Database.Vendor;
import dev.as2.daemon.state.Lane;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Sends what {@link dev.as2.daemon.state.Transfers} accepts, with as many daemons as there are over
 * one database. Safe for use by several threads.
 *
 * <p>A connector that has files has one row in db-scheduler's table, its lane; the daemon that
 * picks it sends that connector's files until none is left. What a daemon that died had under way
 * is resumed by the next one that picks the lane: with the same octets under the same Message-ID,
 * or, where an answer is kept, without sending.
 */
public final class SendQueue implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(SendQueue.class.getName());

  /** Besides lanes: the delivery of events, the end of history, watching. */
  private static final int OTHER_THREADS = 8;

  private static final int FORGOTTEN_AT_ONCE = 1_000;
  private static final int MISSED_HEARTBEATS = 4;
  private static final Duration FORGETTING = Duration.ofMinutes(10);
  private static final Duration AFTER_A_FAULT = Duration.ofSeconds(5);
  private static final Duration LAST_WORDS = Duration.ofSeconds(10);

  private final QueuePorts ports;
  private final QueueSettings settings;
  private final Map<ConnectorId, LaneRun> runs = new ConcurrentHashMap<>();
  private final ThreadPoolExecutor threads;
  private final ConnectorRuntime runtime;
  private final LaneContext context;
  private final Scheduler scheduler;
  private volatile boolean stopping;

  private SendQueue(QueuePorts ports, QueueSettings settings) {
    this.ports = ports;
    this.settings = settings;
    this.threads = threads(settings.lanes() + OTHER_THREADS);
    Flights flights = new Flights(ports);
    this.runtime = ports.runtime().journal(flights).asyncMdns(flights).listener(flights).build();
    this.context =
        new LaneContext(
            settings,
            ports.lanes(),
            flights,
            runtime,
            ports.registry(),
            ports.refresh(),
            new Slots(settings.messages()),
            () -> !threads.getQueue().isEmpty(),
            () -> stopping);
    this.scheduler = scheduler();
  }

  /** Begins to send. */
  public static SendQueue start(QueuePorts ports, QueueSettings settings) throws IOException {
    int left = ports.lanes().takeBack(ports.daemon() + "/");
    if (left > 0) {
      LOG.log(Level.INFO, "going on with what was left: {0} lanes", left);
    }
    SendQueue queue = new SendQueue(ports, settings);
    ports.transfers().onChange(queue::wake);
    ports.mdns().onChange(queue::wake);
    queue.scheduler.start();
    return queue;
  }

  private static ThreadPoolExecutor threads(int count) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            count, count, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), SendQueue::thread);
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "as2-lane");
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler((any, fault) ->
        LOG.log(Level.WARNING, "what was due could not be picked, and is tried again: " + fault));
    return thread;
  }

  private Scheduler scheduler() {
    CustomTask<Void> lanes =
        Tasks.custom(Lane.TASK, Void.class)
            .onDeadExecutionRevive()
            .onFailure((done, operations) -> leave(lane(done.getExecution()), AFTER_A_FAULT))
            .execute((instance, execution) -> run(lane(execution.getExecution())));
    RecurringTask<Void> forgetting =
        Tasks.recurring("history", FixedDelay.of(FORGETTING))
            .execute((instance, execution) -> forget());
    CustomTask<Void> events =
        new EventDelivery(ports.events(), settings, ports.clock(), () -> stopping).task();
    List<RecurringTask<Void>> recurring = new ArrayList<>(List.of(forgetting));
    ports.watching().all().forEach(watch -> recurring.add(new Watching(ports).task(watch)));
    return Scheduler.create(ports.database().dataSource(), lanes, events)
        .startTasks(recurring)
        .jdbcCustomization(customization())
        .schedulerName(new SchedulerName.Fixed(ports.daemon() + "/" + life()))
        .executorService(threads)
        .threads(threads.getMaximumPoolSize())
        .pollUsingFetchAndLockOnExecute(0.5, 1.0)
        .pollingInterval(settings.poll())
        .heartbeatInterval(settings.heartbeat())
        .missedHeartbeatsLimit(MISSED_HEARTBEATS)
        .shutdownMaxWait(LAST_WORDS)
        .build();
  }

  private JdbcCustomization customization() {
    return ports.database().vendor() == Vendor.SQLITE
        ? new SqliteCustomization()
        : new PostgreSqlJdbcCustomization(false, true);
  }

  /** What tells this life of the daemon from its others. */
  private static String life() {
    return UUID.randomUUID().toString().substring(0, 13);
  }

  private static Lane lane(Execution execution) {
    return new Lane(
        new ConnectorId(execution.taskInstance.getId()), execution.pickedBy, execution.version);
  }

  private CompletionHandler<Void> run(Lane lane) {
    LaneRun run = new LaneRun(lane, context);
    runs.put(lane.connectorId(), run);
    try {
      run.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the daemon ends
    } finally {
      runs.remove(lane.connectorId(), run);
    }
    return (done, operations) -> leave(lane, Duration.ZERO);
  }

  /** Ends a lane; where the database does not take that, it is found dead and revived. */
  private void leave(Lane lane, Duration pause) {
    try {
      ports.lanes().leave(lane, ports.clock().instant().plus(pause));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    scheduler.triggerCheckForDueExecutions();
  }

  private void forget() {
    Instant before = ports.clock().instant().minus(settings.history());
    try {
      int forgotten = FORGOTTEN_AT_ONCE;
      while (forgotten == FORGOTTEN_AT_ONCE && !stopping) {
        forgotten = ports.lanes().forget(before, FORGOTTEN_AT_ONCE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** There is something to do for a connector: for its lane, or for whoever picks it. */
  public void wake(ConnectorId connectorId) {
    LaneRun run = runs.get(connectorId);
    if (run != null) {
      run.wake();
    } else {
      scheduler.triggerCheckForDueExecutions();
    }
  }

  /** Sends, and probes. */
  public ConnectorRuntime runtime() {
    return runtime;
  }

  /** How many messages this daemon has under way. */
  public int underWay() {
    return context.flights().size();
  }

  /**
   * Ends the work of this daemon: nothing new begins, and what cannot be ended in time is left for
   * the next one that takes its lane, this daemon's next life or another.
   *
   * @param grace how long what is under way may take
   */
  public synchronized void stop(Duration grace) {
    if (stopping) {
      return;
    }
    scheduler.pause();
    stopping = true;
    runs.values().forEach(LaneRun::wake);
    runtime.park(grace);
    scheduler.stop();
    runtime.close();
  }

  /** {@link #stop} without any grace. */
  @Override
  public void close() {
    stop(Duration.ZERO);
  }
}
