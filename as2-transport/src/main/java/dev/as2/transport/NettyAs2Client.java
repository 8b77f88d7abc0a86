package dev.as2.transport;

import dev.as2.core.As2Client;
import dev.as2.core.As2Exception;
import dev.as2.core.As2Request;
import dev.as2.core.As2Response;
import dev.as2.core.FailureCode;
import dev.as2.core.Probe;
import dev.as2.core.Probe.Step;
import dev.as2.core.TransportOptions;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.pool.FixedChannelPool;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The way to partners over HTTP/1.1 and TLS.
 *
 * <p>Connections are kept and shared by requests with equal scheme, host, port and transport
 * options. A message is written on one of a bounded number of writer threads, which blocks while
 * the partner does not read; nobody waits in a thread for an answer. A message under way holds one
 * block of 64 KiB and at most 512 KiB more in its connection, besides what TLS holds.
 *
 * <p>A future that fails or gets an early answer completes only when no thread writes the message
 * any more, so that the same entity can be posted again at once; a cancelled one is done at once.
 *
 * <p>All addresses of a host are tried, one after the other, within the connect timeout. Through a
 * proxy, https goes in a tunnel (CONNECT) and http as a request to the proxy (RFC 9112 §3.2.2):
 * what the proxy itself answers to that, such as 407, 502, 503 or 504, looks like the partner's
 * answer.
 *
 * <p>Safe for use by several threads.
 */
public final class NettyAs2Client implements As2Client {
  private final EventLoopGroup loops;
  private final ExecutorService writers;
  private final ExecutorService lookups;
  private final Connections connections;
  private final Set<Post> underWay = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  private NettyAs2Client(Builder with) {
    loops =
        new MultiThreadIoEventLoopGroup(
            with.eventLoopThreads,
            new DefaultThreadFactory("as2-client", true),
            NioIoHandler.newFactory());
    writers = threads("as2-writer", with.writerThreads);
    lookups = threads("as2-lookup", Builder.LOOKUP_THREADS);
    connections =
        new Connections(
            loops,
            new Lookups(lookups, with.directory),
            with.maxConnectionsPerPartner,
            with.idleLifetime);
  }

  /** A client with the defaults that {@link Builder} states. */
  public static NettyAs2Client create() {
    return builder().build();
  }

  /** Starts with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  private static ExecutorService threads(String name, int most) {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            most, most, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named(name));
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  private static ThreadFactory named(String name) {
    ThreadFactory daemons = new DefaultThreadFactory(name, true);
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = daemons.newThread(task);
      thread.setName(name + "-" + count.incrementAndGet());
      return thread;
    };
  }

  /**
   * {@inheritDoc}
   *
   * <p>It also fails with {@code INVALID_URL_FORMAT}, {@code INVALID_ENDPOINT_PROTOCOL} or {@code
   * INVALID_CONFIGURATION} where the request can lead nowhere.
   *
   * @throws IllegalStateException when the client is closed
   */
  @Override
  public CompletableFuture<As2Response> post(As2Request request) {
    if (closed) {
      throw new IllegalStateException("the client is closed");
    }
    CompletableFuture<As2Response> result = new CompletableFuture<>();
    try {
      Destination destination = Destination.of(request.url(), request.transport());
      Post post = new Post(request, destination, connections.pool(destination), writers, result);
      underWay.add(post);
      result.whenComplete((answer, failure) -> underWay.remove(post));
      post.start();
    } catch (As2Exception e) {
      result.completeExceptionally(e);
    }
    return result;
  }

  @Override
  public CompletableFuture<Probe> probe(URI url, TransportOptions transport) {
    if (closed) {
      throw new IllegalStateException("the client is closed");
    }
    CompletableFuture<Probe> result = new CompletableFuture<>();
    try {
      Destination destination = Destination.of(url, transport);
      FixedChannelPool pool = connections.alone(destination);
      result.whenComplete((probe, cancelled) -> pool.closeAsync());
      pool.acquire().addListener((Future<Channel> open) -> connected(destination, open, result));
    } catch (As2Exception e) {
      result.complete(Probe.failed(Step.CONFIGURATION, e));
    }
    return result;
  }

  private static void connected(
      Destination destination, Future<Channel> open, CompletableFuture<Probe> result) {
    if (open.isSuccess()) {
      Channel channel = open.getNow();
      channel.eventLoop().execute(new Probing(destination, channel, result)::begin);
    } else {
      As2Exception why = Failures.ofConnecting(destination, open.cause());
      boolean unknown = why.code() == FailureCode.UNABLE_TO_RESOLVE_HOSTNAME;
      result.complete(Probe.failed(unknown ? Step.LOOKUP : Step.CONNECTION, why));
    }
  }

  @Override
  public void close() {
    closed = true;
    As2Exception why =
        new As2Exception(FailureCode.CONNECTION_CLOSED, "The client was closed under the message");
    underWay.forEach(post -> post.abort(why));
    connections.closeAll();
    writers.shutdownNow();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    lookups.shutdownNow();
    underWay.forEach(post -> post.giveUp(why)); // where a message would not let its writer go
  }

  /** The few options of a client. Not safe for use by several threads. */
  public static final class Builder {
    private static final int LOOKUP_THREADS = 16; // one may hang for as long as DNS does

    private int eventLoopThreads = Math.max(2, Runtime.getRuntime().availableProcessors());
    private int writerThreads = 256;
    private int maxConnectionsPerPartner = 64;
    private Duration idleLifetime = Duration.ofSeconds(30);

    private Lookups.Directory directory = InetAddress::getAllByName;

    private Builder() {}

    /** Who knows the hosts' addresses; the JDK. */
    Builder directory(Lookups.Directory other) {
      directory = other;
      return this;
    }

    /** How many threads do TLS and HTTP; as many as there are processors, and at least 2. */
    public Builder eventLoopThreads(int threads) {
      eventLoopThreads = positive(threads);
      return this;
    }

    /**
     * How many messages are written at the same time; 256. More of them queue. A thread is made
     * when a message needs it, and goes after 30 seconds without one. Several times {@link
     * #maxConnectionsPerPartner}, so that one partner that reads slowly on all of its connections
     * leaves threads for the others.
     */
    public Builder writerThreads(int threads) {
      writerThreads = positive(threads);
      return this;
    }

    /** How many connections there are at most to one partner; 64. More messages queue. */
    public Builder maxConnectionsPerPartner(int connections) {
      maxConnectionsPerPartner = positive(connections);
      return this;
    }

    /**
     * How long a connection is kept without a message; 30 seconds. With zero each message has a
     * connection of its own: some servers close one after an answer, and do not say so.
     */
    public Builder idleLifetime(Duration lifetime) {
      if (lifetime.isNegative()) {
        throw new IllegalArgumentException("the idle lifetime is negative");
      }
      idleLifetime = lifetime;
      return this;
    }

    /** The client. */
    public NettyAs2Client build() {
      return new NettyAs2Client(this);
    }

    private static int positive(int number) {
      if (number < 1) {
        throw new IllegalArgumentException("at least 1, not " + number);
      }
      return number;
    }
  }
}
