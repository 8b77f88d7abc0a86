package dev.as2.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.ConnectTimeoutException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * Looks a host up and connects to it, both within one timeout. The lookup may block, so it has a
 * thread of its own.
 */
final class ConnectStep extends ChannelOutboundHandlerAdapter {
  private final Duration timeout;
  private final Executor lookups;

  ConnectStep(Duration timeout, Executor lookups) {
    this.timeout = timeout;
    this.lookups = lookups;
  }

  @Override
  public void connect(
      ChannelHandlerContext ctx, SocketAddress to, SocketAddress from, ChannelPromise promise) {
    InetSocketAddress target = (InetSocketAddress) to;
    Deadline deadline = new Deadline(ctx.executor(), promise::tryFailure);
    deadline.start(timeout, () -> giveUp(ctx, promise));
    promise.addListener(connected -> deadline.stop());
    lookups.execute(() -> lookUp(ctx, target, from, promise));
  }

  private void giveUp(ChannelHandlerContext ctx, ChannelPromise promise) {
    promise.tryFailure(
        new ConnectTimeoutException("no connection within " + timeout.toMillis() + " ms"));
    ctx.close();
  }

  private void lookUp(
      ChannelHandlerContext ctx,
      InetSocketAddress target,
      SocketAddress from,
      ChannelPromise promise) {
    try {
      InetAddress address = InetAddress.getByName(target.getHostString());
      InetSocketAddress found = new InetSocketAddress(address, target.getPort());
      ctx.executor().execute(() -> connectUnlessDone(ctx, found, from, promise));
    } catch (UnknownHostException e) {
      promise.tryFailure(e);
    }
  }

  private static void connectUnlessDone(
      ChannelHandlerContext ctx,
      InetSocketAddress found,
      SocketAddress from,
      ChannelPromise promise) {
    if (!promise.isDone()) {
      ctx.connect(found, from, promise);
    }
  }
}
