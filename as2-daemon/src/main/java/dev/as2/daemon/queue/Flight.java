package dev.as2.daemon.queue;

import dev.as2.core.ConnectorEvent;
import dev.as2.core.MessageId;
import dev.as2.core.SendResult;
import dev.as2.daemon.state.Lane;
import dev.as2.daemon.state.Lanes;
import dev.as2.daemon.state.Transfers.FileKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A file that is being sent by this process, for a lane. Safe for use by several threads. */
final class Flight {
  private final FileKey key;
  private final MessageId messageId;
  private final List<ConnectorEvent> events = new ArrayList<>();
  private Lane lane;
  private LaneRun run;
  private CompletableFuture<SendResult> sending = new CompletableFuture<>();
  private Optional<Unwritten> unwritten = Optional.empty();

  /** An end that the database did not take. */
  record Unwritten(Lanes.End end, SendResult result) {}

  Flight(FileKey key, MessageId messageId, Lane lane, LaneRun run) {
    this.key = key;
    this.messageId = messageId;
    this.lane = lane;
    this.run = run;
  }

  FileKey key() {
    return key;
  }

  MessageId messageId() {
    return messageId;
  }

  /** What it is written down for. */
  synchronized Lane lane() {
    return lane;
  }

  /** Who hears how it goes on. */
  synchronized LaneRun run() {
    return run;
  }

  /** The connector's lane came back to this process: the file flies on, for the new lane. */
  synchronized void moveTo(Lane newLane, LaneRun newRun) {
    lane = newLane;
    run = newRun;
  }

  synchronized void began(CompletableFuture<SendResult> future) {
    sending = future;
  }

  void cancel() {
    CompletableFuture<SendResult> future;
    synchronized (this) {
      future = sending;
    }
    future.cancel(true); // what follows a cancellation may call us back
  }

  synchronized void add(ConnectorEvent event) {
    events.add(event);
  }

  synchronized List<ConnectorEvent> events() {
    return List.copyOf(events);
  }

  /** It has ended, and the database did not take that. */
  synchronized void keep(Unwritten end) {
    unwritten = Optional.of(end);
  }

  synchronized Optional<Unwritten> unwritten() {
    return unwritten;
  }
}
