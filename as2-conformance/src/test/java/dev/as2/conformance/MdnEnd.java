package dev.as2.conformance;

import dev.as2.core.As2Server;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A listener for asynchronous MDNs on a loopback port of its own. */
final class MdnEnd implements AutoCloseable {
  private final CompletableFuture<MdnListener> listener = new CompletableFuture<>();
  private final As2Server server;

  MdnEnd(Duration patience) throws IOException {
    server = TestParties.serve(request -> listener.join().handle(request));
    listener.complete(
        new MdnListener(
            URI.create("http://localhost:" + server.address().getPort() + "/mdn"), patience));
  }

  MdnListener listener() {
    return listener.join();
  }

  @Override
  public void close() {
    server.close();
  }
}
