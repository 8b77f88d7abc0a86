package dev.as2.benchmarks.camel;

import dev.as2.benchmarks.contender.Contender;
import dev.as2.benchmarks.contender.Keys;
import dev.as2.benchmarks.contender.Sender;
import dev.as2.benchmarks.contender.Setup;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Security;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.camel.component.as2.api.AS2ClientConnection;
import org.apache.camel.component.as2.api.AS2ClientManager;
import org.apache.camel.component.as2.api.AS2CompressionAlgorithm;
import org.apache.camel.component.as2.api.AS2EncryptionAlgorithm;
import org.apache.camel.component.as2.api.AS2MessageStructure;
import org.apache.camel.component.as2.api.AS2SignatureAlgorithm;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * camel-as2 by its {@code AS2ClientManager}, without routes and exchanges around it, which favours
 * it.
 *
 * <p>Each thread has a connection of its own, kept alive: Camel's pool would give a partner no more
 * than five, and lets callers wait no longer than five seconds. Keys and certificates are read
 * once. Binary transfer encoding inside; the envelope is base64, which no setting changes. Camel
 * holds the whole message several times.
 */
public final class CamelContender {
  private final Setup setup;
  private final Keys keys;
  private final AS2MessageStructure structure;
  private final Queue<AS2ClientManager> idle = new ConcurrentLinkedQueue<>();

  private CamelContender(Setup setup) throws IOException, GeneralSecurityException {
    this.setup = setup;
    this.keys = Keys.read(setup.keystore());
    this.structure =
        setup.compress()
            ? AS2MessageStructure.ENCRYPTED_COMPRESSED_SIGNED
            : AS2MessageStructure.SIGNED_ENCRYPTED;
  }

  /** Runs until the standard input ends. */
  public static void main(String[] arguments) throws IOException {
    Contender.blocking(arguments, CamelContender::open);
  }

  private static Sender open(Setup setup) throws IOException, GeneralSecurityException {
    setup.refuseMdn();
    Security.addProvider(new BouncyCastleProvider()); // as Camel's component does when it starts
    return new CamelContender(setup)::send;
  }

  private void send(Path file) throws IOException, HttpException {
    AS2ClientManager manager = idle.poll();
    if (manager == null) {
      manager = connect(setup.url());
    }
    send(manager, file);
    idle.add(manager); // only after a success: a failed one's connection is in no known state
  }

  private static AS2ClientManager connect(URI url) throws IOException {
    return new AS2ClientManager(
        new AS2ClientConnection(
            "1.1",
            "camel",
            "localhost",
            url.getHost(),
            url.getPort(),
            Duration.ofMinutes(10),
            Duration.ofSeconds(30),
            1,
            Duration.ofMinutes(15),
            null,
            null));
  }

  private void send(AS2ClientManager manager, Path file) throws IOException, HttpException {
    HttpCoreContext context;
    try (InputStream in = Files.newInputStream(file)) {
      context =
          manager.send(
              in,
              setup.url().getRawPath(),
              "benchmark",
              "us@example.com",
              Keys.US,
              Keys.PARTNER,
              structure,
              "application/edi-x12",
              "US-ASCII",
              "binary",
              AS2SignatureAlgorithm.SHA256WITHRSA,
              new Certificate[] {keys.us()},
              keys.key(),
              setup.compress() ? AS2CompressionAlgorithm.ZLIB : null,
              null, // no MDN
              null,
              AS2EncryptionAlgorithm.AES128_CBC,
              new Certificate[] {keys.partner()},
              file.getFileName().toString(),
              null,
              null,
              null,
              null);
    }
    int status = context.getResponse().getCode();
    if (status / 100 != 2) {
      throw new IOException("the partner answered " + status);
    }
  }
}
