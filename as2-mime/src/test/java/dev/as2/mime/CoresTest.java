package dev.as2.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(600)
class CoresTest {

  /** Keeps some helpers busy until it is closed. */
  record Busy(CountDownLatch end, List<CompletableFuture<Void>> works) implements AutoCloseable {
    static Busy all(Cores cores) {
      CountDownLatch end = new CountDownLatch(1);
      List<CompletableFuture<Void>> works = new ArrayList<>();
      for (int i = 0; i < cores.helpers(); i++) {
        works.add(cores.run(() -> await(end)).orElseThrow());
      }
      return new Busy(end, works);
    }

    private static void await(CountDownLatch latch) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException("nobody interrupts a helper", e);
      }
    }

    @Override
    public void close() {
      end.countDown();
      works.forEach(CompletableFuture::join);
    }
  }

  @Test
  void doesAWorkOnADaemonThreadThatInheritsNothing() {
    AtomicReference<Thread> worker = new AtomicReference<>();
    AtomicReference<Optional<ClassLoader>> loader = new AtomicReference<>();

    new Cores(1)
        .run(() -> {
          worker.set(Thread.currentThread());
          loader.set(Optional.ofNullable(Thread.currentThread().getContextClassLoader()));
        })
        .orElseThrow()
        .join();

    assertThat(worker.get()).isNotSameAs(Thread.currentThread());
    assertThat(worker.get().isDaemon()).isTrue();
    assertThat(loader.get()).isEmpty();
  }

  @Test
  void takesNoWorkWhileAllHelpersAreBusy() {
    Cores cores = new Cores(2);
    AtomicInteger done = new AtomicInteger();
    try (Busy busy = Busy.all(cores)) {
      assertThat(busy.works()).hasSize(2);
      assertThat(cores.run(done::incrementAndGet)).isEmpty();
    }
    cores.run(done::incrementAndGet).orElseThrow().join();
    assertThat(done).hasValue(1);
  }

  @Test
  void hasNoHelpersWhereNoneAreWanted() {
    assertThat(new Cores(0).run(() -> {})).isEmpty();
  }

  @Test
  void hasAHelperFreeAsSoonAsItsWorkIsSaidToHaveEnded() {
    Cores cores = new Cores(1);
    for (int i = 0; i < 10_000; i++) {
      cores.run(() -> {}).orElseThrow().join();
    }
  }

  @Test
  void runsNoMoreWorksAtATimeThanItHasHelpers() {
    Cores cores = new Cores(3);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger taken = new AtomicInteger();
    List<CompletableFuture<Void>> givers =
        IntStream.range(0, 16)
            .mapToObj(i -> CompletableFuture.runAsync(() -> give(cores, running, most, taken)))
            .toList();
    givers.forEach(CompletableFuture::join);
    assertThat(most.get()).isBetween(1, 3);
    assertThat(taken.get()).isPositive();
  }

  private static void give(
      Cores cores, AtomicInteger running, AtomicInteger most, AtomicInteger taken) {
    for (int i = 0; i < 1_000; i++) {
      cores
          .run(() -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            running.decrementAndGet();
          })
          .ifPresent(ended -> {
            taken.incrementAndGet();
            ended.join();
          });
    }
  }

  @Test
  void passesAFailureOnAndGoesOn() {
    Cores cores = new Cores(1);
    CompletableFuture<Void> failed =
        cores
            .run(() -> {
              throw new IllegalStateException("broken");
            })
            .orElseThrow();
    assertThatThrownBy(failed::join)
        .isInstanceOf(CompletionException.class)
        .hasRootCauseMessage("broken");
    cores.run(() -> {}).orElseThrow().join();
  }

  @Test
  void lendsAllProcessorsToTheProcess() {
    assertThat(Cores.SHARED.helpers()).isEqualTo(Runtime.getRuntime().availableProcessors());
  }
}
