package dev.as2.transport;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * A partner that does with each connection, octet by octet, what the next script says, over a plain
 * socket on loopback, and keeps what it received. Without a script it waits for one.
 *
 * <p>Safe for use by several threads.
 */
public final class ScriptedPartner implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 10;
  private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: *(\\d+)\r\n");

  private final ServerSocket listener;
  private final String scheme;
  private final BlockingQueue<Script> scripts = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final CountDownLatch closed = new CountDownLatch(1);

  /** What to do with one connection, which is closed afterwards. */
  @FunctionalInterface
  public interface Script {
    void play(Conversation with) throws IOException;
  }

  private ScriptedPartner(Optional<SSLContext> tls) throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    listener =
        tls.isEmpty()
            ? new ServerSocket(0, 50, loopback)
            : tls.get().getServerSocketFactory().createServerSocket(0, 50, loopback);
    scheme = tls.isEmpty() ? "http" : "https";
    thread(this::accept);
  }

  /** A partner over plain HTTP. */
  public static ScriptedPartner start() throws IOException {
    return new ScriptedPartner(Optional.empty());
  }

  /** A partner over TLS. */
  public static ScriptedPartner start(SSLContext tls) throws IOException {
    return new ScriptedPartner(Optional.of(tls));
  }

  /** Reads a whole request and answers with these octets. */
  public static Script answer(String octets) {
    return with -> {
      with.readRequest();
      with.write(octets);
    };
  }

  /** An answer with status 200, a length and this body. */
  public static String ok(String body) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
  }

  /** What the next connection without a script gets. */
  public ScriptedPartner enqueue(Script script) {
    scripts.add(script);
    return this;
  }

  /** The octets of the next connection that ended, as ISO 8859-1; waits for up to 10 s. */
  public String take() throws InterruptedException {
    String octets = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (octets == null) {
      throw new AssertionError("no connection ended within " + PATIENCE_SECONDS + " s");
    }
    return octets;
  }

  /** How many connections were accepted. */
  public int connections() {
    return connections.get();
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** Where it listens, by the name {@code localhost}. */
  public URI url(String pathAndQuery) {
    return URI.create(scheme + "://localhost:" + port() + pathAndQuery);
  }

  private static void thread(Runnable run) {
    Thread thread = new Thread(run, "scripted-partner");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        connections.incrementAndGet();
        thread(() -> play(socket));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void play(Socket socket) {
    Conversation with = new Conversation(socket);
    try (socket) {
      scripts.take().play(with);
    } catch (IOException e) {
      with.note(e); // the client went: what came is kept
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      received.add(with.octets());
    }
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    listener.close();
  }

  /** One connection, from the partner's side. */
  public final class Conversation {
    private final Socket socket;
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
    private Optional<InputStream> in = Optional.empty();
    private String end = "";

    private Conversation(Socket socket) {
      this.socket = socket;
    }

    private InputStream in() throws IOException {
      if (in.isEmpty()) {
        in = Optional.of(new BufferedInputStream(socket.getInputStream()));
      }
      return in.get();
    }

    private void note(IOException failure) {
      end = "\r\n[" + failure.getMessage() + "]";
    }

    private String octets() {
      return seen.toString(StandardCharsets.ISO_8859_1) + end;
    }

    /** What was read so far, as ISO 8859-1. */
    public String soFar() {
      return seen.toString(StandardCharsets.ISO_8859_1);
    }

    /** Reads this many bytes. */
    public void read(int bytes) throws IOException {
      byte[] some = in().readNBytes(bytes);
      seen.writeBytes(some);
      if (some.length < bytes) {
        throw new IOException("the client's octets ended");
      }
    }

    /** Reads up to and with this text. */
    public String readUpTo(String text) throws IOException {
      StringBuilder line = new StringBuilder();
      while (line.length() < text.length()
          || !line.substring(line.length() - text.length()).equals(text)) {
        int octet = in().read();
        if (octet < 0) {
          throw new IOException("the client's octets ended");
        }
        seen.write(octet);
        line.append((char) octet);
      }
      return line.toString();
    }

    /** Reads a request line and headers. */
    public String readHead() throws IOException {
      return readUpTo("\r\n\r\n");
    }

    /** Reads a whole request. */
    public void readRequest() throws IOException {
      readBodyOf(readHead());
    }

    /** Reads the body that this head announces. */
    public void readBodyOf(String head) throws IOException {
      Matcher length = LENGTH.matcher(head.toLowerCase(Locale.ROOT));
      if (length.find()) {
        read(Integer.parseInt(length.group(1)));
        return;
      }
      int size;
      do {
        size = Integer.parseInt(readUpTo("\r\n").trim(), 16);
        read(size + 2);
      } while (size > 0);
    }

    public void write(String octets) throws IOException {
      socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
    }

    /** Writes octet by octet with a pause after each. */
    public void trickle(String octets, Duration pause) throws IOException {
      for (int i = 0; i < octets.length(); i++) {
        write(octets.substring(i, i + 1));
        pause(pause);
      }
    }

    /** Does nothing for a while, or until the partner is closed. */
    public void pause(Duration pause) throws IOException {
      try {
        if (closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new IOException("the partner was closed");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException();
      }
    }

    /** Does nothing more until the partner is closed. */
    public void stall() throws IOException {
      pause(Duration.ofHours(1));
    }

    /** Passes octets on to and from another port on loopback until one side closes. */
    public void joinWith(int port) throws IOException {
      try (Socket other = new Socket(InetAddress.getLoopbackAddress(), port)) {
        thread(() -> passOn(other));
        in().transferTo(other.getOutputStream());
      }
    }

    private void passOn(Socket from) {
      try {
        from.getInputStream().transferTo(socket.getOutputStream());
      } catch (IOException e) {
        note(e); // one side went
      }
    }

    /** Reads until the client closes. */
    public void drain() throws IOException {
      in().transferTo(seen);
    }

    /** Closes with a TCP reset. */
    public void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }

    public Socket socket() {
      return socket;
    }
  }
}
