package dev.as2.conformance;

import dev.as2.core.As2Handler;
import dev.as2.core.As2Server;
import dev.as2.core.AsyncMdns;
import dev.as2.core.SendResult;
import dev.as2.mime.Headers;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

/** A sender's listener for asynchronous MDNs, all of which are of its one message. */
final class SenderMdns implements AsyncMdns, As2Handler, AutoCloseable {
  private final As2Server server = TestParties.serve(this);
  private final Deque<Arrived> came = new ArrayDeque<>();
  private CompletableFuture<Arrived> waiting = new CompletableFuture<>();

  SenderMdns() throws IOException {}

  URI url() {
    return URI.create("http://localhost:" + server.address().getPort() + "/mdn");
  }

  @Override
  public Answer handle(Request request) throws IOException {
    add(new Arrived(request.headers(), request.body().readAllBytes()));
    return new Answer(200, Headers.EMPTY, new byte[0]);
  }

  private synchronized void add(Arrived mdn) {
    came.add(mdn);
    waiting.complete(came.element());
  }

  @Override
  public synchronized CompletableFuture<Arrived> await(
      SendResult.Transfer transfer, Instant until) {
    waiting = new CompletableFuture<>();
    if (!came.isEmpty()) {
      waiting.complete(came.element());
    }
    return waiting;
  }

  @Override
  public synchronized void refused(SendResult.Transfer transfer, Arrived mdn) {
    came.remove(mdn);
  }

  @Override
  public void close() {
    server.close();
  }
}
