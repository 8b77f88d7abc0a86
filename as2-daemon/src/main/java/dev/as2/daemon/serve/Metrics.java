package dev.as2.daemon.serve;

import com.fasterxml.jackson.databind.JsonNode;
import dev.as2.core.AgreementListener;
import dev.as2.core.As2Response.Timings;
import dev.as2.core.ConnectorListener;
import dev.as2.core.MessageKey;
import dev.as2.core.Reception;
import dev.as2.core.SendResult;
import dev.as2.core.SendResult.Failure;
import dev.as2.daemon.state.Database;
import dev.as2.daemon.state.Database.Statistics;
import dev.as2.daemon.state.Lanes;
import dev.as2.daemon.state.Outbox;
import dev.as2.daemon.state.Resources;
import dev.as2.daemon.state.Resources.Kind;
import dev.as2.daemon.state.Resources.Resource;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.ToDoubleFunction;

/**
 * What a daemon counts and measures, in the form that Prometheus reads. What is kept in the
 * database is read from there when it is asked for. Safe for use by several threads.
 */
final class Metrics implements ConnectorListener, AgreementListener, AutoCloseable {
  private static final int PAGE = 500;
  private static final double SECONDS_PER_DAY = 86_400;

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics garbage = new JvmGcMetrics();
  private final MultiGauge depth = gauge("as2.queue.files", "Files that have not ended");
  private final MultiGauge age =
      gauge("as2.queue.oldest.age.seconds", "Since when the oldest of them waits");
  private final MultiGauge resting =
      gauge("as2.mdns.waiting", "Messages that were sent and wait for their asynchronous MDN");
  private final MultiGauge events = gauge("as2.events.waiting", "Events to be delivered");
  private final MultiGauge expiry =
      gauge("as2.certificate.days.until.expiry", "Until a certificate's InactiveDate");
  private final Lanes lanes;
  private final Outbox outbox;
  private final Resources resources;
  private final Clock clock;

  Metrics(Lanes lanes, Outbox outbox, Resources resources, Clock clock) {
    this.lanes = lanes;
    this.outbox = outbox;
    this.resources = resources;
    this.clock = clock;
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    garbage.bindTo(registry);
  }

  private MultiGauge gauge(String name, String description) {
    return MultiGauge.builder(name).description(description).register(registry);
  }

  /** Adds how many messages this daemon has under way. */
  void underWay(IntSupplier count) {
    registry.gauge("as2.messages.under.way", count, IntSupplier::getAsInt);
  }

  /** Adds what the database had to do, but for libraries. */
  void database(Database database) {
    count("as2.database.reads", "Reads", database, Statistics::reads);
    count("as2.database.writes", "Writes", database, Statistics::writes);
    count(
        "as2.database.commits",
        "Commits; each carries the writes that waited",
        database,
        Statistics::commits);
  }

  private void count(
      String name, String description, Database database, ToDoubleFunction<Statistics> what) {
    FunctionCounter.builder(name, database, each -> what.applyAsDouble(each.statistics()))
        .description(description)
        .register(registry);
  }

  @Override
  public void attempted(SendResult.Transfer transfer, SendResult.Attempt attempt) {
    registry.counter("as2.attempts").increment();
    Timings timings = attempt.timings();
    stage("connect", timings.connect());
    stage("write", timings.write());
    stage("wait", timings.pause());
    stage("answer", timings.answer());
  }

  private void stage(String stage, Duration time) {
    registry.timer("as2.stage", "stage", stage).record(time);
  }

  @Override
  public void ended(SendResult result) {
    registry.counter("as2.messages", "status", result.status().name()).increment();
    result
        .failure()
        .ifPresent(
            failure -> registry.counter("as2.failures", "code", failure.code().name()).increment());
    if (result.failure().isEmpty()) {
      result
          .message()
          .ifPresent(message -> registry.counter("as2.bytes").increment(message.fileBytes()));
    }
    registry
        .timer("as2.transfer")
        .record(Duration.between(result.transfer().started(), clock.instant()));
  }

  @Override
  public void received(Reception reception) {
    registry.counter("as2.received", "status", reception.status().name()).increment();
    reception
        .failure()
        .ifPresent(why ->
            registry.counter("as2.received.failures", "code", why.code().name()).increment());
    registry.counter("as2.received.bytes").increment(reception.content().bytes());
    registry
        .timer("as2.receiving")
        .record(Duration.between(reception.origin().started(), reception.origin().ended()));
    if (reception.receipt().isPresent() && reception.receipt().get().deliverTo().isEmpty()) {
      mdn("COMPLETED");
    }
  }

  @Override
  public void repeated(MessageKey key) {
    registry.counter("as2.received.again").increment();
  }

  @Override
  public void delivered(MessageKey key, URI url, Optional<Failure> failure) {
    mdn(failure.isEmpty() ? "COMPLETED" : "FAILED");
  }

  private void mdn(String status) {
    registry.counter("as2.mdns.sent", "status", status).increment();
  }

  /** Everything as text; the database is asked for what it knows. */
  String text() throws IOException {
    Lanes.Backlog backlog = lanes.backlog();
    depth.register(
        List.of(
            row("status", "QUEUED", backlog.queued()),
            row("status", "IN_PROGRESS", backlog.inProgress())),
        true);
    Instant now = clock.instant();
    Duration waits =
        backlog.oldest().map(since -> Duration.between(since, now)).orElse(Duration.ZERO);
    age.register(List.of(MultiGauge.Row.of(Tags.empty(), waits.toMillis() / 1_000.0)), true);
    resting.register(List.of(MultiGauge.Row.of(Tags.empty(), backlog.resting())), true);
    events.register(List.of(MultiGauge.Row.of(Tags.empty(), outbox.size())), true);
    expiry.register(expiries(now), true);
    return registry.scrape();
  }

  private static MultiGauge.Row<Number> row(String tag, String value, Number number) {
    return MultiGauge.Row.of(Tags.of(tag, value), number);
  }

  private Iterable<MultiGauge.Row<?>> expiries(Instant now) throws IOException {
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    Optional<String> after = Optional.empty();
    List<Resource> page;
    do {
      page = resources.list(Kind.CERTIFICATE, after, PAGE);
      for (Resource certificate : page) {
        JsonNode end = certificate.members().path("InactiveDate");
        if (end.isNumber()) {
          double days = (end.doubleValue() - now.getEpochSecond()) / SECONDS_PER_DAY;
          rows.add(row("certificate", certificate.id(), days));
        }
        after = Optional.of(certificate.id());
      }
    } while (page.size() == PAGE);
    return rows;
  }

  @Override
  public void close() {
    garbage.close();
    registry.close();
  }
}
