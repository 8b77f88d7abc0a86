package dev.as2.transport;

import dev.as2.mime.Entity;
import io.netty.handler.codec.http.HttpRequest;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** Writes one message, on a thread that may block. */
final class MessageWriter implements Runnable {
  private final Entity message;
  private final MessageOutput output;
  private final Exchange exchange;
  private final AtomicBoolean claimed = new AtomicBoolean();
  private final CompletableFuture<Void> left = new CompletableFuture<>();
  private volatile Optional<HttpRequest> head = Optional.empty();

  MessageWriter(Entity message, MessageOutput output, Exchange exchange) {
    this.message = message;
    this.output = output;
    this.exchange = exchange;
  }

  /** What to send before the body. */
  void setHead(HttpRequest unsent) {
    head = Optional.of(unsent);
  }

  @Override
  public void run() {
    if (!claimed.compareAndSet(false, true)) {
      return;
    }
    try {
      write();
    } finally {
      output.free();
      left.complete(null);
    }
  }

  private void write() {
    try {
      head.ifPresent(exchange::writeHead);
      message.writeBodyTo(output);
      output.finish(exchange.untilSent());
    } catch (IOException | RuntimeException | Error e) {
      if (!output.isStopped()) {
        exchange.bodyFailed(e);
      }
    }
  }

  /** Keeps it from starting, or makes it leave soon. On any thread. */
  void stop(IOException why) {
    output.stop(why);
    if (claimed.compareAndSet(false, true)) {
      left.complete(null);
    }
  }

  void wake() {
    output.wake();
  }

  /** Completes as soon as no thread is inside the message any more. */
  CompletableFuture<Void> left() {
    return left;
  }
}
