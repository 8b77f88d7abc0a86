package dev.as2.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** Passes one connection's octets on, and can end it as a cut line does: beneath TLS. */
final class CuttingRelay implements AutoCloseable {
  private static final int QUIET_MILLIS = 100;

  private final ServerSocket listener;
  private final int target;
  private volatile boolean cutting;

  private CuttingRelay(int target) throws IOException {
    this.listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    this.target = target;
    thread(this::relay);
  }

  static CuttingRelay to(int port) throws IOException {
    return new CuttingRelay(port);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Closes towards the client as soon as nothing has come for a moment. */
  void cutWhenQuiet() {
    cutting = true;
  }

  private static void thread(Runnable run) {
    Thread thread = new Thread(run, "cutting-relay");
    thread.setDaemon(true);
    thread.start();
  }

  private void relay() {
    try (Socket client = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
      thread(() -> pass(client, server));
      server.setSoTimeout(QUIET_MILLIS);
      byte[] some = new byte[16 << 10];
      int length;
      while ((length = readOrQuiet(server, some)) >= 0) {
        client.getOutputStream().write(some, 0, length);
      }
    } catch (IOException e) {
      return; // one side went
    }
  }

  private int readOrQuiet(Socket server, byte[] into) throws IOException {
    try {
      return server.getInputStream().read(into);
    } catch (SocketTimeoutException e) {
      return cutting ? -1 : 0;
    }
  }

  private static void pass(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      return; // one side went
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
