package dev.as2.core;

import dev.as2.core.MdnWriter.Statement;
import dev.as2.mime.DigestAlgorithm;
import dev.as2.mime.Entity;
import dev.as2.mime.EnvelopedInput;
import dev.as2.mime.Headers;
import dev.as2.mime.IncomingEntity;
import dev.as2.mime.Signer;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

  private static final Pattern MICALG =
      Pattern.compile(
          "signed-receipt-micalg\\s*=\\s*\\w+\\s*,\\s*([^;]+)", Pattern.CASE_INSENSITIVE);

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
    Path quarantine = Files.createTempFile(folder, ".receiving-", ".tmp");
    try {
      Statement statement = receive(headers, messageId.get(), request.body(), quarantine);
      LOG.log(
          System.Logger.Level.INFO,
          "received {0}: {1}",
          messageId.get(),
          statement.disposition().toWire());
      return headers.first("Disposition-Notification-To").isPresent()
          ? mdn(headers, statement)
          : new Answer(200, Headers.EMPTY, new byte[0]);
    } finally {
      Files.deleteIfExists(quarantine);
    }
  }

  private Statement receive(Headers headers, String messageId, InputStream body, Path quarantine)
      throws IOException {
    if (!isFromSender(headers)) {
      return refusal(
          messageId,
          new Disposition.Rejected("unknown-trading-relationship"),
          "the AS2 names are unknown");
    }
    try {
      Inbound.Received received = quarantine(headers, body, quarantine);
      commit(quarantine, received.fileName().orElse(messageId));
      return new Statement(
          messageId,
          us.as2Id(),
          Disposition.PROCESSED,
          Optional.of(received.mic()),
          "The message was received and its file stored.");
    } catch (Inbound.Refused e) {
      return refusal(messageId, e.disposition(), e.why());
    }
  }

  private Inbound.Received quarantine(Headers headers, InputStream body, Path quarantine)
      throws IOException {
    try (OutputStream payload = Files.newOutputStream(quarantine)) {
      return new Inbound(
              List.of(new EnvelopedInput.Recipient(us.certificate(), us.key())),
              sender.certificates(),
              payload,
              micAlgorithm(headers))
          .read(
              new IncomingEntity(headers, new byte[0], new BufferedInputStream(body, BLOCK_BYTES)));
    }
  }

  private Statement refusal(String messageId, Disposition disposition, String why) {
    return new Statement(
        messageId,
        us.as2Id(),
        disposition,
        Optional.empty(),
        "The message was not accepted: " + why.replaceAll("[^ -~]", "?") + ".");
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
    String safe =
        name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
            .replaceAll("[\\p{Cntrl}<>:\"|?*]", "_");
    return ResultNames.shortened(
        safe.isEmpty() || safe.startsWith(".") ? "_" + safe : safe, Limits.FILE_NAME_BYTES);
  }

  /** The file appears whole. */
  private void commit(Path quarantine, String name) throws IOException {
    Files.move(
        quarantine,
        folder.resolve(storedName(name)),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private static DigestAlgorithm micAlgorithm(Headers headers) {
    return options(headers)
        .flatMap(options -> {
          Matcher micalg = MICALG.matcher(options);
          return micalg.find()
              ? List.of(micalg.group(1).split(",")).stream()
                  .map(DigestAlgorithm::named)
                  .flatMap(Optional::stream)
                  .findFirst()
              : Optional.empty();
        })
        .orElse(DigestAlgorithm.SHA1);
  }

  private static Optional<String> options(Headers headers) {
    return headers.joined("Disposition-Notification-Options");
  }

  private Answer mdn(Headers request, Statement statement) throws IOException {
    MdnWriter writer = new MdnWriter("as2-" + Uuids.random(random), clock.instant());
    boolean signed =
        options(request).orElse("").toLowerCase(Locale.ROOT).contains("pkcs7-signature");
    Entity mdn =
        signed
            ? writer.signed(
                statement,
                new Signer(us.key(), us.certificate(), micAlgorithm(request), true, false))
            : writer.report(statement);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    mdn.writeBodyTo(body);
    Headers headers =
        Headers.of(
                "AS2-Version",
                "1.1",
                "AS2-From",
                us.as2Id().toHeader(),
                "AS2-To",
                sender.as2Id().toHeader(),
                "Message-ID",
                MessageId.random(random).toHeader(),
                "Date",
                OutboundHeaders.date(clock.instant()),
                "Subject",
                "MDN for " + statement.messageId(),
                "MIME-Version",
                "1.0",
                "Server",
                OutboundHeaders.PRODUCT)
            .plus(mdn.headers());
    return new Answer(200, headers, body.toByteArray());
  }
}
