package dev.as2.conformance;

import dev.as2.mime.Headers;

/**
 * An HTTP answer that a scripted partner gives.
 *
 * @param status the HTTP status
 * @param headers its headers, without those of the framing
 * @param body its body
 */
@SuppressWarnings("ArrayRecordComponent")
record Reply(int status, Headers headers, byte[] body) {
  Reply withStatus(int other) {
    return new Reply(other, headers, body);
  }
}
