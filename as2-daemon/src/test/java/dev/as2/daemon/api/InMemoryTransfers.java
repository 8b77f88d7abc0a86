package dev.as2.daemon.api;

import dev.as2.core.MessageId;
import dev.as2.core.TransferId;
import dev.as2.daemon.state.Transfers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;

/** Transfers that nobody sends: they become what a test says. */
final class InMemoryTransfers implements Transfers {
  private final RandomGenerator random = new Random(4);
  private final List<FileState> states = new ArrayList<>();
  private final List<Order> orders = new ArrayList<>();

  @Override
  public synchronized TransferId accept(Order order) {
    TransferId id = TransferId.random(random);
    orders.add(order);
    for (int number = 0; number < order.files().size(); number++) {
      states.add(
          new FileState(
              new FileKey(id, number),
              states.size(),
              order.connectorId(),
              order.files().get(number),
              MessageId.random(random),
              Optional.empty(),
              order.requester(),
              Status.QUEUED,
              Optional.empty(),
              Optional.empty(),
              Instant.EPOCH,
              Optional.empty(),
              Optional.empty(),
              0,
              false,
              Optional.empty()));
    }
    return id;
  }

  /** What was accepted. */
  synchronized List<Order> orders() {
    return List.copyOf(orders);
  }

  /** Ends a file, with a failure or without. */
  synchronized void end(FileKey key, Optional<String> code, Optional<String> message) {
    states.replaceAll(each -> each.key().equals(key) ? ended(each, code, message) : each);
  }

  private static FileState ended(FileState of, Optional<String> code, Optional<String> message) {
    return new FileState(
        of.key(),
        of.sequence(),
        of.connectorId(),
        of.file(),
        of.messageId(),
        of.resendOf(),
        of.requester(),
        code.isPresent() ? Status.FAILED : Status.COMPLETED,
        code,
        message,
        of.accepted(),
        of.started(),
        Optional.of(Instant.EPOCH),
        1,
        false,
        Optional.of("{}"));
  }

  @Override
  public synchronized List<FileState> files(TransferId transferId) {
    return states.stream().filter(each -> each.key().transferId().equals(transferId)).toList();
  }

  @Override
  public synchronized Optional<FileState> file(FileKey key) {
    return states.stream().filter(each -> each.key().equals(key)).findFirst();
  }

  @Override
  public List<FileState> search(Search search) {
    throw new UnsupportedOperationException("the API does not search");
  }

  @Override
  public boolean cancel(FileKey key) {
    throw new UnsupportedOperationException("the API does not cancel");
  }

  @Override
  public Optional<TransferId> resend(FileKey key, String requester) {
    throw new UnsupportedOperationException("the API does not resend");
  }
}
