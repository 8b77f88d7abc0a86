package dev.as2.benchmarks.openas2;

import dev.as2.benchmarks.contender.Contender;
import dev.as2.benchmarks.contender.Keys;
import dev.as2.benchmarks.contender.Sender;
import dev.as2.benchmarks.contender.Setup;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.activation.DataHandler;
import javax.activation.FileDataSource;
import javax.mail.MessagingException;
import javax.mail.internet.MimeBodyPart;
import org.openas2.BaseSession;
import org.openas2.OpenAS2Exception;
import org.openas2.cert.CertificateFactory;
import org.openas2.cert.PKCS12CertificateFactory;
import org.openas2.message.AS2Message;
import org.openas2.message.Message;
import org.openas2.partner.Partnership;
import org.openas2.processor.DefaultProcessor;
import org.openas2.processor.Processor;
import org.openas2.processor.sender.AS2SenderModule;
import org.openas2.processor.sender.SenderModule;

/**
 * OpenAS2 by its sender module, without the directory poller and the other parts of the server
 * around it, which favours it.
 *
 * <p>Its own certificate factory reads the key store once. The file is given as a data source,
 * which OpenAS2 reads again for each layer rather than hold it. The files of pending messages, and
 * the database of messages' states, are left out, which favours it again. Binary transfer encoding;
 * no retries. It opens a connection for each message, which no setting changes.
 */
public final class OpenAs2Contender {
  private static final Logger ROOT = Logger.getLogger("");

  private OpenAs2Contender() {}

  /** Runs until the standard input ends. */
  public static void main(String[] arguments) throws IOException {
    ROOT.setLevel(Level.SEVERE);
    Contender.blocking(arguments, OpenAs2Contender::open);
  }

  private static Sender open(Setup setup) throws OpenAS2Exception {
    setup.refuseMdn();
    Session session = new Session(setup.keystore());
    AS2SenderModule module = new QuietSender();
    module.init(session, new HashMap<>());
    return file -> send(module, message(setup, file));
  }

  private static void send(AS2SenderModule module, Message message)
      throws OpenAS2Exception, IOException {
    Map<Object, Object> options = new HashMap<>();
    options.put(SenderModule.SOPT_RETRIES, "0");
    module.handle(SenderModule.DO_SEND, message, options);
    // The module throws for some failures only; for the others it sets the state.
    Object state = message.getOption("STATE");
    if (!Message.MSG_STATE_SEND_START.equals(state)) {
      throw new IOException("OpenAS2 failed: " + state + ", " + message.getLogMsg());
    }
  }

  private static Message message(Setup setup, Path file)
      throws MessagingException, OpenAS2Exception {
    MimeBodyPart part = new MimeBodyPart();
    part.setDataHandler(new DataHandler(new FileDataSource(file.toFile())));
    part.setHeader("Content-Type", "application/edi-x12");
    part.setHeader("Content-Transfer-Encoding", "binary");
    AS2Message message = new AS2Message();
    message.setPartnership(partnership(setup));
    message.setContentType("application/edi-x12");
    message.setSubject("benchmark");
    message.setData(part);
    message.updateMessageID();
    return message;
  }

  private static Partnership partnership(Setup setup) {
    Partnership partnership = new Partnership();
    partnership.setName("bench");
    partnership.setSenderID(Partnership.PID_AS2, Keys.US);
    partnership.setSenderID(Partnership.PID_X509_ALIAS, Keys.US);
    partnership.setSenderID(Partnership.PID_EMAIL, "us@example.com");
    partnership.setReceiverID(Partnership.PID_AS2, Keys.PARTNER);
    partnership.setReceiverID(Partnership.PID_X509_ALIAS, Keys.PARTNER);
    partnership.setAttribute(Partnership.PA_AS2_URL, setup.url().toString());
    partnership.setAttribute(Partnership.PA_SUBJECT, "benchmark");
    partnership.setAttribute(Partnership.PA_SIGNATURE_ALGORITHM, "SHA256");
    partnership.setAttribute(Partnership.PA_ENCRYPTION_ALGORITHM, "AES128");
    partnership.setAttribute(Partnership.PA_CONTENT_TRANSFER_ENCODING, "binary");
    partnership.setAttribute(Partnership.PA_AS2_MDN_OPTIONS, "none");
    if (setup.compress()) {
      partnership.setAttribute("compression_type", "ZLIB");
    }
    return partnership;
  }

  /** Keeps no file of what was sent, as nobody waits for an MDN. */
  private static final class QuietSender extends AS2SenderModule {
    @Override
    protected void storePendingInfo(AS2Message message, boolean isResend) {}
  }

  /**
   * Fills OpenAS2's own store, whose keys lie ready in memory, with keys that the JDK read: the old
   * Bouncy Castle beside OpenAS2 cannot decrypt what newer JDKs write.
   */
  private static final class ModernStore extends PKCS12CertificateFactory {
    @Override
    public void load() throws OpenAS2Exception {
      try {
        Keys keys = Keys.read(Path.of(getFilename()));
        KeyStore store = getKeyStore();
        store.load(null, null);
        store.setKeyEntry(Keys.US, keys.key(), getPassword(), new Certificate[] {keys.us()});
        store.setCertificateEntry(Keys.PARTNER, keys.partner());
      } catch (GeneralSecurityException | IOException e) {
        throw new OpenAS2Exception("the key store cannot be read", e);
      }
    }
  }

  /** What the sender module needs of a server: certificates, and a processor without modules. */
  private static final class Session extends BaseSession {
    Session(Path keystore) throws OpenAS2Exception {
      Map<String, String> parameters = new HashMap<>();
      parameters.put(PKCS12CertificateFactory.PARAM_FILENAME, keystore.toString());
      parameters.put(PKCS12CertificateFactory.PARAM_PASSWORD, Keys.PASSWORD);
      PKCS12CertificateFactory certificates = new ModernStore();
      certificates.init(this, parameters);
      setComponent(CertificateFactory.COMPID_CERTIFICATE_FACTORY, certificates);
      DefaultProcessor processor = new DefaultProcessor();
      processor.init(this, new HashMap<>());
      setComponent(Processor.COMPID_PROCESSOR, processor);
    }

    @Override
    public String getAppVersion() {
      return "2.10.1";
    }

    @Override
    public String getAppTitle() {
      return "OpenAS2";
    }
  }
}
