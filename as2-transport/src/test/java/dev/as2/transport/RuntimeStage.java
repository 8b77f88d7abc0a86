package dev.as2.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.as2.core.As2Client;
import dev.as2.core.As2Config;
import dev.as2.core.Connector;
import dev.as2.core.ConnectorRuntime;
import dev.as2.core.LocalFileStore;
import dev.as2.core.Receiver;
import dev.as2.core.SendResult;
import dev.as2.core.Trade;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Folders, a partner that plays scripts, and a runtime with the real client between them. */
final class RuntimeStage implements AutoCloseable {
  final Path folder;
  final Path outbox;
  final Path inbox;
  final ScriptedPartner partner;

  private RuntimeStage() throws IOException {
    folder = Files.createTempDirectory("runtime-stage");
    outbox = Files.createDirectory(folder.resolve("outbox"));
    inbox = Files.createDirectory(folder.resolve("inbox"));
    partner = ScriptedPartner.start();
  }

  static RuntimeStage start() throws IOException {
    return new RuntimeStage();
  }

  Receiver receiver() {
    return new Receiver(
        new Receiver.Party(Trade.PARTNER_ID, Trade.PARTNER.key(), Trade.PARTNER.certificate()),
        new Receiver.Sender(Trade.OUR_ID, List.of(Trade.US.certificate())),
        inbox,
        Clock.systemUTC());
  }

  /** Knows another certificate than ours by our name. */
  Receiver receiverWhoTrustsNobody() {
    return new Receiver(
        new Receiver.Party(Trade.PARTNER_ID, Trade.PARTNER.key(), Trade.PARTNER.certificate()),
        new Receiver.Sender(Trade.OUR_ID, List.of(Trade.PARTNER.certificate())),
        inbox,
        Clock.systemUTC());
  }

  void write(byte[] content) throws IOException {
    Files.write(outbox.resolve("850.edi"), content);
  }

  /** Sends the file to the scripted partner; {@code compression} among the tags is AWS's member. */
  SendResult send(String... tags) throws Exception {
    return sendTo(partner.url("/as2"), tags);
  }

  SendResult sendTo(URI url, String... tags) throws Exception {
    Map<String, String> all = new HashMap<>(Map.of("as2:retry-delay", "1ms"));
    for (int i = 0; i < tags.length; i += 2) {
      all.put(tags[i], tags[i + 1]);
    }
    Connector connector = connector(url, all);
    try (As2Client client = NettyAs2Client.create();
        ConnectorRuntime runtime =
            ConnectorRuntime.builder(
                    Trade.registry(connector), LocalFileStore.of(Map.of("outbox", outbox)), client)
                .build()) {
      return runtime.send(Trade.CONNECTOR, "/outbox/850.edi").get(40, TimeUnit.SECONDS);
    }
  }

  private static Connector connector(URI url, Map<String, String> tags) {
    Connector like = Trade.connector(url);
    As2Config as2 = like.as2();
    String compression = tags.getOrDefault("compression", as2.compression().name());
    return new Connector(
        like.id(),
        url,
        new As2Config(
            as2.localProfileId(),
            as2.partnerProfileId(),
            as2.messageSubject(),
            As2Config.Compression.valueOf(compression),
            as2.encryptionAlgorithm(),
            as2.signingAlgorithm(),
            as2.mdnSigningAlgorithm(),
            as2.mdnResponse(),
            as2.preserveContentType(),
            as2.basicAuthSecretId()),
        like.accessRole(),
        like.loggingRole(),
        tags);
  }

  /** Gives a request to a server on loopback, and its whole answer back, both as ISO 8859-1. */
  static String exchange(int port, String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
      InputStream in = socket.getInputStream();
      StringBuilder answer = new StringBuilder();
      while (answer.indexOf("\r\n\r\n") < 0) {
        answer.append(octet(in));
      }
      String head = answer.toString().toLowerCase(java.util.Locale.ROOT);
      int length = Integer.parseInt(head.replaceFirst("(?s).*content-length: *(\\d+).*", "$1"));
      return answer + new String(in.readNBytes(length), ISO_8859_1);
    }
  }

  private static char octet(InputStream in) throws IOException {
    int octet = in.read();
    if (octet < 0) {
      throw new IOException("the server's answer ended within its head");
    }
    return (char) octet;
  }

  @Override
  public void close() throws IOException {
    partner.close();
    List<Path> all = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(all::add);
    }
    for (Path each : all) {
      Files.delete(each);
    }
  }
}
