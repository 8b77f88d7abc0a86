package dev.as2.interop;

import dev.as2.core.As2Client;
import dev.as2.core.ConnectorListener;
import dev.as2.core.ConnectorRuntime;
import dev.as2.core.FileStore;
import dev.as2.core.LocalFileStore;
import dev.as2.core.Registry;
import dev.as2.core.SendResult;
import dev.as2.transport.NettyAs2Client;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The whole engine as a host embeds it, with one client for all messages. Thread-safe. */
final class Engine implements AutoCloseable {
  private static final long MINUTES = 10;

  private final As2Client client = NettyAs2Client.create();

  /** Sends a file of a local folder, and waits for the end. */
  SendResult send(Registry registry, Path file) throws InterruptedException {
    Path folder = file.getParent();
    return send(
        registry,
        LocalFileStore.of(Map.of("outbox", folder)),
        "/outbox/" + file.getFileName(),
        ConnectorListener.NONE);
  }

  /** Sends a file of any store, and waits for the end. */
  SendResult send(Registry registry, FileStore store, String path, ConnectorListener listener)
      throws InterruptedException {
    try (ConnectorRuntime runtime =
        ConnectorRuntime.builder(registry, store, client).listener(listener).build()) {
      return runtime.send(Agreement.CONNECTOR, path).get(MINUTES, TimeUnit.MINUTES);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("the transfer of " + path + " has no result", e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
