package dev.as2.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between a client and a server, and cuts connections after some octets of the answer. */
final class CuttingForwarder implements AutoCloseable {
  private final URI target;
  private final int cuts;
  private final int cutAfterBytes;
  private final ServerSocket listener;
  private final AtomicInteger connections = new AtomicInteger();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /** Cuts the first {@code cuts} connections, each after so many octets towards the client. */
  CuttingForwarder(URI target, int cuts, int cutAfterBytes) throws IOException {
    this.target = target;
    this.cuts = cuts;
    this.cutAfterBytes = cutAfterBytes;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** How many connections came. */
  int connections() {
    return connections.get();
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = listener.accept();
      Socket server = new Socket(target.getHost(), target.getPort());
      open.add(client);
      open.add(server);
      long limit = connections.getAndIncrement() < cuts ? cutAfterBytes : Long.MAX_VALUE;
      start(() -> pump(client, server, Long.MAX_VALUE));
      start(() -> pump(server, client, limit));
    }
  }

  private static void pump(Socket from, Socket to, long limit) throws IOException {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] block = new byte[8192];
      long left = limit;
      int count = in.read(block);
      while (count >= 0 && left > 0) {
        int part = (int) Math.min(count, left);
        out.write(block, 0, part);
        left -= part;
        count = left > 0 ? in.read(block) : -1;
      }
    }
  }

  private interface Task {
    void run() throws IOException;
  }

  private static void start(Task task) {
    Thread thread =
        new Thread(() -> {
          try {
            task.run();
          } catch (IOException e) {
            // One side closed its connection, or the forwarder itself was: it ends.
            Thread.currentThread().interrupt();
          }
        });
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
