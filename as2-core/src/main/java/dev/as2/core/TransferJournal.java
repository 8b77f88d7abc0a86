package dev.as2.core;

import dev.as2.core.SendResult.Transfer;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import java.io.IOException;
import java.util.Optional;

/**
 * One transfer's side of the journal. Without one nothing is made, and nothing happens.
 *
 * <p>Whatever goes wrong is an {@link AbandonedException}: what is not durable must not go on.
 */
record TransferJournal(Optional<MessageJournal> journal, Transfer transfer) {

  /** Not an octet of a new message goes out before it can be made again. */
  void seal(SealedMessage message) throws AbandonedException {
    if (journal.isPresent()) {
      try {
        journal.get().sealed(transfer, SealNote.octets(message));
      } catch (IOException | RuntimeException e) {
        throw new AbandonedException("The message could not be sealed durably: " + e, e);
      }
    }
  }

  /** Keeps the attempts so far. */
  void attempted(AttemptsNote note) throws AbandonedException {
    if (journal.isPresent()) {
      byte[] octets = note.octets(transfer.messageId());
      try {
        journal.get().attempted(transfer, note.attempts().size(), octets);
      } catch (IOException | RuntimeException e) {
        throw new AbandonedException("The attempt could not be kept: " + e, e);
      }
    }
  }

  /** Keeps the end: three times tried, as the partner would have to be asked again. */
  void ended(Conclusion conclusion) throws AbandonedException {
    if (journal.isPresent()) {
      byte[] note = conclusion.octets();
      try {
        Failsafe.with(ResultWriter.PERSISTENT).run(() -> journal.get().answered(transfer, note));
      } catch (RuntimeException e) { // Failsafe's, around the journal's exception, or its own
        Throwable why = e instanceof FailsafeException && e.getCause() != null ? e.getCause() : e;
        throw new AbandonedException("The end could not be kept: " + why, why);
      }
    }
  }
}
