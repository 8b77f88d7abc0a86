package dev.as2.core;

import dev.as2.core.SendResult.Failure;
import dev.as2.core.SendResult.Transfer;
import dev.as2.mime.ContentChangedException;
import dev.as2.mime.SigningException;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;

/** Everything that can go wrong with a transfer, as a code and a sentence. */
final class Diagnosis {
  private static final System.Logger LOG = System.getLogger(ConnectorRuntime.class.getName());

  private Diagnosis() {}

  static Failure of(Throwable fault, Transfer transfer) {
    Throwable cause = cause(fault);
    if (cause instanceof As2Exception e) {
      return new Failure(e.code(), e.sentence());
    } else if (cause instanceof ContentChangedException e) {
      return new Failure(
          FailureCode.SOURCE_CHANGED,
          "File %s changed while it was being sent: %s."
              .formatted(transfer.file(), e.getMessage()));
    } else if (cause instanceof SigningException e) {
      return new Failure(
          FailureCode.SIGNING_FAILED, "The message cannot be signed: " + e.getMessage());
    } else if (cause instanceof CancellationException) {
      return new Failure(FailureCode.CANCELLED, "The transfer was cancelled.");
    } else if (cause instanceof IOException e) {
      return new Failure(
          FailureCode.STORE_UNAVAILABLE,
          "File %s cannot be read: %s".formatted(transfer.file(), e));
    }
    LOG.log(System.Logger.Level.ERROR, "message " + transfer.messageId() + " failed inside", cause);
    return new Failure(FailureCode.INTERNAL_ERROR, "The engine failed: " + cause);
  }

  /** What had come of an answer before it broke off: it is kept like a whole one. */
  static Optional<As2Response> whatCame(Throwable fault) {
    return cause(fault) instanceof As2Exception coded ? coded.answer() : Optional.empty();
  }

  /** The fault itself, which a future may have wrapped. */
  static Throwable cause(Throwable fault) {
    return fault instanceof CompletionException && fault.getCause() != null
        ? fault.getCause()
        : fault;
  }
}
