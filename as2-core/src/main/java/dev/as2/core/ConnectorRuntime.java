package dev.as2.core;

import dev.as2.mime.Headers;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Sends stored files to partners: one file becomes one AS2 message, its MDN is verified, and both
 * the MDN and a record of the outcome are written beside the file.
 *
 * <p>Safe for use by several threads. Nobody waits in a thread for a partner.
 *
 * <pre>{@code
 * try (As2Client client = NettyAs2Client.create();
 *     ConnectorRuntime runtime = ConnectorRuntime.builder(registry, store, client).build()) {
 *   SendResult result = runtime.send(connectorId, "/outbox/orders/850.edi").join();
 * }
 * }</pre>
 */
public final class ConnectorRuntime implements AutoCloseable {
  private static final int DEFAULT_WORKERS = 64;
  private static final Duration END_PATIENCE = Duration.ofSeconds(10);

  /** Why a parked transfer has no result. */
  static final String PARKED = "The runtime was parked.";

  private final Registry registry;
  private final FileStores stores;
  private final As2Client client;
  private final Secrets secrets;
  private final GuardedListener listener;
  private final Clock clock;
  private final SecureRandom random;
  private final Optional<MessageJournal> journal;
  private final AsyncMdns asyncMdns;
  private final ExecutorService workers;
  private final ScheduledExecutorService scheduler;
  private final Set<Sending> underWay = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile boolean parking;

  private ConnectorRuntime(Builder builder) {
    this.registry = builder.registry;
    this.stores = builder.stores;
    this.client = builder.client;
    this.secrets = builder.secrets;
    this.listener = new GuardedListener(builder.listener);
    this.clock = builder.clock;
    this.random = builder.random;
    this.journal = builder.journal;
    this.asyncMdns = builder.asyncMdns;
    AtomicInteger count = new AtomicInteger();
    this.workers =
        Executors.newFixedThreadPool(
            builder.workers, task -> daemon(task, "as2-worker-" + count.incrementAndGet()));
    this.scheduler =
        Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "as2-retries"));
  }

  /** A thread that keeps no process alive. */
  static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * A runtime over these ports. The runtime closes none of them.
   *
   * @param registry finds connectors, profiles and certificates
   * @param store holds the files, and takes the results
   * @param client reaches the partners
   */
  public static Builder builder(Registry registry, FileStore store, As2Client client) {
    return builder(registry, role -> store, client);
  }

  /**
   * A runtime over these ports, which reads and writes under each connector's AccessRole. The
   * runtime closes none of them.
   *
   * @param registry finds connectors, profiles and certificates
   * @param stores hold the files, and take the results
   * @param client reaches the partners
   */
  public static Builder builder(Registry registry, FileStores stores, As2Client client) {
    return new Builder(registry, stores, client);
  }

  /**
   * Sends one file.
   *
   * <p>Never fails where the transfer does: that is in the result. Cancelling the future closes the
   * connection and ends the transfer.
   *
   * @param file {@code /bucket/key}
   * @throws IllegalArgumentException where {@code file} is no path
   */
  public CompletableFuture<SendResult> send(ConnectorId connectorId, String file) {
    return send(connectorId, FilePath.parse(file), TransferId.random(random));
  }

  /**
   * Sends one file of a transfer that may have several.
   *
   * @param transferId one for all files of a call
   */
  public CompletableFuture<SendResult> send(
      ConnectorId connectorId, FilePath file, TransferId transferId) {
    return send(
        new SendOrder(
            transferId,
            MessageId.random(random),
            connectorId,
            file,
            Optional.empty(),
            Headers.EMPTY,
            clock.instant(),
            MessageJournal.Kept.NOTHING));
  }

  /**
   * Sends one file as its host has ordered it, or ends what an earlier run has begun: with the kept
   * seal the same octets are sent again, and with the kept answer only the results are written.
   *
   * <p>Never fails where the transfer does: that is in the result. Fails with {@link
   * AbandonedException} where the runtime is parked or closed, or its journal fails; then nothing
   * was written, and the order may be sent again. Cancelling the future closes the connection and
   * ends the transfer, which {@link ConnectorListener#ended} says when its results are written.
   */
  public CompletableFuture<SendResult> send(SendOrder order) {
    Sending sending = new Sending(this, order);
    underWay.add(sending);
    return sending.run();
  }

  /**
   * Finds out whether a connector could send now: what it needs is looked up as for a message, and
   * a connection opened (see {@link As2Client#probe}). Sends nothing; what is missing or refused is
   * in the probe, and the future fails only where the registry itself breaks.
   */
  public CompletableFuture<Probe> probe(ConnectorId connectorId) {
    return CompletableFuture.supplyAsync(() -> probing(connectorId), workers)
        .thenCompose(Function.identity());
  }

  private CompletableFuture<Probe> probing(ConnectorId connectorId) {
    try {
      Connector connector = registry.connector(connectorId);
      Partnership partnership = Partnership.resolve(connector, registry, clock.instant());
      Preparation.credentials(this, connector);
      return client.probe(connector.url(), partnership.transport());
    } catch (As2Exception e) {
      return CompletableFuture.completedFuture(Probe.failed(Probe.Step.CONFIGURATION, e));
    } catch (IOException e) {
      return CompletableFuture.completedFuture(
          Probe.failed(
              Probe.Step.CONFIGURATION,
              new As2Exception(
                  FailureCode.CREDENTIALS_RETRIEVAL_FAILED,
                  "The secret of connector %s cannot be read: %s".formatted(connectorId, e),
                  e)));
    }
  }

  /**
   * Ends the runtime and leaves what cannot be ended now for another run: nothing new begins,
   * pauses between attempts are broken off, and attempts that are under way are given some time.
   * What has not ended then is abandoned (see {@link #send(SendOrder)}): no record says that it was
   * cancelled. Meant for a runtime with a journal.
   *
   * @param grace how long attempts that are under way may take
   */
  public void park(Duration grace) {
    parking = true;
    underWay.forEach(Sending::park);
    awaitEnds(grace);
    underWay.forEach(sending -> sending.abandon(PARKED));
    awaitEnds(END_PATIENCE); // ends that are being recorded, and steps that have not noticed yet
    if (closed.compareAndSet(false, true)) {
      scheduler.shutdownNow();
      workers.shutdown(); // interrupts nobody who writes a result
    }
  }

  private void awaitEnds(Duration atMost) {
    CompletableFuture<?>[] ends =
        underWay.stream().map(Sending::over).toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(ends)
        .completeOnTimeout(null, atMost.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }

  /** Whether nothing new begins any more. */
  boolean isParking() {
    return parking;
  }

  /** A transfer has ended, its results written. */
  void ended(Sending sending) {
    underWay.remove(sending);
  }

  Registry registry() {
    return registry;
  }

  FileStores stores() {
    return stores;
  }

  As2Client client() {
    return client;
  }

  Secrets secrets() {
    return secrets;
  }

  ConnectorListener listener() {
    return listener;
  }

  Clock clock() {
    return clock;
  }

  SecureRandom random() {
    return random;
  }

  Optional<MessageJournal> journal() {
    return journal;
  }

  AsyncMdns asyncMdns() {
    return asyncMdns;
  }

  ExecutorService workers() {
    return workers;
  }

  ScheduledExecutorService scheduler() {
    return scheduler;
  }

  /**
   * Cancels the transfers that are under way, gives their records ten seconds to be written, and
   * ends the runtime's threads. After {@link #park} nothing is left to do.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    underWay.forEach(Sending::cancel);
    awaitEnds(END_PATIENCE);
    scheduler.shutdownNow();
    workers.shutdownNow();
  }

  /**
   * Collects what a runtime may be given besides its ports. Not safe for use by several threads.
   */
  public static final class Builder {
    private final Registry registry;
    private final FileStores stores;
    private final As2Client client;
    private Secrets secrets = Secrets.NONE;
    private ConnectorListener listener = ConnectorListener.NONE;
    private Clock clock = Clock.systemUTC();
    private SecureRandom random = new SecureRandom();
    private Optional<MessageJournal> journal = Optional.empty();
    private AsyncMdns asyncMdns = AsyncMdns.NONE;
    private int workers = DEFAULT_WORKERS;

    private Builder(Registry registry, FileStores stores, As2Client client) {
      this.registry = registry;
      this.stores = stores;
      this.client = client;
    }

    /** Where user names and passwords are; by default there are none. */
    public Builder secrets(Secrets value) {
      this.secrets = value;
      return this;
    }

    /** Who hears of progress, events and ends. */
    public Builder listener(ConnectorListener value) {
      this.listener = value;
      return this;
    }

    /** What time it is; the system's clock by default. */
    public Builder clock(Clock value) {
      this.clock = value;
      return this;
    }

    /** Where ids, boundaries and keys are drawn; for tests that have to repeat them. */
    public Builder random(SecureRandom value) {
      this.random = value;
      return this;
    }

    /**
     * What keeps messages that are under way, so that another run can end them; none by default.
     */
    public Builder journal(MessageJournal value) {
      this.journal = Optional.of(value);
      return this;
    }

    /** Where asynchronous MDNs come in; nowhere by default. */
    public Builder asyncMdns(AsyncMdns value) {
      this.asyncMdns = value;
      return this;
    }

    /**
     * How many threads prepare, judge and record, and so at most wait for the journal and the store
     * at the same time; 64 by default.
     */
    public Builder workers(int threads) {
      if (threads < 1) {
        throw new IllegalArgumentException("at least 1 worker thread, not " + threads);
      }
      this.workers = threads;
      return this;
    }

    public ConnectorRuntime build() {
      return new ConnectorRuntime(this);
    }
  }
}
