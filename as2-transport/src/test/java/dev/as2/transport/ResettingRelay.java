package dev.as2.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands between a client and a server, and resets the first connections to both sides, each after
 * so many octets towards the server.
 */
final class ResettingRelay implements AutoCloseable {
  private static final int BUFFER_BYTES = 64 << 10;

  private final ServerSocket listener = new ServerSocket();
  private final int target;
  private final long resetAfter;
  private final AtomicInteger resetsLeft;
  private final AtomicLong passed = new AtomicLong();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  ResettingRelay(int target, int resets, long resetAfterBytes) throws IOException {
    this.target = target;
    this.resetAfter = resetAfterBytes;
    this.resetsLeft = new AtomicInteger(resets);
    listener.setReceiveBufferSize(BUFFER_BYTES);
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** How many connections are still to be reset. */
  int resetsLeft() {
    return resetsLeft.get();
  }

  /** How many octets were given to the server. */
  long passed() {
    return passed.get();
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = listener.accept();
      Socket server = new Socket();
      server.setSendBufferSize(BUFFER_BYTES);
      server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
      open.add(client);
      open.add(server);
      start(() -> pass(client, server));
      start(() -> {
        try (client;
            server) {
          server.getInputStream().transferTo(client.getOutputStream());
        }
      });
    }
  }

  private void pass(Socket client, Socket server) throws IOException {
    try (client;
        server) {
      InputStream in = client.getInputStream();
      OutputStream out = server.getOutputStream();
      byte[] block = new byte[BUFFER_BYTES];
      long count = 0;
      int length;
      while ((length = in.read(block)) >= 0) {
        out.write(block, 0, length);
        count += length;
        passed.addAndGet(length);
        if (count >= resetAfter && resetsLeft.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
          client.setSoLinger(true, 0);
          server.setSoLinger(true, 0);
          return;
        }
      }
    }
  }

  private interface Task {
    void run() throws IOException;
  }

  private static void start(Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException e) {
                return; // one side went
              }
            },
            "resetting-relay");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
