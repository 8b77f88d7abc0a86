package dev.as2.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.as2.core.FilePath;
import dev.as2.core.StoredFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Has one object, as S3 would, and does to each range of it what a test wants. */
final class ObjectServer implements AutoCloseable {
  private static final FilePath PATH = FilePath.parse("/bucket/orders.edi");
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");

  /** What is done before a range is answered; it is named by its first byte. */
  interface Deed {
    void run() throws InterruptedException;
  }

  private record Thing(byte[] octets, String eTag) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final Map<Long, Deed> deeds = new ConcurrentHashMap<>();
  private final Map<Long, Integer> cuts = new ConcurrentHashMap<>();
  private final AtomicInteger answering = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private volatile @Nullable Thing thing;
  private volatile boolean ranges = true;

  ObjectServer(byte[] octets) throws IOException {
    thing = new Thing(octets, "\"first\"");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  /** Its object, as it is at first. */
  StoredFile file() {
    Thing now = Objects.requireNonNull(thing);
    String version = S3Version.of(Optional.empty(), now.eTag()).toString();
    return new StoredFile(PATH, now.octets().length, version, Instant.EPOCH, Optional.empty());
  }

  S3FileStoreBuilder store() {
    return S3FileStore.builder()
        .endpoint(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
        .region("us-east-1")
        .pathStyle()
        .credentials(S3Server.credentials());
  }

  /** The ranges that were asked for, as they were written; {@code all} where there was none. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  /** The most requests that were answered at the same time. */
  int mostAtOnce() {
    return most.get();
  }

  void before(long from, Deed deed) {
    deeds.put(from, deed);
  }

  /** Cuts the answer, once, to the range that begins so, after so many octets of it. */
  void cut(long from, int afterBytes) {
    cuts.put(from, afterBytes);
  }

  void replace(byte[] octets) {
    thing = new Thing(octets, "\"second\"");
  }

  void delete() {
    thing = null;
  }

  void forgetRanges() {
    ranges = false;
  }

  private void answer(HttpExchange exchange) throws IOException {
    most.accumulateAndGet(answering.incrementAndGet(), Math::max);
    try (exchange) {
      String header =
          Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range")).orElse("all");
      asked.add(header);
      Matcher range = RANGE.matcher(ranges ? header : "");
      long from = range.matches() ? Long.parseLong(range.group(1)) : 0;
      deeds.getOrDefault(from, () -> {}).run();
      Thing now = thing;
      if (now == null) {
        exchange.sendResponseHeaders(404, -1);
      } else if (!now.eTag().equals(exchange.getRequestHeaders().getFirst("If-Match"))) {
        exchange.sendResponseHeaders(412, -1);
      } else {
        boolean toEnd = !range.matches() || range.group(2).isEmpty();
        long to = toEnd ? now.octets().length : Long.parseLong(range.group(2)) + 1;
        send(exchange, now, new Range(from, to));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      answering.decrementAndGet();
    }
  }

  private void send(HttpExchange exchange, Thing now, Range range) throws IOException {
    int length = (int) range.length();
    int sent = Math.min(length, Optional.ofNullable(cuts.remove(range.from())).orElse(length));
    exchange.getResponseHeaders().set("ETag", now.eTag());
    exchange.sendResponseHeaders(length < now.octets().length ? 206 : 200, length);
    exchange.getResponseBody().write(now.octets(), (int) range.from(), sent);
    exchange.getResponseBody().flush();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
