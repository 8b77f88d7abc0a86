package dev.as2.core;

import dev.as2.core.SendResult.Transfer;
import java.io.IOException;
import java.util.Optional;

/**
 * Where a runtime keeps what it must not forget about a message, so that another run ends it: with
 * the same octets under the same Message-ID (RFC 4130 §5.5), or without asking the partner again.
 *
 * <p>What is kept is opaque to the host, a few KiB each but for an answer of up to {@link
 * Limits#ANSWER_BYTES} and a third. <b>It holds keys: keep it encrypted.</b> A later version of the
 * engine reads what an earlier one has written.
 *
 * <p>Called on worker threads, which may block; different messages at the same time, one message's
 * calls one after the other. Each call returns when what it got is durable. Where one fails, the
 * transfer is abandoned: its future fails with {@link AbandonedException}, no result is written,
 * and the same order may be sent again later, with what was kept.
 */
public interface MessageJournal {
  /**
   * The message is made, and not an octet of it was sent: called once, before the first attempt.
   *
   * @param seal all that decides the message's octets, besides the file
   */
  void sealed(Transfer transfer, byte[] seal) throws IOException;

  /**
   * An attempt failed, and another one will follow. Not called for the last one.
   *
   * @param count how many attempts have ended so far
   * @param attempts all of them; replaces what was kept before
   */
  void attempted(Transfer transfer, int count, byte[] attempts) throws IOException;

  /**
   * The message has come to its end, good or bad, and no result file was written yet. Also called
   * where there was no seal, as the message could not even be made.
   *
   * @param answer the whole outcome with the partner's answer: enough to write the results again
   */
  void answered(Transfer transfer, byte[] answer) throws IOException;

  /**
   * What a journal has kept of a message.
   *
   * @param seal what {@link #sealed} got
   * @param attempts what {@link #attempted} got last
   * @param answer what {@link #answered} got
   */
  record Kept(Optional<byte[]> seal, Optional<byte[]> attempts, Optional<byte[]> answer) {
    /** Of a message that was never under way. */
    public static final Kept NOTHING =
        new Kept(Optional.empty(), Optional.empty(), Optional.empty());

    /** Which of them there are; never what they hold. */
    @Override
    public String toString() {
      return "Kept[seal=%s, attempts=%s, answer=%s]"
          .formatted(seal.isPresent(), attempts.isPresent(), answer.isPresent());
    }
  }
}
