package dev.as2.core;

import dev.as2.core.SendResult.Failure;
import java.net.URI;
import java.util.Optional;

/** A listener whose faults stop nothing: they are logged. */
final class GuardedAgreementListener implements AgreementListener {
  private static final System.Logger LOG =
      System.getLogger(GuardedAgreementListener.class.getName());

  private final AgreementListener listener;

  GuardedAgreementListener(AgreementListener listener) {
    this.listener = listener;
  }

  @Override
  public void received(Reception reception) {
    guard(() -> listener.received(reception));
  }

  @Override
  public void repeated(MessageKey key) {
    guard(() -> listener.repeated(key));
  }

  @Override
  public void delivered(MessageKey key, URI url, Optional<Failure> failure) {
    guard(() -> listener.delivered(key, url, failure));
  }

  private static void guard(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "an agreement listener failed", e);
    }
  }
}
