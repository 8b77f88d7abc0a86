package dev.as2.transport;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Watches octets leave for the socket, next to which it stands: beneath TLS, so that it sees what
 * the partner's end really takes. For use on the event loop only.
 */
final class Flow extends ChannelDuplexHandler {
  private static final System.Logger LOG = System.getLogger(Flow.class.getName());
  private static final int CHECKS_PER_LIMIT = 8;

  private @Nullable ChannelHandlerContext context;
  private @Nullable Deadline nextCheck;
  private long completedWrites;
  private Position last = new Position(0, 0);
  private long since;

  private record Position(long completedWrites, long octetsOfNext) {}

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    nextCheck = new Deadline(ctx.channel().eventLoop(), ctx::fireExceptionCaught);
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    ctx.write(message, promise.unvoid().addListener(written -> completedWrites++));
  }

  /** Runs {@code stalled} as soon as octets wait for {@code limit} and not one of them leaves. */
  void watch(Duration limit, Runnable stalled) {
    since = System.nanoTime();
    scheduleCheck(limit, stalled);
  }

  void unwatch() {
    if (nextCheck != null) {
      nextCheck.stop();
    }
  }

  private void scheduleCheck(Duration limit, Runnable stalled) {
    if (nextCheck != null) {
      nextCheck.start(limit.dividedBy(CHECKS_PER_LIMIT), () -> check(limit, stalled));
    }
  }

  private void check(Duration limit, Runnable stalled) {
    ChannelOutboundBuffer waiting =
        context == null ? null : context.channel().unsafe().outboundBuffer();
    if (waiting == null) {
      return; // closed
    }
    Position now = new Position(completedWrites, waiting.currentProgress());
    if (waiting.isEmpty() || !now.equals(last)) {
      last = now;
      since = System.nanoTime();
    } else if (System.nanoTime() - since >= limit.toNanos()) {
      stalled.run();
      return;
    }
    scheduleCheck(limit, stalled);
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
