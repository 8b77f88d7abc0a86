package dev.as2.daemon.console;

import dev.as2.core.MessageId;
import dev.as2.core.TransferId;
import dev.as2.daemon.state.Transfers;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Transfers that nobody sends: they become what a test says. */
final class InMemoryTransfers implements Transfers {
  private final RandomGenerator random = new Random(4);
  private final List<FileState> states = new ArrayList<>();
  private final Clock clock;
  private volatile Optional<IOException> fault = Optional.empty();

  InMemoryTransfers(Clock clock) {
    this.clock = clock;
  }

  /** From now on nothing can be read or written. */
  void fail(IOException by) {
    fault = Optional.of(by);
  }

  private void checkFault() throws IOException {
    if (fault.isPresent()) {
      throw fault.get();
    }
  }

  /** Adds a file, or replaces the one with its key. */
  synchronized void put(FileState state) {
    states.removeIf(each -> each.key().equals(state.key()));
    states.add(state);
  }

  /** All that there are, in the order of their acceptance. */
  synchronized List<FileState> all() {
    return states.stream().sorted(Comparator.comparing(FileState::sequence)).toList();
  }

  private synchronized TransferId accept(Order order, Optional<FileKey> resendOf) {
    TransferId id = TransferId.random(random);
    for (int number = 0; number < order.files().size(); number++) {
      states.add(
          new FileState(
              new FileKey(id, number),
              1_000_000 + states.size(),
              order.connectorId(),
              order.files().get(number),
              MessageId.random(random),
              resendOf,
              order.requester(),
              Status.QUEUED,
              Optional.empty(),
              Optional.empty(),
              clock.instant(),
              Optional.empty(),
              Optional.empty(),
              0,
              false,
              Optional.empty()));
    }
    return id;
  }

  @Override
  public TransferId accept(Order order) throws IOException {
    checkFault();
    return accept(order, Optional.empty());
  }

  @Override
  public synchronized List<FileState> files(TransferId transferId) throws IOException {
    checkFault();
    return all().stream().filter(each -> each.key().transferId().equals(transferId)).toList();
  }

  @Override
  public synchronized Optional<FileState> file(FileKey key) throws IOException {
    checkFault();
    return states.stream().filter(each -> each.key().equals(key)).findFirst();
  }

  @Override
  public synchronized List<FileState> search(Search search) throws IOException {
    checkFault();
    return all().stream()
        .filter(file -> search.connectorId().map(file.connectorId()::equals).orElse(true))
        .filter(file -> search.status().map(file.status()::equals).orElse(true))
        .filter(file -> search.before().map(before -> file.sequence() < before).orElse(true))
        .filter(file -> search.text().map(text -> has(file, text)).orElse(true))
        .sorted(Comparator.comparing(FileState::sequence).reversed())
        .limit(search.limit())
        .toList();
  }

  private static boolean has(FileState file, String text) {
    return Stream.of(
            file.file().toString(),
            file.key().transferId().value(),
            file.messageId().value(),
            file.failureCode().orElse(""))
        .anyMatch(each -> each.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT)));
  }

  @Override
  public synchronized boolean cancel(FileKey key) throws IOException {
    Optional<FileState> open = file(key).filter(each -> each.ended().isEmpty());
    open.ifPresent(each -> put(Changed.cancelling(each)));
    return open.isPresent();
  }

  @Override
  public synchronized Optional<TransferId> resend(FileKey key, String requester)
      throws IOException {
    return file(key)
        .filter(each -> each.ended().isPresent())
        .map(each ->
            accept(
                new Order(each.connectorId(), List.of(each.file()), List.of(), requester),
                Optional.of(key)));
  }
}
