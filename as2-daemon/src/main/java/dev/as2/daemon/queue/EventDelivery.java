package dev.as2.daemon.queue;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.as2.daemon.state.Outbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Delivers what is in the outbox, one daemon at a time; what cannot be delivered is tried again.
 */
final class EventDelivery {
  private static final System.Logger LOG = System.getLogger(EventDelivery.class.getName());

  /** How many are delivered at a time. */
  private static final int BATCH = 100;

  private final Duration pause;
  private final Outbox outbox;
  private final EventSink sink;
  private final Clock clock;
  private final BooleanSupplier stopping;

  EventDelivery(
      QueuePorts.Events events, QueueSettings settings, Clock clock, BooleanSupplier stopping) {
    this.pause = settings.poll().multipliedBy(5);
    this.outbox = events.outbox();
    this.sink = events.sink();
    this.clock = clock;
    this.stopping = stopping;
  }

  CustomTask<Void> task() {
    return Tasks.custom(Outbox.TASK, Void.class)
        .onDeadExecutionRevive()
        .onFailure((done, operations) -> leave(done.getExecution(), pause))
        .execute((instance, context) -> deliver(context.getExecution()));
  }

  private CompletionHandler<Void> deliver(Execution execution) {
    Duration next = Duration.ZERO;
    try {
      deliverAll();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "events are still to be delivered: " + e.getMessage());
      next = pause;
    }
    Duration until = next;
    return (done, operations) -> leave(execution, until);
  }

  private void deliverAll() throws IOException {
    List<Outbox.Event> events = outbox.oldest(BATCH);
    while (!events.isEmpty() && !stopping.getAsBoolean()) {
      sink.deliver(events);
      outbox.remove(events);
      events = outbox.oldest(BATCH);
    }
  }

  private void leave(Execution execution, Duration until) {
    Instant next = clock.instant().plus(until);
    try {
      outbox.leave(new Outbox.Turn(execution.pickedBy, execution.version), next);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // it is found dead, and revived
    }
  }
}
