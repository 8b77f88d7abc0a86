package dev.as2.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Takes messages and forgets them as cheaply as it can: one thread and one direct buffer per
 * connection, and an empty 200 for each message. Keeps connections; knows {@code Content-Length},
 * chunks and {@code Expect: 100-continue}.
 *
 * <p>Speaks with the driver as {@link SinkControl} says. Ends with its input.
 */
final class Sink {
  private static final int BUFFER_BYTES = 512 << 10;
  private static final byte[] OK =
      "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final SinkControl control = new SinkControl();

  private Sink() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) throws IOException {
    Sink sink = new Sink();
    ServerSocketChannel server = ServerSocketChannel.open();
    server.setOption(StandardSocketOptions.SO_RCVBUF, 1 << 20);
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096);
    Thread acceptor = new Thread(() -> sink.accept(server), "accept");
    acceptor.setDaemon(true);
    acceptor.start();
    sink.control.serve(((InetSocketAddress) server.getLocalAddress()).getPort(), () -> {});
  }

  private void accept(ServerSocketChannel server) {
    try {
      while (true) {
        SocketChannel channel = server.accept();
        Thread thread = new Thread(() -> serve(channel), "connection");
        thread.setDaemon(true);
        thread.start();
      }
    } catch (IOException e) {
      System.err.println("sink: no more connections: " + e);
    }
  }

  private void serve(SocketChannel channel) {
    try (channel) {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      Connection connection = new Connection(channel);
      while (connection.takesMessage()) {
        // and the next one
      }
    } catch (IOException e) {
      System.err.println("sink: a connection broke: " + e);
    }
  }

  /**
   * One connection: what has come and is not yet used is between the buffer's position and limit.
   */
  private final class Connection {
    private final SocketChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).limit(0);
    private long bodyBytes;

    Connection(SocketChannel channel) {
      this.channel = channel;
    }

    /** Whether a message came and another one may follow. */
    boolean takesMessage() throws IOException {
      if (!buffer.hasRemaining() && !fill()) {
        return false;
      }
      bodyBytes = 0;
      String head = head().toLowerCase(Locale.ROOT);
      if (head.contains("expect: 100-continue")) {
        channel.write(ByteBuffer.wrap(CONTINUE));
      }
      if (head.contains("transfer-encoding: chunked")) {
        skipChunks();
      } else {
        skip(contentLength(head));
      }
      control.count(bodyBytes);
      channel.write(ByteBuffer.wrap(OK));
      return !head.contains("connection: close");
    }

    private static long contentLength(String head) throws IOException {
      int at = head.indexOf("\r\ncontent-length:");
      if (at < 0) {
        throw new IOException("a message without a length: " + head);
      }
      int from = at + "\r\ncontent-length:".length();
      return Long.parseLong(head.substring(from, head.indexOf("\r\n", from)).strip());
    }

    private void skipChunks() throws IOException {
      while (true) {
        String size = line();
        long length = Long.parseLong(size.split(";")[0].strip(), 16);
        if (length == 0) {
          while (!line().isEmpty()) {
            // trailers
          }
          return;
        }
        skip(length);
        line();
      }
    }

    private void skip(long length) throws IOException {
      bodyBytes += length;
      long left = length;
      while (left > 0) {
        need();
        int now = (int) Math.min(left, buffer.remaining());
        buffer.position(buffer.position() + now);
        left -= now;
      }
    }

    /** All lines up to the empty one. */
    private String head() throws IOException {
      StringBuilder head = new StringBuilder();
      for (String line = line(); !line.isEmpty(); line = line()) {
        head.append(line).append("\r\n");
      }
      return head.toString();
    }

    private String line() throws IOException {
      StringBuilder line = new StringBuilder();
      while (true) {
        need();
        char c = (char) (buffer.get() & 0xFF);
        if (c == '\n') {
          return line.toString();
        }
        if (c != '\r') {
          line.append(c);
        }
      }
    }

    private void need() throws IOException {
      if (!buffer.hasRemaining() && !fill()) {
        throw new IOException("it ended within a message");
      }
    }

    private boolean fill() throws IOException {
      buffer.clear();
      int count = channel.read(buffer);
      buffer.flip();
      return count > 0;
    }
  }
}
