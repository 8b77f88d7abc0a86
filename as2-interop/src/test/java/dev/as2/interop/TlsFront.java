package dev.as2.interop;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Terminates TLS before a server that speaks none, and forwards both directions as they come; the
 * end of each on its own. Two threads for each connection.
 */
final class TlsFront implements AutoCloseable {
  private static final int BACKLOG = 50;

  private final Identity identity = Identity.selfSigned("127.0.0.1");
  private final ExecutorService threads =
      Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "tls-front");
        thread.setDaemon(true);
        return thread;
      });
  private final ServerSocket listener;
  private final int port;

  /**
   * Begins to listen on a free loopback port.
   *
   * @param port the loopback port of the server behind
   */
  TlsFront(int port) throws IOException {
    this.port = port;
    this.listener =
        context(identity)
            .getServerSocketFactory()
            .createServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  URI url() {
    return URI.create("https://127.0.0.1:" + listener.getLocalPort() + "/");
  }

  X509Certificate certificate() {
    return identity.certificate();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    threads.shutdownNow();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket outside = listener.accept();
        threads.execute(() -> forward(outside));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void forward(Socket outside) {
    try (outside;
        Socket inside = new Socket(InetAddress.getLoopbackAddress(), port)) {
      var back = threads.submit(() -> pump(inside, outside));
      pump(outside, inside);
      back.get();
    } catch (IOException | ExecutionException e) {
      // One side broke off, and closing both tells the other.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Forwards until the end, and then tells the end; a broken side ends the other one too. */
  private static void pump(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      in.transferTo(out);
      to.shutdownOutput();
    } catch (IOException e) {
      close(from);
      close(to);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is of no use any more.
    }
  }

  private static SSLContext context(Identity identity) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          "front", identity.key(), new char[0], new Certificate[] {identity.certificate()});
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(store, new char[0]);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("cannot make the TLS settings of the front", e);
    }
  }
}
