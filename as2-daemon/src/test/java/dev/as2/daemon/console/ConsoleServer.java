package dev.as2.daemon.console;

import dev.as2.core.LocalFileStore;
import dev.as2.daemon.api.SettableClock;
import dev.as2.daemon.state.ReceivedHistory.Placed;
import dev.as2.transport.NettyAs2Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The console on a real server, over partners and a history in memory. */
final class ConsoleServer implements AutoCloseable {
  static final String KEY = "AKIAEXAMPLE000000001";
  static final String SECRET = "secret/of+the/first/key";

  final InMemoryResources resources = new InMemoryResources();
  final SettableClock clock = new SettableClock();
  final InMemoryTransfers transfers = new InMemoryTransfers(clock);
  final List<Placed> received = new CopyOnWriteArrayList<>();
  final Map<String, String> keys = new ConcurrentHashMap<>(Map.of(KEY, SECRET));
  final LocalFileStore store;
  final History history;
  final ConsoleHandler handler;

  private final NettyAs2Server server;
  private final HttpClient http = HttpClient.newHttpClient();

  private ConsoleServer(Path outbox, boolean https) throws IOException {
    store = LocalFileStore.of(Map.of("outbox", outbox));
    history = new History(transfers, outbox, clock.instant());
    handler =
        new ConsoleHandler(
            new ConsoleHandler.Parts(
                resources,
                transfers,
                this::received,
                role -> store,
                id -> Optional.ofNullable(keys.get(id)),
                clock,
                new SecureRandom(),
                https));
    server =
        NettyAs2Server.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), handler);
  }

  private List<Placed> received(String text, Optional<Long> before, int limit) {
    return received.stream()
        .filter(each -> each.entry().key().toString().toLowerCase(Locale.ROOT).contains(text))
        .filter(each -> each.sequence() < before.orElse(Long.MAX_VALUE))
        .sorted(Comparator.comparing(Placed::sequence).reversed())
        .limit(limit)
        .toList();
  }

  /** With partners and no transfers. */
  static ConsoleServer start(Path outbox) throws IOException {
    return start(outbox, false);
  }

  static ConsoleServer start(Path outbox, boolean https) throws IOException {
    ConsoleServer server = new ConsoleServer(outbox, https);
    new Partners(server.resources, server.clock.instant()).create();
    return server;
  }

  URI uri(String pathAndQuery) {
    return URI.create(origin() + pathAndQuery);
  }

  String origin() {
    return "http://127.0.0.1:" + server.address().getPort();
  }

  HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return http.send(request, BodyHandlers.ofString());
  }

  HttpResponse<String> get(String pathAndQuery) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri(pathAndQuery)).build());
  }

  /** A POST as the page sends it, from somebody who is not signed in. */
  HttpRequest.Builder post(String path, String json) {
    return HttpRequest.newBuilder(uri("/console/" + path))
        .header("Content-Type", "application/json")
        .header("Origin", origin())
        .POST(BodyPublishers.ofString(json));
  }

  HttpResponse<String> signIn(String id, String secret) throws IOException, InterruptedException {
    return send(
        post(
                "sign-in",
                "{\"accessKeyId\": \"%s\", \"secretAccessKey\": \"%s\"}".formatted(id, secret))
            .build());
  }

  /** Somebody who is signed in. */
  Visitor visitor() throws IOException, InterruptedException {
    return Visitor.of(this, signIn(KEY, SECRET));
  }

  @Override
  public void close() {
    server.close();
  }
}
