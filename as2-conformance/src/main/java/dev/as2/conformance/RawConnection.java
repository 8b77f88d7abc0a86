package dev.as2.conformance;

import dev.as2.core.As2Response;
import dev.as2.core.TransportOptions;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * A connection whose octets are a scenario's own, for what no client would send. For one thread.
 * Keeps the beginning of what was sent.
 */
final class RawConnection implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final Duration patience;
  private Octets sent = Octets.NONE;
  private String note = "";

  private RawConnection(Socket socket, Duration patience) throws IOException {
    this.socket = socket;
    this.patience = patience;
    this.in = new BufferedInputStream(socket.getInputStream());
    this.out = socket.getOutputStream();
  }

  static RawConnection open(Endpoint endpoint) throws IOException {
    TransportOptions transport = endpoint.transport();
    Socket socket = new Socket();
    try {
      socket.connect(
          new InetSocketAddress(endpoint.url().getHost(), endpoint.port()),
          (int) transport.timeouts().connect().toMillis());
      socket.setTcpNoDelay(true);
      socket.setSoTimeout((int) transport.timeouts().firstByte().toMillis());
      return new RawConnection(
          endpoint.isTls() ? secured(socket, endpoint) : socket, transport.timeouts().firstByte());
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static Socket secured(Socket plain, Endpoint endpoint) throws IOException {
    TransportOptions.Tls tls = endpoint.transport().tls();
    SSLSocket socket =
        (SSLSocket)
            context(tls.certificates())
                .getSocketFactory()
                .createSocket(plain, endpoint.url().getHost(), endpoint.port(), true);
    if (tls.checkHostname()) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
    }
    socket.startHandshake();
    return socket;
  }

  /** Trusts the JDK's authorities, or where certificates are given, those. */
  private static SSLContext context(List<X509Certificate> trusted) throws IOException {
    try {
      if (trusted.isEmpty()) {
        return SSLContext.getDefault();
      }
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (X509Certificate each : trusted) {
        store.setCertificateEntry("trusted-" + store.size(), each);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  RawConnection write(byte[] octets) throws IOException {
    sent = sent.plus(octets);
    out.write(octets);
    out.flush();
    return this;
  }

  RawConnection write(String text) throws IOException {
    return write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Waits, at most so long, until the endpoint sends something or closes; whether it has. */
  boolean hears(Duration atMost) throws IOException {
    socket.setSoTimeout(Math.max(1, (int) atMost.toMillis()));
    try {
      in.mark(1);
      boolean something = in.read() >= 0;
      in.reset();
      return something;
    } catch (SocketTimeoutException e) {
      return false;
    } finally {
      socket.setSoTimeout((int) patience.toMillis());
    }
  }

  /** The next line that the endpoint sends, without its line end. */
  String line() throws IOException {
    return AnswerReader.line(in);
  }

  /** Says that nothing more will come. */
  void endSending() throws IOException {
    if (socket instanceof SSLSocket) {
      socket.close();
    } else {
      socket.shutdownOutput();
    }
  }

  /**
   * Reads an answer; interim ones are passed over.
   *
   * @throws IOException where there is none, saying why
   */
  As2Response answer(String method) throws IOException {
    try {
      return new AnswerReader(in).read(method);
    } catch (SocketTimeoutException e) {
      throw new IOException("no answer came within " + patience.toSeconds() + " s", e);
    }
  }

  /** Why not everything was sent; empty where it was. */
  String note() {
    return note;
  }

  void note(String why) {
    note = why;
  }

  Octets sent() {
    return sent;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
