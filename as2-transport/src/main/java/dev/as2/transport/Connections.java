package dev.as2.transport;

import dev.as2.core.As2Exception;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.pool.AbstractChannelPoolMap;
import io.netty.channel.pool.ChannelHealthChecker;
import io.netty.channel.pool.FixedChannelPool;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;

/** Connections to all partners: for each destination a pool with an upper bound. */
final class Connections extends AbstractChannelPoolMap<Destination, FixedChannelPool> {
  /** A channel that holds this many bytes stops its writer, which goes on at the lower mark. */
  private static final WriteBufferWaterMark HELD_BYTES =
      new WriteBufferWaterMark(128 << 10, 512 << 10);

  private static final ChannelHealthChecker HEALTH =
      channel -> channel.eventLoop().newSucceededFuture(ConnectionSteps.isHealthy(channel));

  private final EventLoopGroup loops;
  private final Lookups lookups;
  private final int maxPerDestination;
  private final Duration idleLifetime;
  private final ClientTls tls = new ClientTls();
  private final ChannelGroup all = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);

  Connections(EventLoopGroup loops, Lookups lookups, int maxPerDestination, Duration idleLifetime) {
    this.loops = loops;
    this.lookups = lookups;
    this.maxPerDestination = maxPerDestination;
    this.idleLifetime = idleLifetime;
  }

  /**
   * The destination's pool.
   *
   * @throws As2Exception where its TLS settings cannot be used
   */
  FixedChannelPool pool(Destination destination) throws As2Exception {
    if (destination.secure()) {
      tls.context(destination.options().tls()); // fails here, so that newPool does not
    }
    return get(destination);
  }

  /**
   * A pool of its own, for one new connection.
   *
   * @throws As2Exception where its TLS settings cannot be used
   */
  FixedChannelPool alone(Destination destination) throws As2Exception {
    if (destination.secure()) {
      tls.context(destination.options().tls());
    }
    return newPool(destination);
  }

  @Override
  protected FixedChannelPool newPool(Destination destination) {
    ConnectionSteps steps =
        new ConnectionSteps(destination, context(destination), lookups, idleLifetime, all);
    return new ConnectingPool(bootstrap(destination), steps, HEALTH, maxPerDestination);
  }

  private Optional<SslContext> context(Destination destination) {
    try {
      return destination.secure()
          ? Optional.of(tls.context(destination.options().tls()))
          : Optional.empty();
    } catch (As2Exception e) {
      throw new UncheckedIOException(e);
    }
  }

  private Bootstrap bootstrap(Destination destination) {
    return new Bootstrap()
        .group(loops)
        .channel(NioSocketChannel.class)
        .disableResolver() // ConnectStep looks names up
        .remoteAddress(destination.address())
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0) // ConnectStep's
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.SO_KEEPALIVE, true)
        .option(ChannelOption.WRITE_BUFFER_WATER_MARK, HELD_BYTES)
        // a failed write must not close: an early answer may still lie in the socket
        .option(ChannelOption.AUTO_CLOSE, false);
  }

  /** Closes every pool and connection. */
  void closeAll() {
    close();
    all.close().awaitUninterruptibly();
  }
}
