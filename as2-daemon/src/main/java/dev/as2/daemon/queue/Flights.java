package dev.as2.daemon.queue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.AbandonedException;
import dev.as2.core.AsyncMdns;
import dev.as2.core.ConnectorEvent;
import dev.as2.core.ConnectorListener;
import dev.as2.core.ConnectorRuntime;
import dev.as2.core.MessageId;
import dev.as2.core.MessageJournal;
import dev.as2.core.OutcomeRecord;
import dev.as2.core.SendResult;
import dev.as2.core.SendResult.Failure;
import dev.as2.core.SendResult.Transfer;
import dev.as2.daemon.aws.Json;
import dev.as2.daemon.queue.Flight.Unwritten;
import dev.as2.daemon.state.Lane;
import dev.as2.daemon.state.LaneLostException;
import dev.as2.daemon.state.Lanes;
import dev.as2.daemon.state.Outbox;
import dev.as2.daemon.state.SqlAsyncMdns;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * All files that this process is sending, by their Message-ID: what the engine says of a message is
 * written down for the lane that the file belongs to. Safe for use by several threads.
 */
final class Flights implements MessageJournal, AsyncMdns, ConnectorListener {
  private static final System.Logger LOG = System.getLogger(Flights.class.getName());

  private final Map<MessageId, Flight> underWay = new ConcurrentHashMap<>();

  /** Why transfers were left here already, until the engine has left them, too. */
  private final Set<AbandonedException> left = ConcurrentHashMap.newKeySet();

  private final Lanes lanes;
  private final SqlAsyncMdns mdns;

  /** Hears all that the engine says; of an end, when it is durable. */
  private final ConnectorListener listener;

  /** Makes of an engine's event what is delivered. */
  private final Function<ConnectorEvent, Outbox.Event> envelopes;

  private final Clock clock;

  /** With the files, MDNs, listener, envelopes and clock of a queue. */
  Flights(QueuePorts ports) {
    this.lanes = ports.lanes();
    this.mdns = ports.mdns();
    this.listener = ports.listener();
    this.envelopes = ports.events().envelopes();
    this.clock = ports.clock();
  }

  int size() {
    return underWay.size();
  }

  Optional<Flight> find(MessageId messageId) {
    return Optional.ofNullable(underWay.get(messageId));
  }

  /** Begins to send a file. */
  void begin(Flight flight, Lanes.Taken taken, ConnectorRuntime runtime) {
    underWay.put(flight.messageId(), flight);
    CompletableFuture<SendResult> future = runtime.send(taken.order());
    flight.began(future);
    if (taken.cancelling()) {
      flight.cancel();
    }
  }

  /** It stays where it is; the lane may begin it again, with what was kept. */
  private void abandoned(Flight flight) {
    if (underWay.remove(flight.messageId(), flight)) {
      flight.run().abandoned(flight);
    }
  }

  private interface Keeping {
    void keep(Lane lane, Flight flight) throws IOException;
  }

  /** What cannot be kept is not sent: the engine abandons it, and so do we. */
  private void keep(Transfer transfer, Keeping keeping) throws IOException {
    Flight flight = underWay.get(transfer.messageId());
    if (flight == null) {
      throw new IOException("Message " + transfer.messageId() + " is no longer sent from here.");
    }
    Lane lane = flight.lane();
    try {
      keeping.keep(lane, flight);
    } catch (IOException e) {
      lost(flight, lane, e);
      abandoned(flight);
      throw e;
    }
  }

  private static void lost(Flight flight, Lane lane, IOException fault) {
    if (fault instanceof LaneLostException && flight.lane().equals(lane)) {
      flight.run().lost();
    }
  }

  @Override
  public void sealed(Transfer transfer, byte[] seal) throws IOException {
    keep(transfer, (lane, flight) -> lanes.sealed(lane, flight.key(), seal));
  }

  @Override
  public void attempted(Transfer transfer, int count, byte[] attempts) throws IOException {
    keep(transfer, (lane, flight) -> lanes.attempted(lane, flight.key(), count, attempts));
  }

  @Override
  public void answered(Transfer transfer, byte[] answer) throws IOException {
    keep(transfer, (lane, flight) -> lanes.answered(lane, flight.key(), answer));
  }

  /** The file rests: its lane begins it again when an MDN has come, or the time is over. */
  @Override
  public CompletableFuture<Arrived> await(Transfer transfer, Instant until) {
    CompletableFuture<Arrived> mdn = new CompletableFuture<>();
    try {
      keep(
          transfer,
          (lane, flight) -> {
            SqlAsyncMdns.Wait wait = mdns.rest(lane, flight.key(), transfer.messageId(), until);
            wait.mdn().ifPresent(mdn::complete);
            if (wait.rests()) {
              mdn.completeExceptionally(rests(flight, until));
            }
          });
    } catch (IOException e) {
      mdn.completeExceptionally(left("The wait could not be kept: " + e));
    }
    return mdn;
  }

  /** Its lane may begin it again at any moment now, also before the engine has left it. */
  private AbandonedException rests(Flight flight, Instant until) {
    AbandonedException why = left("Its MDN may come until " + until + ".");
    underWay.remove(flight.messageId(), flight);
    flight.run().landed(flight);
    return why;
  }

  private AbandonedException left(String reason) {
    AbandonedException why = new AbandonedException(reason);
    left.add(why);
    return why;
  }

  @Override
  public void refused(Transfer transfer, Arrived mdn) throws IOException {
    mdns.refused(transfer.messageId(), mdn);
  }

  @Override
  public void progress(Transfer transfer, long bytes, long total) {
    listener.progress(transfer, bytes, total);
  }

  @Override
  public void attempted(Transfer transfer, SendResult.Attempt attempt) {
    listener.attempted(transfer, attempt);
  }

  @Override
  public void event(ConnectorEvent event) {
    Object messageId = event.detail().get("as2-message-id");
    if (messageId != null) {
      find(new MessageId(messageId.toString())).ifPresent(flight -> flight.add(event));
    }
    listener.event(event);
  }

  /** Said of a message whose future was cancelled before, too: that future says nothing more. */
  @Override
  public void abandoned(Transfer transfer, AbandonedException why) {
    if (!left.remove(why)) {
      find(transfer.messageId()).ifPresent(this::abandoned);
    }
    listener.abandoned(transfer, why);
  }

  @Override
  public void ended(SendResult result) {
    Flight flight = underWay.get(result.transfer().messageId());
    if (flight != null) {
      write(flight, new Unwritten(end(flight, result), result));
    }
  }

  private Lanes.End end(Flight flight, SendResult result) {
    List<ConnectorEvent> events = flight.events();
    Instant time = events.isEmpty() ? clock.instant() : events.get(0).time();
    return new Lanes.End(
        result.failure().map(failure -> failure.code().name()),
        result.failure().map(Failure::message),
        result.attempts().size(),
        outcome(result, time),
        time,
        events.stream().map(envelopes).toList());
  }

  /** The record, and where the result files are. */
  private static String outcome(SendResult result, Instant time) {
    ObjectNode record = Json.parse(OutcomeRecord.json(result, time));
    result.files().json().ifPresent(path -> record.put("json-file", path.toString()));
    result.files().mdn().ifPresent(path -> record.put("mdn-file", path.toString()));
    return Json.line(record);
  }

  /** Where the database does not take it, the lane tries again: the results are written already. */
  void write(Flight flight, Unwritten end) {
    Lane lane = flight.lane();
    try {
      lanes.ended(lane, flight.key(), end.end());
    } catch (LaneLostException e) {
      lost(flight, lane, e);
      abandoned(flight);
      return;
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the end of {0} is still to be kept: {1}", flight.messageId(), e);
      flight.keep(end);
      flight.run().wake();
      return;
    }
    if (underWay.remove(flight.messageId(), flight)) {
      flight.run().landed(flight);
      listener.ended(end.result());
    }
  }
}
