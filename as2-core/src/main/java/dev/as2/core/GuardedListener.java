package dev.as2.core;

import dev.as2.core.SendResult.Attempt;
import dev.as2.core.SendResult.Transfer;

/** A listener whose faults stop nothing: they are logged. */
final class GuardedListener implements ConnectorListener {
  private static final System.Logger LOG = System.getLogger(GuardedListener.class.getName());

  private final ConnectorListener listener;

  GuardedListener(ConnectorListener listener) {
    this.listener = listener;
  }

  @Override
  public void progress(Transfer transfer, long bytes, long total) {
    guard(() -> listener.progress(transfer, bytes, total));
  }

  @Override
  public void attempted(Transfer transfer, Attempt attempt) {
    guard(() -> listener.attempted(transfer, attempt));
  }

  @Override
  public void event(ConnectorEvent event) {
    guard(() -> listener.event(event));
  }

  @Override
  public void ended(SendResult result) {
    guard(() -> listener.ended(result));
  }

  @Override
  public void abandoned(Transfer transfer, AbandonedException why) {
    guard(() -> listener.abandoned(transfer, why));
  }

  private static void guard(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "a connector listener failed", e);
    }
  }
}
