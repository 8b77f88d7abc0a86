package dev.as2.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Takes connections up to a number, and then none until one closes: those that come meanwhile wait
 * in the listener's queue, which the system bounds. For the one event loop of a listener.
 */
final class Admission extends ChannelInboundHandlerAdapter {
  private final int most;
  private int open;

  Admission(int most) {
    this.most = most;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object connection) {
    open++;
    if (open >= most) {
      ctx.channel().config().setAutoRead(false);
    }
    ((Channel) connection)
        .closeFuture()
        .addListener(closed -> ctx.executor().execute(() -> closed(ctx)));
    ctx.fireChannelRead(connection);
  }

  private void closed(ChannelHandlerContext ctx) {
    open--;
    ctx.channel().config().setAutoRead(true);
  }
}
