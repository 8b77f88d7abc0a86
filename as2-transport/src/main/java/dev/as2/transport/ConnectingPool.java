package dev.as2.transport;

import dev.as2.transport.ConnectStep.OthersLeft;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.DefaultChannelPromise;
import io.netty.channel.pool.ChannelHealthChecker;
import io.netty.channel.pool.ChannelPoolHandler;
import io.netty.channel.pool.FixedChannelPool;

/** A bounded pool that makes one channel after the other until an address of the host answers. */
final class ConnectingPool extends FixedChannelPool {
  ConnectingPool(
      Bootstrap bootstrap, ChannelPoolHandler steps, ChannelHealthChecker health, int most) {
    super(bootstrap, steps, health, null, -1, most, Integer.MAX_VALUE, true, true);
  }

  @Override
  protected ChannelFuture connectChannel(Bootstrap bootstrap) {
    ChannelFuture first = bootstrap.connect();
    LastChannel last = new LastChannel(first.channel());
    follow(first, bootstrap, last);
    return last;
  }

  private static void follow(ChannelFuture attempt, Bootstrap bootstrap, LastChannel last) {
    attempt.addListener(ended -> {
      last.channel = attempt.channel();
      if (ended.isSuccess()) {
        last.setSuccess();
      } else if (ended.cause() instanceof OthersLeft left) {
        Bootstrap next = bootstrap.clone().attr(ConnectStep.ADDRESSES, left.others());
        follow(next.connect(), next, last);
      } else {
        last.setFailure(ended.cause());
      }
    });
  }

  /** Ends with the channel that was tried last. */
  private static final class LastChannel extends DefaultChannelPromise {
    private volatile Channel channel;

    LastChannel(Channel first) {
      super(first);
      channel = first;
    }

    @Override
    public Channel channel() {
      return channel;
    }
  }
}
