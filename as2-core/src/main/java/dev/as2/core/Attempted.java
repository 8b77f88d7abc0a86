package dev.as2.core;

import dev.as2.core.SendResult.Failure;
import java.util.Optional;

/** How one attempt ended. */
record Attempted(Verdict verdict, Optional<As2Response> response) {
  static Attempted failed(Failure failure) {
    return new Attempted(Verdict.failed(failure), Optional.empty());
  }
}
