package dev.as2.daemon.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.ConnectorId;
import dev.as2.daemon.aws.Json;
import dev.as2.daemon.state.Resources.Kind;
import dev.as2.daemon.state.ServeLimits;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** TestConnection, for AS2 connectors; AWS has it for SFTP ones. */
final class TestConnection {
  private final Catalog catalog;
  private final ConnectionProbe probe;
  private final Semaphore underWay = new Semaphore(ServeLimits.API_PROBES);

  TestConnection(Catalog catalog, ConnectionProbe probe) {
    this.catalog = catalog;
    this.probe = probe;
  }

  Optional<ObjectNode> test(Call call) throws ApiException, IOException {
    String id = call.id(Kind.CONNECTOR);
    catalog.existing(Kind.CONNECTOR, id);
    if (!underWay.tryAcquire()) {
      throw ApiException.throttled(
          "%d connections are being tested already.".formatted(ServeLimits.API_PROBES));
    }
    try {
      Optional<String> failure = result(probe.probe(new ConnectorId(id)));
      return Optional.of(
          Json.object()
              .put("ConnectorId", id)
              .put("Status", failure.isEmpty() ? "OK" : "ERROR")
              .put("StatusMessage", failure.orElse("Connection succeeded")));
    } finally {
      underWay.release();
    }
  }

  private static Optional<String> result(CompletableFuture<Optional<String>> probing)
      throws IOException {
    try {
      return probing.get(ServeLimits.API_PROBE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      probing.cancel(true);
      return Optional.of("No result within " + ServeLimits.API_PROBE_SECONDS + " seconds.");
    } catch (ExecutionException e) {
      throw new IOException("the connection could not be tested", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a connection was tested");
    }
  }
}
