package dev.as2.transport;

import dev.as2.core.AgreementRuntime;
import dev.as2.core.As2Client;
import dev.as2.core.As2Server;
import dev.as2.core.Connector;
import dev.as2.core.ConnectorRuntime;
import dev.as2.core.FileStore;
import dev.as2.core.LocalFileStore;
import dev.as2.core.ReceivingStage;
import dev.as2.core.SendResult;
import dev.as2.core.Trade;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Sends a file in all layers to a receiver of the same process, for tests that give a process
 * little memory. The first argument is a folder: {@code outbox/850.edi} is sent, {@code inbox}
 * takes it.
 */
final class SentAndReceived {
  private SentAndReceived() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    FileStore store =
        LocalFileStore.of(
            Map.of(
                "outbox", folder.resolve("outbox"),
                "inbox", Files.createDirectory(folder.resolve("inbox"))));
    Path spool = Files.createDirectory(folder.resolve("spool"));
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    Connector nowhere = Trade.connector(URI.create("https://sender.example/"));
    try (As2Client client = NettyAs2Client.create();
        AgreementRuntime receiver =
            AgreementRuntime.builder(
                    ReceivingStage.registry(nowhere, ReceivingStage.agreement()),
                    store,
                    client,
                    spool)
                .build();
        As2Server server = NettyAs2Server.start(anyPort, receiver)) {
      URI url = URI.create("http://127.0.0.1:" + server.address().getPort() + "/as2");
      Connector connector = ReceivingStage.connector(url, Map.of());
      try (ConnectorRuntime sender =
          ConnectorRuntime.builder(
                  ReceivingStage.registry(connector, ReceivingStage.agreement()), store, client)
              .build()) {
        SendResult result = sender.send(Trade.CONNECTOR, "/outbox/850.edi").get();
        List<String> layers =
            result.message().map(SendResult.PackedMessage::layers).orElse(List.of());
        System.out.println(
            result.status()
                + " "
                + layers
                + " "
                + result.failure().map(Object::toString).orElse(""));
        System.out.printf("peak of the heap: %d KiB at most%n", peakOfTheHeap());
      }
    }
  }

  /** The pools' peaks together, in KiB; they need not have come at the same time. */
  private static long peakOfTheHeap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .mapToLong(pool -> pool.getPeakUsage().getUsed() >> 10)
        .sum();
  }
}
