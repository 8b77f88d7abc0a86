package dev.as2.core;

import dev.as2.core.SendResult.PackedMessage;
import dev.as2.core.SendResult.Transfer;
import dev.as2.mime.DigestAlgorithm;
import jakarta.mail.internet.MimeUtility;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UnsupportedEncodingException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Everything that is known before the first octet is sent.
 *
 * @param sealed all that decides the message's octets
 * @param message the file as a message
 * @param request the message as it is posted, by every attempt
 * @param packed what the message is, for the result
 * @param kept what the MIC may be, where an earlier run kept it
 */
record Preparation(
    SealedMessage sealed,
    OutboundMessage message,
    As2Request request,
    PackedMessage packed,
    Map<MicScope, Map<DigestAlgorithm, byte[]>> kept) {
  private static final System.Logger LOG = System.getLogger(ConnectorRuntime.class.getName());

  /**
   * Finds out whether the file can be sent, and makes it a message: the one that was sealed, where
   * one was. Reads no more of the file than its first octets, unless it is small or has to be
   * counted.
   *
   * @throws As2Exception saying what is missing or wrong
   */
  static Preparation of(ConnectorRuntime runtime, SendOrder order, Transfer transfer)
      throws IOException {
    return order.kept().seal().isPresent()
        ? resumed(runtime, transfer, order.kept().seal().get())
        : fresh(runtime, transfer, order);
  }

  /**
   * A message that the partner took already: it is not sent again, and its file may be gone.
   *
   * @param kept what the MIC may be; where nothing is, the file is read again
   */
  static Preparation delivered(
      ConnectorRuntime runtime,
      SendOrder order,
      Transfer transfer,
      Map<MicScope, Map<DigestAlgorithm, byte[]>> kept)
      throws IOException {
    byte[] seal = order.kept().seal().orElse(new byte[0]);
    SealedMessage sealed = SealNote.readDelivered(seal, transfer, runtime.registry());
    Payload payload = payload(runtime, transfer, sealed);
    OutboundMessage message =
        made(() ->
            OutboundMessage.delivered(
                sealed.partnership(), sealed.seal(), payload, sealed.headers()));
    return of(sealed, message, new Framed(message, true), Optional.empty(), kept);
  }

  private static Preparation fresh(ConnectorRuntime runtime, Transfer transfer, SendOrder order)
      throws IOException {
    ExtraHeaders.checkOrder(order.headers());
    Instant now = runtime.clock().instant();
    Connector connector = runtime.registry().connector(transfer.connectorId());
    Partnership partnership = Partnership.resolve(connector, runtime.registry(), now);
    if (partnership.wantsMdnLater() && runtime.asyncMdns() == AsyncMdns.NONE) {
      throw new As2Exception(
          FailureCode.INVALID_CONFIGURATION,
          "MdnResponse of connector %s is ASYNC, and nothing listens for MDNs here: use SYNC."
              .formatted(connector.id()));
    }
    ResultNames.check(transfer, partnership.options().results());
    FileStore store = runtime.stores().under(connector.accessRole());
    StoredFile file =
        order.version().isPresent()
            ? store.stat(order.file(), order.version().get())
            : store.stat(order.file());
    checkSize(file, partnership.options().packing().maxFileBytes());
    String contentType = ContentTypes.of(file, store, connector.as2().preserveContentType());
    String subject = subject(partnership, transfer.file().name());
    Seal seal = Seal.draw(transfer.messageId(), partnership, now, runtime.random());
    Payload payload = payload(runtime, store, file, contentType, transfer);
    OutboundMessage message =
        made(() ->
            new OutboundMessage(
                partnership,
                seal,
                payload,
                OutboundHeaders.around(partnership, seal, subject, order.headers())));
    return of(
        runtime,
        new SealedMessage(partnership, seal, file, contentType, message.headers()),
        message);
  }

  private static Preparation resumed(ConnectorRuntime runtime, Transfer transfer, byte[] seal)
      throws IOException {
    SealedMessage sealed = SealNote.read(seal, transfer, runtime.registry());
    Payload payload = payload(runtime, transfer, sealed);
    return of(
        runtime,
        sealed,
        made(() ->
            new OutboundMessage(
                sealed.partnership(), sealed.seal(), payload, layer -> sealed.headers())));
  }

  private static Payload payload(ConnectorRuntime runtime, Transfer transfer, SealedMessage sealed)
      throws IOException {
    FileStore store = runtime.stores().under(sealed.partnership().connector().accessRole());
    return payload(runtime, store, sealed.file(), sealed.contentType(), transfer);
  }

  private static OutboundMessage made(Supplier<OutboundMessage> message) throws As2Exception {
    try {
      return message.get();
    } catch (IllegalArgumentException e) {
      throw new As2Exception(
          FailureCode.INVALID_REQUEST, "The message cannot be made: " + e.getMessage(), e);
    }
  }

  private static Preparation of(
      ConnectorRuntime runtime, SealedMessage sealed, OutboundMessage message) throws IOException {
    Partnership partnership = sealed.partnership();
    Optional<BasicCredentials> credentials = credentials(runtime, partnership.connector());
    Framed framed = Framed.of(message, partnership.options().framing(), sealed.file().length());
    return of(sealed, message, framed, credentials, Map.of());
  }

  private static Preparation of(
      SealedMessage sealed,
      OutboundMessage message,
      Framed framed,
      Optional<BasicCredentials> credentials,
      Map<MicScope, Map<DigestAlgorithm, byte[]>> kept) {
    Partnership partnership = sealed.partnership();
    return new Preparation(
        sealed,
        message,
        request(partnership, framed, credentials),
        new PackedMessage(
            partnership.local().as2Id(),
            partnership.partner().as2Id(),
            subject(message),
            sealed.contentType(),
            message.layers().stream().map(Layer::word).toList(),
            sealed.file().length()),
        kept);
  }

  /** The connector with all it stands for. */
  Partnership partnership() {
    return sealed.partnership();
  }

  /** Whether a repeated message goes on where it ended. */
  boolean restarts() {
    return partnership().options().http().restart()
        && message.headers().first(EntityTag.HEADER).isPresent();
  }

  /** When its message is sent again. */
  RetryPlan retry() {
    return partnership().options().retry();
  }

  private static void checkSize(StoredFile file, long maxBytes) throws As2Exception {
    if (file.length() > maxBytes) {
      throw new As2Exception(
          FailureCode.FILE_SIZE_TOO_LARGE,
          "File %s has %s bytes, and %s of the connector allows %s."
              .formatted(
                  file.path(), file.length(), ConnectorOption.MAX_FILE_SIZE.tag(), maxBytes));
    }
  }

  /**
   * The message as its MDN has to answer to it, after a write.
   *
   * @param repeated whether it had been sent before
   */
  Sent sent(MessageId messageId, boolean repeated) {
    return new Sent(
        messageId,
        partnership().local().as2Id(),
        partnership().partner().as2Id(),
        mdnRequest(),
        mics(),
        new Sent.Trust(
            partnership().options().mdn(), partnership().partner().id(), partnership().verifying()),
        repeated);
  }

  /** Makes the message to nowhere, where nobody kept its MIC: it is known then. */
  void weigh() throws IOException {
    if (rightDigests().isEmpty()) {
      message.writeBodyTo(OutputStream.nullOutputStream());
    }
  }

  /**
   * What the MIC may be: the right ones, and wrong ones where the connector accepts some. None
   * before a complete write, where none were kept.
   */
  Map<MicScope, Map<DigestAlgorithm, byte[]>> digests() {
    return wereKept() ? kept : message.digests();
  }

  private boolean wereKept() {
    return kept.containsKey(message.micScope());
  }

  private Map<DigestAlgorithm, byte[]> rightDigests() {
    return digests().getOrDefault(message.micScope(), Map.of());
  }

  private Sent.Mics mics() {
    Map<DigestAlgorithm, byte[]> right = rightDigests();
    return new Sent.Mics(
        message.micScope(),
        partnership().micAlgorithms(),
        right,
        right.isEmpty() ? Optional::empty : this::knownDigests);
  }

  private Optional<Map<MicScope, Map<DigestAlgorithm, byte[]>>> knownDigests() {
    try {
      boolean all = !partnership().options().mdn().acceptedMics().isEmpty();
      return Optional.of(all && wereKept() ? kept : message.knownDigests());
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "the file cannot be read again to explain a MIC", e);
      return Optional.empty();
    }
  }

  private Sent.MdnRequest mdnRequest() {
    if (!partnership().wantsMdn()) {
      return Sent.MdnRequest.NONE;
    }
    return partnership().mdnIsToBeSigned() ? Sent.MdnRequest.SIGNED : Sent.MdnRequest.UNSIGNED;
  }

  static Optional<BasicCredentials> credentials(ConnectorRuntime runtime, Connector connector)
      throws IOException {
    Optional<String> secret = connector.as2().basicAuthSecretId();
    if (secret.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(runtime.secrets().credentials(secret.get()));
    } catch (IllegalArgumentException e) {
      throw new As2Exception(
          FailureCode.INVALID_REQUEST,
          "BasicAuthSecretId is %s: %s.".formatted(secret.get(), e.getMessage()),
          e);
    }
  }

  private static Payload payload(
      ConnectorRuntime runtime,
      FileStore store,
      StoredFile file,
      String contentType,
      Transfer transfer) {
    SourceContent content =
        new SourceContent(
            store, file, bytes -> runtime.listener().progress(transfer, bytes, file.length()));
    return new Payload(transfer.file().name(), contentType, content);
  }

  private static As2Request request(
      Partnership partnership, Framed framed, Optional<BasicCredentials> credentials) {
    return new As2Request(
        partnership.connector().url(),
        framed.message(),
        framed.chunked(),
        partnership.transport(),
        credentials);
  }

  /** The Subject header for people: what an extra header has made of it, decoded. */
  private static String subject(OutboundMessage message) {
    String header = message.headers().first("Subject").orElse("");
    try {
      return MimeUtility.decodeText(header);
    } catch (UnsupportedEncodingException e) {
      return header;
    }
  }

  /** The connector's subject, else one from the file's name, encoded where it is not ASCII. */
  private static String subject(Partnership partnership, String fileName) {
    String subject =
        partnership
            .connector()
            .as2()
            .messageSubject()
            .orElse(
                "File %s from %s to %s"
                    .formatted(
                        fileName, partnership.local().as2Id(), partnership.partner().as2Id()));
    try {
      return MimeUtility.encodeText(subject.replace('\t', ' '), "UTF-8", "Q")
          .replaceAll("\\s+", " ");
    } catch (UnsupportedEncodingException e) {
      throw new IllegalStateException("every JDK has UTF-8", e);
    }
  }
}
