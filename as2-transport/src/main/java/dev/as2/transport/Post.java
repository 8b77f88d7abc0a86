package dev.as2.transport;

import dev.as2.core.As2Request;
import dev.as2.core.As2Response;
import io.netty.channel.Channel;
import io.netty.channel.pool.FixedChannelPool;
import io.netty.util.concurrent.Future;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One message from its pool's queue to its answer.
 *
 * <p>A pooled connection that turns out to be closed before an octet was written is given back, and
 * another one taken.
 */
final class Post {
  /** How many connections may turn out to be closed: more do only where something else is wrong. */
  private static final int MOST_STALE_CONNECTIONS = 16;

  private final As2Request request;
  private final Destination destination;
  private final FixedChannelPool pool;
  private final Executor writers;
  private final CompletableFuture<As2Response> result;
  private final Moments moments = new Moments();
  private volatile @Nullable Runnable abortExchange;
  private volatile @Nullable Throwable aborted;
  private int staleConnections; // one exchange after the other counts here

  Post(
      As2Request request,
      Destination destination,
      FixedChannelPool pool,
      Executor writers,
      CompletableFuture<As2Response> result) {
    this.request = request;
    this.destination = destination;
    this.pool = pool;
    this.writers = writers;
    this.result = result;
  }

  void start() {
    result.whenComplete((answer, failure) -> abortWhereCancelled(failure));
    acquire();
  }

  private void acquire() {
    pool.acquire().addListener((Future<Channel> acquired) -> acquired(acquired));
  }

  private void abortWhereCancelled(@Nullable Throwable failure) {
    if (failure instanceof CancellationException) {
      abort(failure);
    }
  }

  /** Ends it with this failure wherever it is. On any thread. */
  void abort(Throwable why) {
    aborted = why;
    Runnable exchange = abortExchange;
    if (exchange == null) {
      result.completeExceptionally(why);
    } else {
      exchange.run();
    }
  }

  /** Fails the future now, whatever still runs. */
  void giveUp(Throwable why) {
    result.completeExceptionally(why);
  }

  private void acquired(Future<Channel> acquired) {
    if (acquired.isSuccess()) {
      Channel channel = acquired.getNow();
      channel.eventLoop().execute(() -> exchange(channel));
    } else {
      result.completeExceptionally(Failures.ofConnecting(destination, acquired.cause()));
    }
  }

  private void exchange(Channel channel) {
    if (result.isDone()) {
      pool.release(channel);
      return;
    }
    try {
      begin(channel);
    } catch (RuntimeException | Error e) { // the message's own, perhaps
      channel.close();
      release(channel, null, Failures.ofOurs(destination, e));
    }
  }

  private void begin(Channel channel) {
    Exchange exchange = new Exchange(request, destination, channel, writers, moments);
    exchange.outcome().whenComplete((answer, failure) -> release(channel, answer, failure));
    abortExchange = () -> channel.eventLoop().execute(() -> abort(exchange));
    exchange.begin();
    abort(exchange); // where it was aborted in between
  }

  private void abort(Exchange exchange) {
    Throwable why = aborted;
    if (why != null) {
      exchange.end(why);
    }
  }

  private void release(Channel channel, @Nullable As2Response answer, @Nullable Throwable failure) {
    pool.release(channel)
        .addListener(released -> {
          if (answer != null) {
            result.complete(answer);
          } else if (failure instanceof Exchange.StaleConnection) {
            acquireAnother();
          } else if (failure != null) {
            result.completeExceptionally(failure);
          }
        });
  }

  private void acquireAnother() {
    staleConnections++;
    abortExchange = null; // from here on, abort() is not left to the exchange that has ended
    Throwable why = aborted;
    if (why != null) {
      result.completeExceptionally(why);
    } else if (staleConnections > MOST_STALE_CONNECTIONS) {
      result.completeExceptionally(Failures.ofStaleConnections(destination, staleConnections));
    } else {
      acquire();
    }
  }
}
