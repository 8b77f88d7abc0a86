package dev.as2.core;

import dev.as2.mime.Headers;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * Where asynchronous MDNs come in (RFC 4130 §7.2): whoever listens for them keeps each durably and
 * then answers the partner, and a runtime that waits for one gets it here, however much later, and
 * after another process took it. Safe for use by several threads.
 */
public interface AsyncMdns {
  /** None comes. */
  AsyncMdns NONE =
      new AsyncMdns() {
        @Override
        public CompletableFuture<Arrived> await(SendResult.Transfer transfer, Instant until) {
          return new CompletableFuture<>();
        }

        @Override
        public void refused(SendResult.Transfer transfer, Arrived mdn) {
          // there is nothing to drop
        }
      };

  /**
   * An MDN of a message that was sent, the first that came: where it is there already, the future
   * is done when it is returned. Cancelled when nobody waits any more. May block for a moment.
   *
   * <p>A host with a journal need not let the transfer wait in memory: the future fails with {@link
   * AbandonedException}, and the host sends the same order again when an MDN has come, or the time
   * is over. A message that the partner took is not sent a second time by that.
   *
   * @param until when the transfer fails with {@code MDN_TIMED_OUT}
   */
  CompletableFuture<Arrived> await(SendResult.Transfer transfer, Instant until);

  /**
   * One that {@link #await} gave proves nothing: it is dropped, and the next call gives another
   * one. Whoever knows a Message-ID can post what looks like an MDN.
   */
  void refused(SendResult.Transfer transfer, Arrived mdn) throws IOException;

  /**
   * An MDN as it came.
   *
   * @param headers of the request that brought it
   * @param body of that request, untouched; at most {@link Limits#ANSWER_BYTES}
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Arrived(Headers headers, byte[] body) {}
}
