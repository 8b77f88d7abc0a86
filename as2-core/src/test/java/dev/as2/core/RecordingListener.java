package dev.as2.core;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what it hears. */
final class RecordingListener implements ConnectorListener {
  final List<Long> progress = new CopyOnWriteArrayList<>();
  final List<SendResult.Attempt> attempts = new CopyOnWriteArrayList<>();
  final List<ConnectorEvent> events = new CopyOnWriteArrayList<>();
  final CompletableFuture<SendResult> ended = new CompletableFuture<>();
  final List<AbandonedException> abandoned = new CopyOnWriteArrayList<>();
  volatile Runnable atFirstProgress = () -> {};

  @Override
  public void progress(SendResult.Transfer transfer, long bytes, long total) {
    progress.add(bytes);
    Runnable once = atFirstProgress;
    atFirstProgress = () -> {};
    once.run();
  }

  @Override
  public void attempted(SendResult.Transfer transfer, SendResult.Attempt attempt) {
    attempts.add(attempt);
  }

  @Override
  public void event(ConnectorEvent event) {
    events.add(event);
  }

  @Override
  public void ended(SendResult result) {
    ended.complete(result);
  }

  @Override
  public void abandoned(SendResult.Transfer transfer, AbandonedException why) {
    abandoned.add(why);
  }
}
