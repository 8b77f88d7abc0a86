package dev.as2.daemon.serve;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.AgreementListener;
import dev.as2.core.MessageKey;
import dev.as2.core.Reception;
import dev.as2.core.SendResult.Failure;
import dev.as2.daemon.aws.Json;
import dev.as2.daemon.state.Outbox;
import dev.as2.daemon.state.ReceivedHistory.Entry;
import dev.as2.daemon.state.ReceivedHistory.MdnState;
import dev.as2.daemon.state.ReceivedHistory.Placed;
import dev.as2.daemon.state.Receptions;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Writes what was received into the history, with its events. Nothing is written of messages whose
 * names have no agreement: anybody can send those. Safe for use by several threads.
 */
final class ReceptionJournal implements AgreementListener {
  private static final System.Logger LOG = System.getLogger(ReceptionJournal.class.getName());

  private final Receptions receptions;
  private final EventEnvelopes envelopes;
  private final Clock clock;

  ReceptionJournal(Receptions receptions, EventEnvelopes envelopes, Clock clock) {
    this.receptions = receptions;
    this.envelopes = envelopes;
    this.clock = clock;
  }

  @Override
  public void received(Reception reception) {
    if (reception.origin().agreement().isEmpty()) {
      return;
    }
    List<Outbox.Event> events =
        AgreementEvents.of(reception).stream().map(envelopes::envelope).toList();
    try {
      receptions.add(entry(reception), events);
    } catch (IOException e) {
      lost(reception.key(), e);
    }
  }

  private static Entry entry(Reception reception) {
    return new Entry(
        reception.key(),
        reception.origin().agreement().orElseThrow().id(),
        reception.origin().ended(),
        reception.status().name(),
        reception.failure().map(why -> why.code().name()),
        reception.failure().map(Failure::message),
        reception.content().bytes(),
        reception
            .receipt()
            .map(receipt -> receipt.deliverTo().isEmpty() ? MdnState.SENT : MdnState.PENDING)
            .orElse(MdnState.NONE),
        Json.line(AgreementEvents.detail(reception)));
  }

  @Override
  public void delivered(MessageKey key, URI url, Optional<Failure> failure) {
    try {
      Optional<Placed> found = receptions.last(key);
      if (found.isPresent()) {
        ObjectNode detail = Json.parse(found.get().entry().detail());
        receptions.delivered(
            found.get(),
            failure.isEmpty() ? MdnState.SENT : MdnState.FAILED,
            List.of(
                envelopes.envelope(AgreementEvents.delivered(detail, clock.instant(), failure))));
      }
    } catch (IOException e) {
      lost(key, e);
    }
  }

  /** The message itself is stored and answered, or comes again: the same database keeps answers. */
  private static void lost(MessageKey key, IOException why) {
    LOG.log(Level.WARNING, "message " + key + " is missing in the history: " + why.getMessage());
  }
}
