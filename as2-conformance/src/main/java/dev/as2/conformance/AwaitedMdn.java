package dev.as2.conformance;

import dev.as2.core.As2Handler;
import dev.as2.mime.Headers;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The place that the asynchronous MDN of one message is to be posted to. Safe for use by several
 * threads.
 */
final class AwaitedMdn {
  /** How many requests are kept; further ones are answered and forgotten. */
  static final int KEPT = 8;

  /** How long the first one is not answered, where it came before the message was. */
  private static final Duration HELD = Duration.ofSeconds(2);

  private final URI url;
  private final Duration patience;
  private final BlockingQueue<Arrival> arrivals = new ArrayBlockingQueue<>(KEPT);
  private final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
  private final CountDownLatch answered = new CountDownLatch(1);

  AwaitedMdn(URI url, Duration patience) {
    this.url = url;
    this.patience = patience;
  }

  /**
   * A request that came.
   *
   * @param target path and query
   * @param answering how it was answered
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Arrival(String method, String target, Headers headers, byte[] body, Answering answering) {}

  /**
   * How a request was answered.
   *
   * @param early whether the message was not answered, even though this was not answered either
   * @param status what it was answered with
   */
  record Answering(boolean early, int status) {}

  URI url() {
    return url;
  }

  Duration patience() {
    return patience;
  }

  /** Answers the next request with this status, and not with 200. */
  void answerOnce(int status) {
    statuses.add(status);
  }

  /** The message was answered. */
  void messageAnswered() {
    answered.countDown();
  }

  /** A request came; the status to answer it with. */
  int arrived(As2Handler.Request request, byte[] body) throws IOException {
    boolean early;
    try {
      early = !answered.await(HELD.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    Integer scripted = statuses.poll();
    int status = scripted == null ? 200 : scripted;
    arrivals.offer(
        new Arrival(
            request.method(),
            request.target(),
            request.headers(),
            body,
            new Answering(early, status)));
    return status;
  }

  /** The next one that comes, or came; nothing where patience ended. */
  Optional<Arrival> next() throws IOException {
    try {
      return Optional.ofNullable(arrivals.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static InterruptedIOException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    InterruptedIOException failure = new InterruptedIOException("the run was interrupted");
    failure.initCause(cause);
    return failure;
  }
}
