package dev.as2.daemon.serve;

import dev.as2.core.AgreementListener;
import dev.as2.core.MessageKey;
import dev.as2.core.Reception;
import dev.as2.core.SendResult.Failure;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Several listeners as one. */
record AgreementListeners(List<AgreementListener> all) implements AgreementListener {
  AgreementListeners {
    all = List.copyOf(all);
  }

  @Override
  public void received(Reception reception) {
    all.forEach(each -> each.received(reception));
  }

  @Override
  public void repeated(MessageKey key) {
    all.forEach(each -> each.repeated(key));
  }

  @Override
  public void delivered(MessageKey key, URI url, Optional<Failure> failure) {
    all.forEach(each -> each.delivered(key, url, failure));
  }
}
