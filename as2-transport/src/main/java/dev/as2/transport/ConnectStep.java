package dev.as2.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.ConnectTimeoutException;
import io.netty.util.AttributeKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

/**
 * Looks a host up and connects to one of its addresses; all of them share one timeout, so that a
 * dead one leaves time for the next. A channel can try one address only: where others are left, it
 * fails with {@link OthersLeft}, and {@link ConnectingPool} makes another channel for them.
 */
final class ConnectStep extends ChannelOutboundHandlerAdapter {
  /** What a channel for a further address is given. */
  static final AttributeKey<Addresses> ADDRESSES =
      AttributeKey.valueOf("dev.as2.transport.addresses");

  private final Duration timeout;
  private final Lookups lookups;

  ConnectStep(Duration timeout, Lookups lookups) {
    this.timeout = timeout;
    this.lookups = lookups;
  }

  /**
   * Addresses that have not been tried.
   *
   * @param until when the last one has had its time, on the clock of {@link System#nanoTime}
   */
  record Addresses(List<InetAddress> untried, long until) {
    Addresses {
      untried = List.copyOf(untried);
    }

    Duration share() {
      return Duration.ofNanos(Math.max(1, (until - System.nanoTime()) / untried.size()));
    }

    Addresses afterTheFirst() {
      return new Addresses(untried.subList(1, untried.size()), until);
    }
  }

  /** One address did not answer, and there are others. */
  static final class OthersLeft extends IOException {
    private final transient Addresses others;

    OthersLeft(Addresses others, Throwable cause) {
      super(cause);
      this.others = others;
    }

    Addresses others() {
      return others;
    }
  }

  @Override
  public void connect(
      ChannelHandlerContext ctx, SocketAddress to, SocketAddress from, ChannelPromise promise) {
    InetSocketAddress target = (InetSocketAddress) to;
    Addresses known = ctx.channel().attr(ADDRESSES).get();
    if (known != null) {
      connect(ctx, target.getPort(), known, promise);
      return;
    }
    long until = System.nanoTime() + timeout.toNanos();
    Deadline deadline = new Deadline(ctx.executor(), promise::tryFailure);
    deadline.start(timeout, () -> promise.tryFailure(late()));
    promise.addListener(connected -> deadline.stop());
    try {
      lookups.threads().execute(() -> lookUp(ctx, target, until, promise));
    } catch (RejectedExecutionException e) {
      promise.tryFailure(e); // the client is closing
    }
  }

  private ConnectTimeoutException late() {
    return new ConnectTimeoutException("no connection within " + timeout.toMillis() + " ms");
  }

  private void lookUp(
      ChannelHandlerContext ctx, InetSocketAddress target, long until, ChannelPromise promise) {
    try {
      Addresses found =
          new Addresses(List.of(lookups.directory().lookUp(target.getHostString())), until);
      ctx.executor().execute(() -> connect(ctx, target.getPort(), found, promise));
    } catch (UnknownHostException | RuntimeException e) {
      promise.tryFailure(e);
    }
  }

  private void connect(
      ChannelHandlerContext ctx, int port, Addresses addresses, ChannelPromise promise) {
    if (promise.isDone()) {
      return;
    }
    Addresses others = addresses.afterTheFirst();
    Deadline deadline = new Deadline(ctx.executor(), promise::tryFailure);
    deadline.start(addresses.share(), () -> promise.tryFailure(orOthers(others, late())));
    ChannelPromise attempt = ctx.newPromise();
    promise.addListener(ended -> {
      deadline.stop();
      if (!ended.isSuccess()) {
        ctx.close();
      }
    });
    attempt.addListener(ended -> {
      if (ended.isSuccess()) {
        promise.trySuccess();
      } else {
        promise.tryFailure(orOthers(others, ended.cause()));
      }
    });
    ctx.connect(new InetSocketAddress(addresses.untried().get(0), port), attempt);
  }

  private static Throwable orOthers(Addresses others, Throwable failure) {
    return others.untried().isEmpty() ? failure : new OthersLeft(others, failure);
  }
}
