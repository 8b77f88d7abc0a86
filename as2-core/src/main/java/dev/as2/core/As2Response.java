package dev.as2.core;

import dev.as2.mime.Headers;
import java.time.Duration;

/**
 * A partner's whole answer to a POST.
 *
 * @param status the final HTTP status
 * @param reason the reason phrase, may be empty
 * @param headers the answer's headers
 * @param body the answer's body, without transfer coding, otherwise untouched; at most {@link
 *     Limits#ANSWER_BYTES}
 * @param sentWhole whether the whole message had been written before the answer began
 * @param timings how long each part took
 */
@SuppressWarnings("ArrayRecordComponent")
public record As2Response(
    int status, String reason, Headers headers, byte[] body, boolean sentWhole, Timings timings) {

  /**
   * Durations of one POST.
   *
   * @param connect from the start to an open connection, TLS included; zero where one was reused
   * @param write from there to the last octet of the message
   * @param pause from there to the first octet of the answer
   * @param answer from there to its last
   */
  public record Timings(Duration connect, Duration write, Duration pause, Duration answer) {
    /** No time at all. */
    public static final Timings NONE =
        new Timings(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
  }
}
