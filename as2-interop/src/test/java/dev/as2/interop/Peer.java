package dev.as2.interop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.TerminalFailureException;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * A real AS2 server that runs in its own JVM, on a loopback port, in a fresh folder, as the partner
 * of one identity of ours. It takes any combination of layers in either framing, and answers with
 * the receipt that a message asks for.
 *
 * <p>Thread-safe: nothing here changes after the start.
 */
public final class Peer implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
  private static final int LOG_END = 8_000;
  private static final String PASSWORD = "password";

  private final PeerProduct product;
  private final Identity identity;
  private final Path folder;
  private final int port;
  private final Process process;

  private Peer(PeerProduct product, Identity identity, Path folder, int port, Process process) {
    this.product = product;
    this.identity = identity;
    this.folder = folder;
    this.port = port;
    this.process = process;
  }

  /**
   * Starts a peer and waits until it listens.
   *
   * @param product which server
   * @param heap its largest heap, as in {@code -Xmx}, for example {@code 1g}
   * @param ours the identity that it exchanges messages with
   * @param oursUrl where it posts its own messages to us
   * @throws IllegalStateException with the peer's log where it ends, or does not listen in time
   */
  public static Peer start(PeerProduct product, String heap, Identity ours, URI oursUrl)
      throws IOException {
    Identity identity = Identity.selfSigned(product.folder());
    Path folder = Files.createTempDirectory("as2-peer-" + product.folder());
    int port = freePort();
    int mdnPort = freePort();
    Map<String, String> values =
        Map.of(
            "@mdnUrl@", "http://127.0.0.1:" + mdnPort + "/",
            "@mdnPort@", Integer.toString(mdnPort),
            "@ours@", ours.as2Id(),
            "@oursUrl@", oursUrl.toString(),
            "@peer@", identity.as2Id(),
            "@port@", Integer.toString(port),
            "@password@", PASSWORD);
    writeFromTemplate(product, "config.xml", values, folder);
    writeFromTemplate(product, "partnerships.xml", values, folder);
    writeKeys(folder.resolve("keys.p12"), identity, ours);
    Peer peer =
        new Peer(product, identity, folder, port, PeerProcess.launch(product, heap, folder));
    try {
      peer.awaitThat("started", START, peer::listens);
    } catch (IllegalStateException e) {
      peer.close();
      throw e;
    }
    return peer;
  }

  /** Where it takes messages. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + port + "/");
  }

  /** Its AS2 id: the {@code AS2-To} of messages with any layer, and the sender of its own. */
  public String as2Id() {
    return identity.as2Id();
  }

  /** The {@code AS2-To} of messages that are neither compressed nor signed nor encrypted. */
  public String as2IdOfPlain() {
    return product.as2IdOfPlain();
  }

  /** The certificate to encrypt to. */
  public X509Certificate encryptionCertificate() {
    return identity.certificate();
  }

  /** The certificate of what it signs; OpenAS2's signatures hold none, so that it is needed. */
  public X509Certificate signingCertificate() {
    return identity.certificate();
  }

  /**
   * Waits until the payload of a message is stored whole.
   *
   * @param messageId as in the header, with its angle brackets; of characters that file names take
   * @param within how long to wait at most
   * @return the file of the payload, after all layers; of several messages with the id that of the
   *     last one in OpenAS2, and that of the first one in as2-server
   * @throws IllegalStateException with the end of the peer's log where it is not stored in time
   */
  public Path received(String messageId, Duration within) {
    Path file = payloadFile(messageId);
    awaitThat("stored " + messageId, within, () -> Files.exists(file));
    return file;
  }

  /** Whether the payload of a message is stored now. */
  public boolean hasReceived(String messageId) {
    return Files.exists(payloadFile(messageId));
  }

  /**
   * A header of a stored message as the peer has understood it.
   *
   * @param messageId as in the header, with its angle brackets
   * @return the value, empty where the payload's part had no such header
   */
  Optional<String> receivedHeader(String messageId, String name) {
    Path headers = folder.resolve("headers").resolve(product.fileName(messageId));
    try {
      return Files.readString(headers, ISO_8859_1)
          .lines()
          .filter(line -> line.startsWith(name + ": "))
          .findFirst()
          .map(line -> product.unquoted(line.substring(name.length() + 2)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder whose files it sends to us, one message for each. */
  public Path outbox() {
    return folder.resolve("outbox");
  }

  /**
   * The folder whose files it sends to us as a {@link Dispatch} says, whose {@link
   * Dispatch#fileName} they have.
   */
  Path outboxOfAll() {
    return folder.resolve("outbox-of-all");
  }

  /**
   * Waits until it has taken our MDN for proof that we have what it sent: OpenAS2 stores it then,
   * and as2-server, which stores every MDN, logs it.
   *
   * @param messageId as in the header, with its angle brackets
   */
  void awaitBelief(String messageId, Duration within) {
    awaitThat(
        "believed the MDN of " + messageId,
        within,
        () ->
            product == PeerProduct.OPENAS2
                ? hasStoredMdn(messageId)
                : hasLogged("MIC is matched", messageId));
  }

  /** Waits until it has taken our MDN for one of another content than it sent. */
  void awaitDisbelief(String messageId, Duration within) {
    boolean open = product == PeerProduct.OPENAS2;
    String words = open ? "Message abandoned after retry limit reached" : "MIC IS NOT MATCHED";
    awaitThat("given up " + messageId, within, () -> hasLogged(words, messageId));
    if (open && hasStoredMdn(messageId)) {
      throw new IllegalStateException("peer " + as2Id() + " has stored an MDN that it disbelieves");
    }
  }

  private boolean hasStoredMdn(String messageId) {
    return Files.exists(folder.resolve("mdn").resolve(product.fileName(messageId)));
  }

  private boolean hasLogged(String words, String messageId) {
    return log().lines().anyMatch(line -> line.contains(words) && line.contains(messageId));
  }

  /** Its whole log so far, for diagnosis. */
  public String log() {
    try {
      return Files.readString(PeerProcess.log(folder), ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it, and deletes its folder. */
  @Override
  public void close() {
    PeerProcess.end(process);
    try {
      PeerProcess.deleteTree(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path payloadFile(String messageId) {
    return folder.resolve("inbox").resolve(product.fileName(messageId));
  }

  private void awaitThat(String what, Duration within, Callable<Boolean> done) {
    try {
      await()
          .atMost(within)
          .pollInterval(Duration.ofMillis(20))
          .failFast("the peer has ended", () -> !process.isAlive())
          .until(done);
    } catch (ConditionTimeoutException | TerminalFailureException e) {
      String log = log();
      String end = log.substring(Math.max(0, log.length() - LOG_END));
      throw new IllegalStateException(
          "peer " + as2Id() + " has not " + what + " within " + within + "; its log:\n" + end, e);
    }
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false; // not yet
    }
  }

  /** A loopback port that was free a moment ago. */
  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void writeFromTemplate(
      PeerProduct product, String name, Map<String, String> values, Path folder)
      throws IOException {
    String resource = "/peers/" + product.folder() + "/" + name;
    try (InputStream in = Objects.requireNonNull(Peer.class.getResourceAsStream(resource))) {
      String text =
          new String(in.readAllBytes(), UTF_8)
              .replace("<!-- dispatches -->", Dispatch.partnerships(product));
      for (Map.Entry<String, String> value : values.entrySet()) {
        text = text.replace(value.getKey(), value.getValue());
      }
      Files.writeString(folder.resolve(name), text);
    }
  }

  /**
   * Both peers read PKCS #12 with an old Bouncy Castle that knows only the old ciphers, which the
   * new Bouncy Castle still writes and the JDK no longer does.
   */
  private static void writeKeys(Path file, Identity peer, Identity ours) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12", new BouncyCastleProvider());
      store.load(null, null);
      store.setKeyEntry(
          "peer", peer.key(), PASSWORD.toCharArray(), new Certificate[] {peer.certificate()});
      store.setCertificateEntry("ours", ours.certificate());
      store.store(out, PASSWORD.toCharArray());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot write the peer's keys to " + file, e);
    }
  }
}
