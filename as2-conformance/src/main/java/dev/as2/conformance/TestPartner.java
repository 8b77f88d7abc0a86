package dev.as2.conformance;

import dev.as2.conformance.Visit.Repetition;
import dev.as2.mime.DigestAlgorithm;
import dev.as2.mime.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSocket;

/**
 * A partner that tests a sender by what it answers: each path is a scenario. It takes the sender's
 * message apart first, so that its MDN can be right where it is to be, and says what is wrong with
 * it.
 *
 * <p>Safe for use by several threads; each connection has a thread, {@value #CONNECTIONS} at the
 * most.
 */
public final class TestPartner implements AutoCloseable {
  /** How many senders there may be at once; further ones wait. */
  static final int CONNECTIONS = 64;

  /** How many messages are remembered. */
  private static final int REMEMBERED = 10_000;

  /** How long a sender may be silent, in milliseconds. */
  private static final int SILENCE = 600_000;

  private final ServerSocket listener;
  private final PartnerTransport transport;
  private final Turn.Stand stand;
  private final Consumer<Visit> visitor;
  private final Semaphore free = new Semaphore(CONNECTIONS);
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Map<String, Sighting> sightings = new HashMap<>();

  /** How many requests are answered of which the visitor has not heard. */
  private int untold;

  /**
   * Who the partner is, and who is tested.
   *
   * @param us the partner
   * @param sender the sender under test
   */
  public record Sides(Party us, Partner sender) {}

  /** A message as it was last seen. */
  private record Sighting(int attempts, Instant at, String digest) {}

  private TestPartner(
      ServerSocket listener,
      PartnerTransport transport,
      Turn.Stand stand,
      Consumer<Visit> visitor) {
    this.listener = listener;
    this.transport = transport;
    this.stand = stand;
    this.visitor = visitor;
  }

  /** Begins to listen for plain HTTP. */
  public static TestPartner start(
      InetSocketAddress address, Sides sides, Clock clock, Consumer<Visit> visitor)
      throws IOException {
    return start(address, sides, PartnerTransport.PLAIN, clock, visitor);
  }

  /**
   * Begins to listen.
   *
   * @param address a port of 0 is any that is free
   * @param transport how senders reach it, and how it reaches them
   * @param visitor hears of each request once it was answered or is left waiting, on the
   *     connection's thread
   */
  public static TestPartner start(
      InetSocketAddress address,
      Sides sides,
      PartnerTransport transport,
      Clock clock,
      Consumer<Visit> visitor)
      throws IOException {
    ServerSocket listener = new ServerSocket();
    listener.bind(address);
    Turn.Stand stand = new Turn.Stand(sides, clock, transport.mdns(), new CountDownLatch(1));
    TestPartner partner = new TestPartner(listener, transport, stand, visitor);
    thread("as2-test-partner", partner::accept);
    return partner;
  }

  /** Where a sender is to post for a scenario, on this machine. */
  public URI url(SenderScenario scenario) {
    String scheme = transport.tls().isPresent() ? "https" : "http";
    return URI.create(scheme + "://localhost:" + listener.getLocalPort() + scenario.path());
  }

  /** The port that it listens on. */
  public int port() {
    return listener.getLocalPort();
  }

  private static void thread(String name, Runnable run) {
    Thread thread = new Thread(run, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        free.acquire();
        Socket socket = listener.accept();
        open.add(socket);
        thread("as2-test-sender", () -> serve(socket));
      } catch (IOException e) {
        return; // closed
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setSoTimeout(SILENCE);
      try (Socket talking = talking(socket)) {
        serve(new Turn(new Turn.Connection(socket, talking), stand));
      }
    } catch (IOException e) {
      // The sender is gone, and what it did before was told.
    } finally {
      open.remove(socket);
      free.release();
    }
  }

  /** The connection itself, or TLS over it. */
  private Socket talking(Socket socket) throws IOException {
    if (transport.tls().isEmpty()) {
      return socket;
    }
    SSLSocket secured =
        (SSLSocket)
            transport
                .tls()
                .get()
                .getSocketFactory()
                .createSocket(socket, InputStream.nullInputStream(), true);
    secured.setUseClientMode(false);
    return secured;
  }

  private void serve(Turn turn) throws IOException {
    turn.readHead();
    Optional<SenderScenario> scenario = scenario(turn.requestLine());
    if (scenario.isEmpty() || !turn.requestLine().startsWith("POST ")) {
      turn.reply(index(scenario.isEmpty() && turn.requestLine().startsWith("POST ") ? 404 : 200));
      return;
    }
    Instant at = stand.clock().instant();
    begun();
    turn.whenKnown(() -> {
      try {
        visitor.accept(visit(at, scenario.get(), turn));
      } finally {
        told();
      }
    });
    try {
      scenario.get().act().play(turn);
    } finally {
      turn.known();
    }
  }

  private synchronized void begun() {
    untold++;
  }

  private synchronized void told() {
    untold--;
    notifyAll();
  }

  /** Waits until the visitor has heard of all requests that came. */
  synchronized void awaitTold() throws InterruptedException {
    while (untold > 0) {
      wait();
    }
  }

  private static Optional<SenderScenario> scenario(String requestLine) {
    String[] words = requestLine.split(" ", 3);
    String path = words.length > 1 ? words[1].replaceFirst("\\?.*", "") : "";
    return SenderCatalogue.all().stream().filter(s -> s.path().equals(path)).findFirst();
  }

  private static Reply index(int status) {
    String list =
        SenderCatalogue.all().stream()
            .map(s -> "%-32s %s%n".formatted(s.path(), s.title()))
            .collect(Collectors.joining());
    return new Reply(
        status,
        Headers.of("Content-Type", "text/plain; charset=utf-8"),
        ("Post an AS2 message to one of these:\n\n" + list).getBytes(StandardCharsets.UTF_8));
  }

  private Visit visit(Instant at, SenderScenario scenario, Turn turn) {
    String id = turn.headers().first("Message-ID").orElse("");
    List<String> faults = new ArrayList<>();
    turn.read().ifPresent(message -> faults.addAll(message.peeled().faults()));
    faults.addAll(turn.faults());
    return new Visit(at, scenario, id, repetition(id, at, turn, faults), faults);
  }

  private synchronized Optional<Repetition> repetition(
      String id, Instant at, Turn turn, List<String> faults) {
    String digest = turn.read().map(TestPartner::digest).orElse("");
    Sighting before = sightings.get(id);
    if (before == null) {
      if (sightings.size() < REMEMBERED) {
        sightings.put(id, new Sighting(1, at, digest));
      }
      return Optional.empty();
    }
    if (!digest.isEmpty() && !before.digest().isEmpty() && !digest.equals(before.digest())) {
      faults.add("The message came again under its Message-ID with other octets (RFC 4130 §5.5).");
    }
    sightings.put(id, new Sighting(before.attempts() + 1, at, digest));
    return Optional.of(new Repetition(before.attempts() + 1, Duration.between(before.at(), at)));
  }

  private static String digest(Incoming message) {
    return HexFormat.of()
        .formatHex(DigestAlgorithm.SHA256.newDigest().digest(message.capture().body()));
  }

  /** Ends all connections. */
  @Override
  public void close() throws IOException {
    stand.closed().countDown();
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
