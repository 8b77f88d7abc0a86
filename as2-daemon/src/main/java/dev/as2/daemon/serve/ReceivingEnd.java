package dev.as2.daemon.serve;

import dev.as2.core.AgreementListener;
import dev.as2.core.AgreementRuntime;
import dev.as2.core.As2Client;
import dev.as2.daemon.state.Receptions;
import dev.as2.daemon.state.SqlAsyncMdns;
import dev.as2.daemon.state.SqlReceivedMessages;
import dev.as2.daemon.state.Upkeep;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Where partners' messages come in: an endpoint of its own, so that a proxy or a firewall can let
 * partners to this one and nobody to the API. Safe for use by several threads.
 */
final class ReceivingEnd implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ReceivingEnd.class.getName());
  private static final int UPKEEP_SECONDS = 60;

  private final Parts parts;
  private final Duration history;
  private final AgreementRuntime runtime;
  private final Endpoint endpoint;
  private final ScheduledExecutorService upkeep = Upkeep.scheduler("as2-received");

  /**
   * What it works with.
   *
   * @param state finds agreements, and has a folder for what is not proved yet
   * @param client posts asynchronous MDNs
   * @param asyncMdns takes the MDNs of what was sent
   * @param received remembers what was answered
   * @param receptions the history
   * @param listener hears what is received
   */
  record Parts(
      State state,
      As2Client client,
      SqlAsyncMdns asyncMdns,
      SqlReceivedMessages received,
      Receptions receptions,
      AgreementListener listener) {}

  private ReceivingEnd(ServeConfig config, Parts parts) throws IOException {
    this.parts = parts;
    this.history = config.time(Setting.HISTORY);
    this.runtime =
        AgreementRuntime.builder(
                parts.state().registry(), config.stores(), parts.client(), spool(parts.state()))
            .received(parts.received())
            .listener(parts.listener())
            .clock(parts.state().clock())
            .random(parts.state().random())
            .build();
    try {
      this.endpoint =
          Endpoint.start(
              config, Endpoint.Place.RECEIVE, new MdnArrivals(parts.asyncMdns(), runtime));
    } catch (IOException | RuntimeException e) {
      runtime.close();
      throw e;
    }
    upkeep.scheduleWithFixedDelay(this::upkeep, 0, UPKEEP_SECONDS, TimeUnit.SECONDS);
  }

  /** Begins to receive, where a port is configured. */
  static Optional<ReceivingEnd> start(ServeConfig config, Parts parts) throws IOException {
    return config.optional(Setting.RECEIVE_PORT).isEmpty()
        ? Optional.empty()
        : Optional.of(new ReceivingEnd(config, parts));
  }

  /**
   * Without the files that a life of this daemon left that was killed; restarts go on with theirs.
   */
  private static Path spool(State state) throws IOException {
    Path spool = Files.createDirectories(state.folder().file("spool"));
    try (DirectoryStream<Path> left = Files.newDirectoryStream(spool, Files::isRegularFile)) {
      for (Path file : left) {
        Files.deleteIfExists(file);
      }
    }
    return spool;
  }

  /** Posts the MDNs that are left, of this daemon's earlier lives and of daemons that died. */
  private void upkeep() {
    Clock clock = parts.state().clock();
    try {
      parts.received().renew();
      runtime.resume();
      parts.received().forget(clock.instant().minus(history));
      parts.receptions().forget(clock.instant().minus(history));
      parts.asyncMdns().forget(clock.instant().minus(history));
    } catch (IOException | RuntimeException e) { // the next time it may do
      LOG.log(Level.WARNING, "what was received could not be looked after: " + e.getMessage());
    }
  }

  /** Where messages are posted to; the path does not matter. */
  URI url() {
    return endpoint.url();
  }

  @Override
  public void close() {
    endpoint.close();
    upkeep.shutdownNow();
    runtime.close();
  }
}
