package dev.as2.core;

import dev.as2.core.MdnWriter.Statement;
import dev.as2.mime.Content;
import dev.as2.mime.Entity;
import dev.as2.mime.EnvelopedInput;
import dev.as2.mime.Headers;
import dev.as2.mime.IncomingEntity;
import dev.as2.mime.Signer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * A small honest AS2 receiver for demonstrations and tests: decrypts, decompresses, verifies,
 * stores the file in a folder and answers with a synchronous MDN, signed where that is asked for.
 *
 * <p>Safe for use by several threads. A payload is written to a temporary file and gets its name
 * only when its signature holds; a file of the same name is replaced. Holds a few blocks of 64 KiB
 * per message.
 */
public final class Receiver implements As2Handler {
  private static final System.Logger LOG = System.getLogger(Receiver.class.getName());

  private static final int BLOCK_BYTES = 64 << 10;

  private final Party us;
  private final Sender sender;
  private final Path folder;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  /**
   * Who receives.
   *
   * @param as2Id the name that senders use
   * @param key signs MDNs and decrypts messages; RSA
   * @param certificate fits the key
   */
  public record Party(As2Id as2Id, PrivateKey key, X509Certificate certificate) {
    /** The name alone. */
    @Override
    public String toString() {
      return "Party[" + as2Id + "]";
    }
  }

  /**
   * Who may send.
   *
   * @param as2Id its name
   * @param certificates what it signs with
   */
  public record Sender(As2Id as2Id, List<X509Certificate> certificates) {
    public Sender {
      certificates = List.copyOf(certificates);
    }
  }

  /**
   * @param folder where files go; it exists
   * @param clock dates MDNs
   */
  public Receiver(Party us, Sender sender, Path folder, Clock clock) {
    this.us = us;
    this.sender = sender;
    this.folder = folder;
    this.clock = clock;
  }

  @Override
  public Answer handle(Request request) throws IOException {
    Headers headers = request.headers();
    if (!request.method().equals("POST")) {
      return new Answer(405, Headers.of("Allow", "POST"), new byte[0]);
    }
    Optional<String> messageId = headers.first("Message-ID");
    if (messageId.isEmpty() || headers.first("AS2-From").isEmpty()) {
      return new Answer(400, Headers.EMPTY, new byte[0]);
    }
    try (Quarantine quarantine = new Quarantine(folder, Long.MAX_VALUE)) {
      Statement statement = receive(headers, messageId.get(), request.body(), quarantine);
      LOG.log(
          System.Logger.Level.INFO,
          "received {0}: {1}",
          messageId.get(),
          statement.disposition().toWire());
      return headers.first("Disposition-Notification-To").isPresent()
          ? mdn(headers, statement)
          : new Answer(200, Headers.EMPTY, new byte[0]);
    }
  }

  private Statement receive(
      Headers headers, String messageId, InputStream body, Quarantine quarantine)
      throws IOException {
    if (!isFromSender(headers)) {
      return refusal(
          messageId,
          new Disposition.Rejected("unknown-trading-relationship"),
          "The AS2 names are unknown.");
    }
    try {
      Inbound.Received received = quarantine(headers, body, quarantine);
      for (Quarantine.Held file : quarantine.held()) {
        commit(file.content(), file.name().orElse(messageId));
      }
      return new Statement(
          messageId,
          us.as2Id(),
          Disposition.PROCESSED,
          Optional.of(received.mic()),
          "The message was received and its file stored.");
    } catch (Refusal e) {
      return refusal(messageId, e.disposition(), e.sentence());
    }
  }

  private Inbound.Received quarantine(Headers headers, InputStream body, Quarantine quarantine)
      throws IOException {
    InboundKeys keys =
        new InboundKeys(
            List.of(new EnvelopedInput.Recipient(us.certificate(), us.key())),
            sender.certificates());
    return new Inbound(keys, quarantine, ReceiptRequest.of(headers).mic())
        .read(new IncomingEntity(headers, new byte[0], new BufferedInputStream(body, BLOCK_BYTES)));
  }

  private Statement refusal(String messageId, Disposition disposition, String why) {
    return new Statement(messageId, us.as2Id(), disposition, Optional.empty(), why);
  }

  private boolean isFromSender(Headers headers) {
    return isNamed(headers.first("AS2-From"), sender.as2Id())
        && isNamed(headers.first("AS2-To"), us.as2Id());
  }

  private static boolean isNamed(Optional<String> header, As2Id id) {
    try {
      return header.map(As2Id::fromHeader).filter(id::equals).isPresent();
    } catch (IllegalArgumentException e) {
      return false; // no name at all, so not this one
    }
  }

  /**
   * The name under which a file is stored: the last part of what the sender calls it, without what
   * file systems refuse, never hidden, and as much of it as file systems take.
   *
   * @param name as the sender calls it
   */
  public static String storedName(String name) {
    return ReceivedNames.safe(name);
  }

  /** The file appears whole. */
  private void commit(Content content, String name) throws IOException {
    try (LocalTemporaryFile file = LocalTemporaryFile.beside(folder.resolve(storedName(name)))) {
      file.fill(content);
      file.replace();
    }
  }

  private Answer mdn(Headers request, Statement statement) throws IOException {
    ReceiptRequest receipt = ReceiptRequest.of(request);
    MdnWriter writer =
        new MdnWriter("as2-" + Uuids.random(random), clock.instant(), receipt.spelling());
    Entity mdn =
        receipt.signature().isPresent()
            ? writer.signed(
                statement,
                new Signer(us.key(), us.certificate(), receipt.signature().get(), true, false))
            : writer.report(statement);
    return writer
        .made(
            Headers.of("AS2-Version", "1.1"),
            statement,
            mdn,
            sender.as2Id(),
            MessageId.random(random))
        .answer(200);
  }
}
