package dev.as2.benchmarks.contender;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Carries out one command after the other: keeps as many messages under way as it names, and waits
 * for the last answer. The first failure ends the command.
 */
final class Crowd {
  private final AsyncSender sender;

  Crowd(AsyncSender sender) {
    this.sender = sender;
  }

  /**
   * Makes a blocking sender asynchronous: a thread for each message under way, kept for the next.
   */
  static Crowd of(Sender sender) {
    ExecutorService threads =
        Executors.newCachedThreadPool(work -> {
          Thread thread = new Thread(work);
          thread.setDaemon(true);
          return thread;
        });
    return new Crowd(file -> {
      CompletableFuture<Void> sent = new CompletableFuture<>();
      threads.execute(() -> {
        try {
          sender.send(file);
          sent.complete(null);
        } catch (Throwable e) {
          sent.completeExceptionally(e);
        }
      });
      return sent;
    });
  }

  /**
   * Sends a file as often as the order says, and returns after the last answer.
   *
   * @throws CompletionException with the first failure, of whatever kind and in whatever thread
   * @throws Exception if a message could not be begun
   */
  void send(Order order) throws Exception {
    Semaphore room = new Semaphore(order.threads());
    AtomicInteger left = new AtomicInteger(order.count());
    CompletableFuture<Void> done = new CompletableFuture<>();
    // A thread of a peer's own that dies takes its message's answer along.
    Thread.setDefaultUncaughtExceptionHandler((thread, e) -> done.completeExceptionally(e));
    done.whenComplete((none, e) -> room.release()); // the loop must not wait after a failure
    for (int begun = 0; begun < order.count() && !done.isDone(); begun++) {
      room.acquire();
      if (!done.isDone()) {
        sender.send(order.file()).whenComplete((sent, e) -> ended(e, left, done, room));
      }
    }
    done.join();
  }

  private static void ended(
      Throwable e, AtomicInteger left, CompletableFuture<Void> done, Semaphore room) {
    if (e != null) {
      done.completeExceptionally(e instanceof CompletionException ? e.getCause() : e);
    } else if (left.decrementAndGet() == 0) {
      done.complete(null);
    }
    room.release();
  }
}
