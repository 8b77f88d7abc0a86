package dev.as2.core;

import dev.as2.core.SendResult.Transfer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A journal in memory, which can end all durability after a certain call, as a crash does. */
final class MemoryJournal implements MessageJournal {
  /** What is called. */
  enum Call {
    SEALED,
    ATTEMPTED,
    ANSWERED
  }

  /** Runs when a call comes, before it is kept. */
  @FunctionalInterface
  interface Hook {
    void called(Call call) throws IOException;
  }

  final List<Call> calls = new CopyOnWriteArrayList<>();
  private final ConcurrentMap<MessageId, Kept> kept = new ConcurrentHashMap<>();
  private volatile Hook before = call -> {};
  private volatile Hook after = call -> {};

  MemoryJournal before(Hook hook) {
    before = hook;
    return this;
  }

  /** From this call on the process is dead: what it got is kept, and nothing further happens. */
  MemoryJournal dieAfter(@Nullable Call last) {
    after =
        call -> {
          if (call == last) {
            before = later -> dead();
            dead();
          }
        };
    return this;
  }

  private static void dead() throws IOException {
    throw new IOException("the process is dead");
  }

  Kept kept(MessageId id) {
    return kept.getOrDefault(id, Kept.NOTHING);
  }

  @Override
  public void sealed(Transfer transfer, byte[] seal) throws IOException {
    before.called(Call.SEALED);
    keep(Call.SEALED, transfer, new Kept(Optional.of(seal), Optional.empty(), Optional.empty()));
  }

  @Override
  public void attempted(Transfer transfer, int count, byte[] attempts) throws IOException {
    before.called(Call.ATTEMPTED);
    Kept known = kept(transfer.messageId());
    keep(Call.ATTEMPTED, transfer, new Kept(known.seal(), Optional.of(attempts), Optional.empty()));
  }

  @Override
  public void answered(Transfer transfer, byte[] answer) throws IOException {
    before.called(Call.ANSWERED);
    Kept known = kept(transfer.messageId());
    keep(Call.ANSWERED, transfer, new Kept(known.seal(), known.attempts(), Optional.of(answer)));
  }

  private void keep(Call call, Transfer transfer, Kept known) throws IOException {
    calls.add(call);
    kept.put(transfer.messageId(), known);
    after.called(call);
  }
}
