package dev.as2.daemon.serve;

import dev.as2.core.ConnectorEvent;
import dev.as2.core.ConnectorListener;
import dev.as2.core.SendResult;
import java.util.List;

/** Several listeners as one. */
record Listeners(List<ConnectorListener> all) implements ConnectorListener {
  Listeners {
    all = List.copyOf(all);
  }

  @Override
  public void progress(SendResult.Transfer transfer, long bytes, long total) {
    all.forEach(each -> each.progress(transfer, bytes, total));
  }

  @Override
  public void attempted(SendResult.Transfer transfer, SendResult.Attempt attempt) {
    all.forEach(each -> each.attempted(transfer, attempt));
  }

  @Override
  public void event(ConnectorEvent event) {
    all.forEach(each -> each.event(event));
  }

  @Override
  public void ended(SendResult result) {
    all.forEach(each -> each.ended(result));
  }
}
