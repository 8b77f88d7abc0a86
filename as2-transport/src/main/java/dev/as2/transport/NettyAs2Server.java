package dev.as2.transport;

import dev.as2.core.As2Handler;
import dev.as2.core.As2Server;
import dev.as2.core.Limits;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A listener for partners' requests over HTTP/1.1 and TLS.
 *
 * <p>Each request's handler runs on one of a bounded number of worker threads and reads the body as
 * it comes; a request under way holds 256 KiB of it and one read of the socket more. Where a
 * handler answers before the body has come whole, what still comes is thrown away for some seconds,
 * so that the client gets the answer, and the connection is closed. There is a most number of
 * connections; further ones wait until one of them closes.
 *
 * <p>Safe for use by several threads.
 */
public final class NettyAs2Server implements As2Server {
  private static final int CONTENT_PART_BYTES = 64 << 10;

  /** So that {@link Admission} can stop after each. */
  private static final RecvByteBufAllocator ONE_CONNECTION_AT_A_TIME =
      new ServerChannelRecvByteBufAllocator().maxMessagesPerRead(1);

  private final EventLoopGroup loops;
  private final ExecutorService workers;
  private final ChannelGroup connections =
      new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
  private final As2Handler handler;
  private volatile Optional<SslContext> tls;
  private final Duration idleTimeout;
  private final Duration linger;
  private final int maxConnections;
  private final Channel listener;

  private NettyAs2Server(InetSocketAddress address, Builder with) throws IOException {
    handler = with.handler;
    tls = context(with.tls);
    idleTimeout = with.idleTimeout;
    linger = with.linger;
    maxConnections = with.maxConnections;
    workers = workers(with.workerThreads);
    loops =
        new MultiThreadIoEventLoopGroup(
            2, new DefaultThreadFactory("as2-server", true), NioIoHandler.newFactory());
    listener = listen(address);
  }

  /**
   * Listens for plain HTTP with the defaults.
   *
   * @param address port 0 for any free one
   * @throws IOException when the address cannot be listened on
   */
  public static NettyAs2Server start(InetSocketAddress address, As2Handler handler)
      throws IOException {
    return builder(handler).start(address);
  }

  /** Starts with the defaults: plain HTTP. */
  public static Builder builder(As2Handler handler) {
    return new Builder(handler);
  }

  private static ExecutorService workers(int most) {
    ThreadPoolExecutor workers =
        new ThreadPoolExecutor(
            most,
            most,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            new DefaultThreadFactory("as2-handler", true));
    workers.allowCoreThreadTimeOut(true);
    return workers;
  }

  private static Optional<SslContext> context(Optional<ServerTls> tls) throws IOException {
    if (tls.isEmpty()) {
      return Optional.empty();
    }
    ServerTls with = tls.get();
    try {
      SslContextBuilder builder =
          SslContextBuilder.forServer(with.key(), with.chain())
              .sslProvider(SslProvider.JDK)
              .protocols("TLSv1.3", "TLSv1.2");
      if (!with.clientAuthorities().isEmpty()) {
        builder
            .trustManager(PartnerTrust.anchoredIn(with.clientAuthorities()))
            .clientAuth(ClientAuth.REQUIRE);
      }
      return Optional.of(builder.build());
    } catch (GeneralSecurityException e) {
      throw new IOException("the server's TLS settings cannot be used: " + e.getMessage(), e);
    }
  }

  private Channel listen(InetSocketAddress address) throws IOException {
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.RECVBUF_ALLOCATOR, ONE_CONNECTION_AT_A_TIME)
            .handler(new Admission(maxConnections))
            .childOption(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    connections.add(channel);
                    steps(channel.pipeline());
                  }
                })
            .bind(address)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
      throw new IOException("cannot listen on " + address, bound.cause());
    }
    return bound.channel();
  }

  private void steps(ChannelPipeline steps) {
    tls.ifPresent(context -> steps.addLast(context.newHandler(steps.channel().alloc())));
    steps.addLast(new IdleStateHandler(idleTimeout.toMillis(), 0, 0, TimeUnit.MILLISECONDS));
    steps.addLast(new RequestDecoder(limits()));
    steps.addLast(new HttpResponseEncoder());
    steps.addLast(new FlowControlHandler()); // one part for each read
    steps.addLast(new RequestHandler(handler, workers, linger));
  }

  private static HttpDecoderConfig limits() {
    return new HttpDecoderConfig()
        .setMaxInitialLineLength(Limits.HTTP_FIRST_LINE_BYTES)
        .setMaxHeaderSize(Limits.HTTP_HEADER_BYTES)
        .setMaxChunkSize(CONTENT_PART_BYTES)
        .setHeadersFactory(DefaultHttpHeadersFactory.headersFactory().withValidation(false))
        .setTrailersFactory(DefaultHttpHeadersFactory.trailersFactory().withValidation(false));
  }

  /**
   * Shows other keys from now on, to those who connect from now on.
   *
   * @throws IOException where they cannot be used; the old ones stay
   * @throws IllegalStateException where the server listens for plain HTTP
   */
  public void renew(ServerTls settings) throws IOException {
    if (tls.isEmpty()) {
      throw new IllegalStateException("a server for plain HTTP has no keys to renew");
    }
    tls = context(Optional.of(settings));
  }

  @Override
  public InetSocketAddress address() {
    return (InetSocketAddress) listener.localAddress();
  }

  @Override
  public void close() {
    listener.close().awaitUninterruptibly();
    connections.close().awaitUninterruptibly();
    workers.shutdownNow();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  /** The few options of a server. Not safe for use by several threads. */
  public static final class Builder {
    private final As2Handler handler;
    private Optional<ServerTls> tls = Optional.empty();
    private int workerThreads = 64;
    private Duration idleTimeout = Duration.ofSeconds(60);

    private Duration linger = Duration.ofSeconds(5);
    private int maxConnections = Limits.SERVER_CONNECTIONS;

    private Builder(As2Handler handler) {
      this.handler = handler;
    }

    /** Listens for https instead of http. */
    public Builder tls(ServerTls settings) {
      tls = Optional.of(settings);
      return this;
    }

    /** How many requests are handled at the same time; 64. More of them queue. */
    public Builder workerThreads(int threads) {
      if (threads < 1) {
        throw new IllegalArgumentException("at least 1 worker thread, not " + threads);
      }
      workerThreads = threads;
      return this;
    }

    /** How many connections there are at most; {@link Limits#SERVER_CONNECTIONS}. More wait. */
    public Builder maxConnections(int connections) {
      if (connections < 1) {
        throw new IllegalArgumentException("at least 1 connection, not " + connections);
      }
      maxConnections = connections;
      return this;
    }

    /**
     * How long a client that was answered early may go on sending, which is thrown away; 5 seconds.
     */
    public Builder linger(Duration time) {
      if (time.isNegative()) {
        throw new IllegalArgumentException("the time to linger is negative");
      }
      linger = time;
      return this;
    }

    /** How long a client may send nothing while it should, or between requests; 60 seconds. */
    public Builder idleTimeout(Duration timeout) {
      if (timeout.isNegative() || timeout.isZero()) {
        throw new IllegalArgumentException("the idle timeout must be longer than zero");
      }
      idleTimeout = timeout;
      return this;
    }

    /**
     * Begins to listen.
     *
     * @param address port 0 for any free one
     * @throws IOException when the address cannot be listened on, or the TLS settings not be used
     */
    public NettyAs2Server start(InetSocketAddress address) throws IOException {
      return new NettyAs2Server(address, this);
    }
  }
}
