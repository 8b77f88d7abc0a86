package dev.as2.benchmarks.as2lib;

import com.helger.as2lib.cert.ICertificateFactory;
import com.helger.as2lib.client.AS2Client;
import com.helger.as2lib.client.AS2ClientRequest;
import com.helger.as2lib.client.AS2ClientResponse;
import com.helger.as2lib.client.AS2ClientSettings;
import com.helger.as2lib.crypto.ECompressionType;
import com.helger.as2lib.crypto.ECryptoAlgorithmCrypt;
import com.helger.as2lib.crypto.ECryptoAlgorithmSign;
import com.helger.as2lib.exception.AS2Exception;
import com.helger.as2lib.session.AS2Session;
import com.helger.mail.cte.EContentTransferEncoding;
import com.helger.security.keystore.EKeyStoreType;
import dev.as2.benchmarks.contender.Contender;
import dev.as2.benchmarks.contender.Keys;
import dev.as2.benchmarks.contender.Sender;
import dev.as2.benchmarks.contender.Setup;
import jakarta.activation.DataHandler;
import jakarta.activation.FileDataSource;
import java.io.IOException;
import java.nio.file.Path;

/**
 * as2-lib by its {@code AS2Client}, set up for speed as far as its API lets one.
 *
 * <p>Its client reads the key store for every message unless it is told otherwise: here the
 * certificate factory is made once. The file is given as a data source, which as2-lib reads again
 * for each layer rather than hold it. Binary transfer encoding, as base64 costs it more. It opens a
 * connection for each message, which no setting changes.
 */
public final class As2LibContender {
  private As2LibContender() {}

  /** Runs until the standard input ends. */
  public static void main(String[] arguments) throws IOException {
    Contender.blocking(arguments, As2LibContender::open);
  }

  private static Sender open(Setup setup) throws AS2Exception {
    setup.refuseMdn();
    AS2ClientSettings settings = settings(setup);
    AS2Client client = new CachingClient(settings);
    return file -> send(client, settings, file);
  }

  private static AS2ClientSettings settings(Setup setup) {
    AS2ClientSettings settings = new AS2ClientSettings();
    settings.setKeyStore(EKeyStoreType.PKCS12, setup.keystore().toFile(), Keys.PASSWORD);
    settings.setSaveKeyStoreChangesToFile(false);
    settings.setSenderData(Keys.US, "us@example.com", Keys.US);
    settings.setReceiverData(Keys.PARTNER, Keys.PARTNER, setup.url().toString());
    settings.setPartnershipName("bench");
    settings.setEncryptAndSign(
        ECryptoAlgorithmCrypt.CRYPT_AES128_CBC, ECryptoAlgorithmSign.DIGEST_SHA_256);
    if (setup.compress()) {
      settings.setCompress(ECompressionType.ZLIB, true);
    }
    settings.setMDNRequested(false);
    settings.setRetryCount(0);
    return settings;
  }

  private static void send(AS2Client client, AS2ClientSettings settings, Path file)
      throws IOException {
    AS2ClientRequest request = new AS2ClientRequest("benchmark");
    request.setContentType("application/edi-x12");
    request.setContentTransferEncoding(EContentTransferEncoding.BINARY);
    request.setData(new DataHandler(new FileDataSource(file.toFile())));
    AS2ClientResponse response = client.sendSynchronous(settings, request);
    if (response.hasException()) {
      throw rethrown(response.getException());
    }
  }

  /** A lack of memory stays one. */
  private static IOException rethrown(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof VirtualMachineError error) {
        throw error;
      }
    }
    return new IOException("as2-lib failed: " + e, e);
  }

  /** Reads the key store once. */
  private static final class CachingClient extends AS2Client {
    private final ICertificateFactory certificates;

    CachingClient(AS2ClientSettings settings) throws AS2Exception {
      AS2Session first = new AS2Session();
      super.initCertificateFactory(settings, first);
      certificates = first.getCertificateFactory();
    }

    @Override
    protected void initCertificateFactory(AS2ClientSettings settings, AS2Session session)
        throws AS2Exception {
      session.setCertificateFactory(certificates);
    }
  }
}
