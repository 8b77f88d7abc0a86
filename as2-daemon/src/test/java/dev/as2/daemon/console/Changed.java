package dev.as2.daemon.console;

import dev.as2.daemon.state.Transfers.FileState;
import dev.as2.daemon.state.Transfers.Status;
import java.time.Instant;
import java.util.Optional;

/** A transfer's state after something happened to it. */
final class Changed {
  private Changed() {}

  static FileState cancelling(FileState of) {
    return of(of, of.status(), Optional.empty(), Optional.empty(), true);
  }

  static FileState started(FileState of, Instant at) {
    return new FileState(
        of.key(),
        of.sequence(),
        of.connectorId(),
        of.file(),
        of.messageId(),
        of.resendOf(),
        of.requester(),
        Status.IN_PROGRESS,
        Optional.empty(),
        Optional.empty(),
        of.accepted(),
        Optional.of(at),
        Optional.empty(),
        0,
        false,
        Optional.empty());
  }

  static FileState ended(FileState of, Instant at, Optional<String> failureCode) {
    Status status = failureCode.isPresent() ? Status.FAILED : Status.COMPLETED;
    return of(of, status, failureCode, Optional.of(at), of.cancelling());
  }

  private static FileState of(
      FileState of,
      Status status,
      Optional<String> failureCode,
      Optional<Instant> ended,
      boolean cancelling) {
    return new FileState(
        of.key(),
        of.sequence(),
        of.connectorId(),
        of.file(),
        of.messageId(),
        of.resendOf(),
        of.requester(),
        status,
        failureCode,
        failureCode.map(code -> "It failed with " + code + "."),
        of.accepted(),
        of.started(),
        ended,
        of.attempts(),
        cancelling,
        of.outcome());
  }
}
