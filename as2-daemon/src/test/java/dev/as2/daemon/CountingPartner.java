package dev.as2.daemon;

import dev.as2.core.As2Handler;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A partner that keeps, for each Message-ID, the digests of the bodies that came whole and the
 * first octets of all; and that stops at a moment, so that the sender can be killed there. Safe for
 * use by several threads.
 */
public final class CountingPartner implements As2Handler {
  /** Where it may stop. */
  public enum Moment {
    /** It has the headers and a few octets of the body. */
    BODY_BEGUN,
    /** It has the whole body. */
    BODY_WHOLE,
    /** It never stops. */
    NEVER
  }

  private static final int BEGINNING = 64 << 10;

  private volatile As2Handler partner =
      request -> {
        throw new IllegalStateException("it stands before nobody");
      };

  private final Map<String, List<String>> whole = new ConcurrentHashMap<>();
  private final Map<String, List<byte[]>> beginnings = new ConcurrentHashMap<>();
  private volatile Stop stop = new Stop(Moment.NEVER);

  /** A moment, whether it was reached, and whether it is over. */
  private record Stop(Moment moment, CountDownLatch reached, CountDownLatch over) {
    Stop(Moment moment) {
      this(moment, new CountDownLatch(1), new CountDownLatch(1));
    }

    void at(Moment now) throws IOException {
      if (now == moment) {
        reached.countDown();
        try {
          over.await();
        } catch (InterruptedException e) {
          throw new InterruptedIOException("the partner ends");
        }
      }
    }
  }

  /** This one, before a partner who answers. */
  public As2Handler before(As2Handler answering) {
    partner = answering;
    return this;
  }

  /** From now on stops at a moment, until {@link #goOn}. */
  public void stopAt(Moment moment) {
    stop = new Stop(moment);
  }

  /** Waits until it has stopped. */
  public void awaitStop() throws InterruptedException {
    if (!stop.reached().await(120, TimeUnit.SECONDS)) {
      throw new AssertionError("nothing came to " + stop.moment());
    }
  }

  /** Never stops any more. */
  public void goOn() {
    Stop before = stop;
    stop = new Stop(Moment.NEVER);
    before.over().countDown();
  }

  /** The digests of the whole bodies, by Message-ID. */
  public Map<String, List<String>> whole() {
    return whole;
  }

  /** Whether all bodies of a message, whole or not, began with the same octets. */
  public boolean beganTheSame(String messageId) {
    byte[] longest = new byte[0];
    for (byte[] each : beginnings.getOrDefault(messageId, List.of())) {
      int common = Math.min(each.length, longest.length);
      if (!Arrays.equals(each, 0, common, longest, 0, common)) {
        return false;
      }
      longest = each.length > longest.length ? each : longest;
    }
    return true;
  }

  @Override
  public Answer handle(Request request) throws IOException {
    String messageId = request.headers().first("Message-ID").orElse("");
    ByteArrayOutputStream beginning = new ByteArrayOutputStream();
    MessageDigest digest = sha256();
    Watched body = new Watched(new DigestInputStream(request.body(), digest), beginning);
    try {
      Answer answer =
          partner.handle(
              new Request(
                  request.method(), request.target(), request.headers(), body, request.remote()));
      body.transferTo(OutputStream.nullOutputStream());
      whole
          .computeIfAbsent(messageId, any -> new CopyOnWriteArrayList<>())
          .add(HexFormat.of().formatHex(digest.digest()));
      stop.at(Moment.BODY_WHOLE);
      return answer;
    } finally {
      beginnings
          .computeIfAbsent(messageId, any -> new CopyOnWriteArrayList<>())
          .add(beginning.toByteArray());
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A body whose first octets are kept. */
  private final class Watched extends FilterInputStream {
    private final ByteArrayOutputStream beginning;

    Watched(InputStream body, ByteArrayOutputStream beginning) {
      super(body);
      this.beginning = beginning;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count = super.read(target, offset, length);
      if (count > 0 && beginning.size() < BEGINNING) {
        boolean first = beginning.size() == 0;
        beginning.write(target, offset, Math.min(count, BEGINNING - beginning.size()));
        if (first) {
          stop.at(Moment.BODY_BEGUN);
        }
      }
      return count;
    }
  }
}
