package dev.as2.daemon;

import dev.as2.core.As2Handler;
import dev.as2.mime.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A partner who is late with some messages and has no time for others the first time they come; a
 * Message-ID decides which. It keeps all that comes whole: headers, and the body's digest. Safe for
 * use by several threads.
 */
final class UnreliablePartner implements As2Handler, AutoCloseable {
  private static final int MOODS = 8;
  private static final int BUSY = 0;
  private static final int LATE = 1;
  private static final int LATEST_MILLIS = 400;

  private volatile As2Handler partner =
      request -> {
        throw new IllegalStateException("it stands before nobody");
      };

  private final Map<String, List<Delivery>> deliveries = new ConcurrentHashMap<>();
  private final CountDownLatch closing = new CountDownLatch(1);

  /**
   * A message that came whole.
   *
   * @param status what was answered
   */
  record Delivery(Headers headers, String digest, int status) {
    /** What a sender decides of it. */
    String message() {
      return headers + digest;
    }
  }

  /** This one, before a partner who answers. */
  As2Handler before(As2Handler answering) {
    partner = answering;
    return this;
  }

  /** What came, by Message-ID without angle brackets. */
  Map<String, List<Delivery>> deliveries() {
    return deliveries;
  }

  @Override
  public Answer handle(Request request) throws IOException {
    String messageId = request.headers().first("Message-ID").orElse("").replaceAll("[<>]", "");
    MessageDigest digest = sha256();
    InputStream body = new DigestInputStream(request.body(), digest);
    int mood = Math.floorMod(messageId.hashCode(), MOODS);
    Answer answer =
        mood == BUSY && !deliveries.containsKey(messageId)
            ? new Answer(503, Headers.EMPTY, new byte[0])
            : partner.handle(
                new Request(
                    request.method(), request.target(), request.headers(), body, request.remote()));
    body.transferTo(OutputStream.nullOutputStream());
    deliveries
        .computeIfAbsent(messageId, any -> new CopyOnWriteArrayList<>())
        .add(
            new Delivery(
                request.headers(), HexFormat.of().formatHex(digest.digest()), answer.status()));
    if (mood == LATE) {
      linger(Math.floorMod(messageId.hashCode() / MOODS, LATEST_MILLIS));
    }
    return answer;
  }

  private void linger(int millis) throws IOException {
    try {
      if (closing.await(millis, TimeUnit.MILLISECONDS)) {
        throw new IOException("the partner ends");
      }
    } catch (InterruptedException e) {
      throw new InterruptedIOException("the partner ends");
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    closing.countDown();
  }
}
