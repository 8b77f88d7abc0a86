package dev.as2.core;

import java.net.URI;
import java.util.concurrent.CompletableFuture;

/**
 * The way to partners: posts a message and gives the answer.
 *
 * <p>Safe for use by several threads. Knows HTTP and TLS, and nothing of what a message means.
 */
public interface As2Client extends AutoCloseable {
  /**
   * Posts one message once, or asks about one by HEAD; never follows a redirect and never repeats.
   *
   * <p>Any HTTP answer completes the future, whatever its status, also one that comes before the
   * message was sent whole (the rest is then not sent). Otherwise the future fails with an {@link
   * As2Exception}: {@code UNABLE_TO_RESOLVE_HOSTNAME}, {@code
   * UNABLE_TO_CONNECT_TO_REMOTE_HOST_OR_IP}, {@code PROXY_REFUSED}, {@code TLS_HANDSHAKE_FAILED},
   * {@code TLS_HANDSHAKE_BROKEN_OFF}, {@code WRITE_TIMED_OUT}, {@code CONNECTION_CLOSED}, {@code
   * MDN_TIMED_OUT}, {@code HTTP_ANSWER_INVALID}, {@code HTTP_ANSWER_TOO_LARGE}; or with whatever
   * the message's own {@code writeBodyTo} threw. What had come of an answer is in {@link
   * As2Exception#answer}. Cancelling the future closes the connection.
   *
   * <p>The future completes after the writing of the message has ended, so that the message may be
   * written again, and on a thread that must not block.
   */
  CompletableFuture<As2Response> post(As2Request request);

  /**
   * Opens a connection of its own as far as a message would need it, and closes it again. What
   * fails is in the probe; the future fails only where it is cancelled, which closes the
   * connection. In TLS 1.3 a second is waited for the partner's no to our certificate, which comes
   * after the handshake.
   *
   * @param url the partner's
   * @param transport as a request's would be
   */
  CompletableFuture<Probe> probe(URI url, TransportOptions transport);

  /** Closes idle connections; what is under way fails with {@code CONNECTION_CLOSED}. */
  @Override
  void close();
}
