package dev.as2.transport;

import dev.as2.core.Limits;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Watches octets leave for the socket, next to which it stands: beneath TLS, so that it sees what
 * the partner's end really takes. For use on the event loop only.
 *
 * <p>Holds nine numbers.
 */
final class Flow extends ChannelDuplexHandler {
  private static final System.Logger LOG = System.getLogger(Flow.class.getName());
  private static final int CHECKS_PER_LIMIT = 8;

  private final Deque<Long> countsWhileWaiting = new ArrayDeque<>();
  private @Nullable ChannelHandlerContext context;
  private @Nullable Deadline nextCheck;
  private long octetsOfWholeWrites;

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    nextCheck = new Deadline(ctx.channel().eventLoop(), ctx::fireExceptionCaught);
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    int octets = ((ByteBuf) message).readableBytes();
    ctx.write(message, promise.unvoid().addListener(written -> octetsOfWholeWrites += octets));
  }

  /**
   * Runs {@code tooSlow}, once, as soon as octets have waited for {@code limit} and fewer left in
   * it than {@link Limits#SLOWEST_BYTES_PER_SECOND} asks for; tells it how many did.
   */
  void watch(Duration limit, LongConsumer tooSlow) {
    countsWhileWaiting.clear();
    scheduleCheck(limit, tooSlow);
  }

  void unwatch() {
    if (nextCheck != null) {
      nextCheck.stop();
    }
  }

  private void scheduleCheck(Duration limit, LongConsumer tooSlow) {
    if (nextCheck != null) {
      nextCheck.start(limit.dividedBy(CHECKS_PER_LIMIT), () -> check(limit, tooSlow));
    }
  }

  private void check(Duration limit, LongConsumer tooSlow) {
    ChannelOutboundBuffer waiting =
        context == null ? null : context.channel().unsafe().outboundBuffer();
    if (waiting == null) {
      return; // closed
    }
    if (waiting.isEmpty()) {
      countsWhileWaiting.clear(); // it is the message that is slow
      scheduleCheck(limit, tooSlow);
      return;
    }
    long count = octetsOfWholeWrites + waiting.currentProgress();
    countsWhileWaiting.add(count);
    if (countsWhileWaiting.size() > CHECKS_PER_LIMIT) {
      long left = count - countsWhileWaiting.remove();
      if (left < enough(limit)) {
        tooSlow.accept(left);
        return;
      }
    }
    scheduleCheck(limit, tooSlow);
  }

  private static long enough(Duration limit) {
    return Math.max(1, limit.toMillis() * Limits.SLOWEST_BYTES_PER_SECOND / 1_000);
  }

  /**
   * Closes with a reset, past TLS and whatever is queued: the partner is to see that the message
   * broke off.
   */
  void reset() {
    if (context == null) {
      return;
    }
    try {
      context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
    } catch (ChannelException e) {
      LOG.log(System.Logger.Level.DEBUG, "the socket is gone already", e);
    }
    context.close();
  }
}
