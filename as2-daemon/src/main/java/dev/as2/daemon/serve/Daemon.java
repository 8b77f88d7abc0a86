package dev.as2.daemon.serve;

import dev.as2.core.As2Exception;
import dev.as2.core.As2Handler;
import dev.as2.core.ConnectorRuntime;
import dev.as2.daemon.api.ApiHandler;
import dev.as2.daemon.console.ConsoleHandler;
import dev.as2.daemon.queue.EventSink;
import dev.as2.daemon.queue.QueuePorts;
import dev.as2.daemon.queue.QueueSettings;
import dev.as2.daemon.queue.SendQueue;
import dev.as2.daemon.state.Lanes;
import dev.as2.daemon.state.Outbox;
import dev.as2.daemon.state.Receptions;
import dev.as2.daemon.state.SecretKeys;
import dev.as2.daemon.state.ServeLimits;
import dev.as2.daemon.state.SqlAsyncMdns;
import dev.as2.daemon.state.SqlReceivedMessages;
import dev.as2.daemon.state.WatchedFiles;
import dev.as2.transport.NettyAs2Client;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A running daemon: the API, the queue behind it, and what watches over both. Safe for use by
 * several threads.
 */
public final class Daemon implements AutoCloseable {
  private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final Duration grace;
  private final Path credentials;
  private final URI endpoint;
  private final State state;
  private final Health health;
  private final Metrics metrics;
  private final NettyAs2Client client;
  private final SqlAsyncMdns asyncMdns;
  private final SendQueue queue;
  private final Receptions receptions;
  private final Optional<ReceivingEnd> receiving;
  private final Endpoint server;

  private Daemon(ServeConfig config, State state, PrintWriter outcomes) throws IOException {
    this.state = state;
    grace = config.time(Setting.GRACE);
    credentials = state.folder().file("credentials");
    state.keys().first(credentials, config.text(Setting.REGION));
    health = new Health(state.database());
    EventSink sink = EventSinks.of(config);
    Outbox outbox = new Outbox(state.database(), sink != EventSink.NONE);
    Lanes lanes = new Lanes(state.database(), state.vault(), outbox, state.clock());
    metrics = new Metrics(lanes, outbox, state.resources(), state.clock());
    metrics.database(state.database());
    client = NettyAs2Client.create();
    asyncMdns = new SqlAsyncMdns(state.database(), state.clock());
    OutcomeLog log = new OutcomeLog(outcomes, state.clock());
    Listeners listeners = new Listeners(List.of(metrics, log));
    queue =
        SendQueue.start(
            new QueuePorts(
                state.folder().daemon(),
                state.database(),
                lanes,
                state.transfers(),
                asyncMdns,
                state.registry(),
                state.registry()::refresh,
                runtime(config),
                listeners,
                new QueuePorts.Events(outbox, envelopes(config), sink),
                watches(config),
                state.clock()),
            settings(config));
    metrics.underWay(queue::underWay);
    receptions = new Receptions(state.database(), outbox, state.clock());
    receiving = receiving(config, log);
    server = Endpoint.start(config, Endpoint.Place.CALLS, router(config));
    endpoint = server.url();
  }

  /**
   * Starts a daemon; it accepts calls when this returns.
   *
   * @param outcomes gets one line of JSON for each transfer that has ended
   * @throws IOException where it cannot start, in one sentence
   */
  public static Daemon start(ServeConfig config, PrintWriter outcomes) throws IOException {
    State state = State.open(config, Clock.systemUTC(), new SecureRandom());
    try {
      return new Daemon(config, state, outcomes);
    } catch (IOException | RuntimeException e) {
      state.close();
      throw e;
    }
  }

  private Optional<ReceivingEnd> receiving(ServeConfig config, OutcomeLog log) throws IOException {
    ReceptionJournal journal = new ReceptionJournal(receptions, envelopes(config), state.clock());
    return ReceivingEnd.start(
        config,
        new ReceivingEnd.Parts(
            state,
            client,
            asyncMdns,
            new SqlReceivedMessages(state.database(), state.folder().daemon(), state.clock()),
            receptions,
            new AgreementListeners(List.of(metrics, journal, log))));
  }

  private ConnectorRuntime.Builder runtime(ServeConfig config) throws As2Exception {
    return ConnectorRuntime.builder(state.registry(), config.stores(), client)
        .secrets(state.secrets())
        .clock(state.clock())
        .random(state.random())
        .workers(config.number(Setting.QUEUE_WORKERS, 1, ServeLimits.WORKERS));
  }

  private static EventEnvelopes envelopes(ServeConfig config) {
    return new EventEnvelopes(config.text(Setting.REGION), config.text(Setting.ACCOUNT));
  }

  private QueuePorts.Watches watches(ServeConfig config) {
    WatchedFiles files = new WatchedFiles(state.database(), state.transfers(), state.clock());
    return new QueuePorts.Watches(config.watches(), config.stores(), files);
  }

  private static QueueSettings settings(ServeConfig config) throws As2Exception {
    return new QueueSettings(
        config.number(Setting.QUEUE_MESSAGES, 1, ServeLimits.MESSAGES),
        config.number(Setting.QUEUE_LANES, 1, ServeLimits.LANES),
        config.time(Setting.QUEUE_SLICE),
        config.time(Setting.QUEUE_HEARTBEAT),
        config.time(Setting.QUEUE_POLL),
        config.time(Setting.HISTORY));
  }

  private Router router(ServeConfig config) throws As2Exception {
    Map<String, As2Handler> exact =
        Map.of(
            "/health/live", health::live,
            "/health/ready", health::ready,
            "/metrics", request -> Router.text(200, METRICS_TYPE, metrics.text()));
    return new Router(exact, console(config), api(config));
  }

  private ConsoleHandler console(ServeConfig config) {
    return new ConsoleHandler(
        new ConsoleHandler.Parts(
            state.resources(),
            state.transfers(),
            receptions,
            config.stores(),
            SecretKeys.of(state.keys()),
            state.clock(),
            state.random(),
            Endpoint.Place.CALLS.tls(config).isPresent()));
  }

  private ApiHandler api(ServeConfig config) throws As2Exception {
    return new ApiHandler(
        new ApiHandler.Parts(
            state.resources(),
            state.transfers(),
            SecretKeys.of(state.keys()),
            id ->
                queue
                    .runtime()
                    .probe(id)
                    .thenApply(probe -> probe.failure().map(failure -> failure.message())),
            state.clock(),
            state.random(),
            config.text(Setting.REGION),
            config.text(Setting.ACCOUNT),
            config.quotas()));
  }

  /** Where it is called. */
  public URI endpoint() {
    return endpoint;
  }

  /** Where partners post messages, where they are received. */
  public Optional<URI> receiving() {
    return receiving.map(ReceivingEnd::url);
  }

  /** The file with the first access key. */
  public Path credentials() {
    return credentials;
  }

  /**
   * Ends it: accepts no more, lets what is under way come to its end for as long as its
   * configuration says, and leaves the rest for the next start or another daemon.
   */
  @Override
  public void close() {
    health.end();
    server.close();
    receiving.ifPresent(ReceivingEnd::close);
    queue.stop(grace);
    client.close();
    metrics.close();
    state.close();
  }
}
