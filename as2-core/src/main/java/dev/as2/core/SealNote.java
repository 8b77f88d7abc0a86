package dev.as2.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.As2Config.AsyncMdn;
import dev.as2.core.As2Config.Compression;
import dev.as2.core.As2Config.MdnResponse;
import dev.as2.core.As2Config.MdnSigningAlgorithm;
import dev.as2.core.As2Config.PreserveContentType;
import dev.as2.core.SendResult.Transfer;
import dev.as2.mime.ContentCipher;
import dev.as2.mime.ContentKey;
import dev.as2.mime.DigestAlgorithm;
import dev.as2.mime.Header;
import dev.as2.mime.Headers;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A sealed message as a journal keeps it, so that it becomes the same message again whatever was
 * changed meanwhile.
 *
 * <p>The connector and both AS2 names are in it, certificates by their ids and ours by its
 * fingerprint too: private keys and passwords are never copied, and who deletes a certificate has
 * ended its use. Defaults that decide octets are in it as values, for another version of the engine
 * may have others.
 */
final class SealNote {
  private static final Set<ConnectorOption> DECIDE_OCTETS =
      EnumSet.of(
          ConnectorOption.LAYER_ORDER,
          ConnectorOption.AS2_VERSION,
          ConnectorOption.FRAMING,
          ConnectorOption.TRANSFER_ENCODING,
          ConnectorOption.COMPRESSION_LEVEL,
          ConnectorOption.MICALG_SPELLING,
          ConnectorOption.ALGORITHM_PROTECTION,
          ConnectorOption.SIGNER_CERTIFICATE,
          ConnectorOption.ENCRYPTION_ALGORITHM,
          ConnectorOption.SIGNING_DIGEST,
          ConnectorOption.SIGNATURE_SCHEME);

  private SealNote() {}

  static byte[] octets(SealedMessage message) {
    Partnership partnership = message.partnership();
    ObjectNode note = Note.members();
    addSeal(note, message.seal());
    addConnector(note.putObject("connector"), partnership.connector());
    note.put("local", partnership.local().as2Id().value());
    note.put("partner", partnership.partner().as2Id().value());
    SealedCertificates.add(note, partnership);
    addFile(note.putObject("file"), message.file());
    note.put("content-type", message.contentType());
    ArrayNode headers = note.putArray("headers");
    message.headers().forEach(line -> headers.addArray().add(line.name()).add(line.value()));
    return Note.octets(Note.Kind.SEAL, message.seal().messageId(), note);
  }

  private static void addSeal(ObjectNode note, Seal seal) {
    note.put("date", seal.date().toString());
    note.put("boundary", seal.boundary());
    seal.contentKey().ifPresent(key -> note.put("content-key", key.encoded()));
  }

  private static void addConnector(ObjectNode node, Connector connector) {
    node.put("url", connector.url().toString());
    connector.accessRole().ifPresent(role -> node.put("access-role", role));
    connector.loggingRole().ifPresent(role -> node.put("logging-role", role));
    ObjectNode options = node.putObject("options");
    options(connector).forEach(options::put);
    As2Config as2 = connector.as2();
    node.put("local-profile", as2.localProfileId().value());
    node.put("partner-profile", as2.partnerProfileId().value());
    as2.messageSubject().ifPresent(subject -> node.put("subject", subject));
    node.put("compression", as2.compression().name());
    as2.encryptionAlgorithm().ifPresent(cipher -> node.put("encryption", cipher.name()));
    as2.signingAlgorithm().ifPresent(digest -> node.put("signature", digest.name()));
    node.put("mdn-signature", as2.mdnSigningAlgorithm().name());
    node.put("mdn-response", as2.mdnResponse().name());
    node.put("preserve-content-type", as2.preserveContentType().name());
    as2.basicAuthSecretId().ifPresent(secret -> node.put("secret", secret));
    as2.asyncMdn().ifPresent(mdn -> node.put("mdn-url", mdn.url().toString()));
  }

  /** The tags that are ours, with the defaults of those that decide octets. */
  private static Map<String, String> options(Connector connector) {
    Map<String, String> options = new TreeMap<>();
    DECIDE_OCTETS.forEach(option -> options.put(option.tag(), option.defaultValue()));
    connector
        .tags()
        .forEach((tag, value) -> {
          if (tag.startsWith(ConnectorOption.TAG_PREFIX)) {
            options.put(tag, value);
          }
        });
    return options;
  }

  private static void addFile(ObjectNode node, StoredFile file) {
    node.put("length", file.length());
    node.put("version", file.version());
    node.put("modified", file.modified().toString());
    file.contentType().ifPresent(type -> node.put("content-type", type));
  }

  /**
   * The message that {@link #octets} was given.
   *
   * @throws As2Exception {@code JOURNAL_DAMAGED} where it cannot be read, {@code
   *     SIGNING_FAILED_NO_SIGNING_KEY_FOUND} where our certificate is no longer there
   */
  static SealedMessage read(byte[] octets, Transfer transfer, Registry registry)
      throws As2Exception {
    return Note.read(
        Note.Kind.SEAL,
        transfer.messageId(),
        octets,
        note -> message(note, transfer, SealedCertificates.read(note, registry)));
  }

  /**
   * As {@link #read}, of a message that the partner took and that is not sent again: where our
   * certificate is no longer there, without it.
   */
  static SealedMessage readDelivered(byte[] octets, Transfer transfer, Registry registry)
      throws As2Exception {
    return Note.read(
        Note.Kind.SEAL,
        transfer.messageId(),
        octets,
        note -> message(note, transfer, SealedCertificates.left(note, registry)));
  }

  private static SealedMessage message(
      JsonNode note, Transfer transfer, SealedCertificates certificates) throws IOException {
    Connector connector = connector(note.required("connector"), transfer.connectorId());
    Profile local =
        profile(connector.as2().localProfileId(), Profile.Type.LOCAL, Note.text(note, "local"));
    Profile partner =
        profile(
            connector.as2().partnerProfileId(), Profile.Type.PARTNER, Note.text(note, "partner"));
    return new SealedMessage(
        certificates.partnership(connector, local, partner),
        seal(note, transfer.messageId()),
        file(note.required("file"), transfer.file()),
        Note.text(note, "content-type"),
        headers(note.required("headers")));
  }

  private static Profile profile(ProfileId id, Profile.Type type, String as2Id) {
    return new Profile(id, type, new As2Id(as2Id), List.of());
  }

  private static Seal seal(JsonNode note, MessageId messageId) throws IOException {
    Instant date = Note.instant(note, "date");
    Optional<ContentKey> contentKey =
        note.has("content-key")
            ? Optional.of(ContentKey.decoded(Note.octets(note, "content-key")))
            : Optional.empty();
    return new Seal(messageId, date, Note.text(note, "boundary"), contentKey);
  }

  private static Connector connector(JsonNode node, ConnectorId id) {
    Map<String, String> options = new TreeMap<>();
    node.required("options")
        .properties()
        .forEach(option -> options.put(option.getKey(), option.getValue().asText()));
    As2Config as2 =
        new As2Config(
            new ProfileId(Note.text(node, "local-profile")),
            new ProfileId(Note.text(node, "partner-profile")),
            Note.optional(node, "subject"),
            Compression.valueOf(Note.text(node, "compression")),
            Note.optional(node, "encryption").map(ContentCipher::valueOf),
            Note.optional(node, "signature").map(DigestAlgorithm::valueOf),
            MdnSigningAlgorithm.valueOf(Note.text(node, "mdn-signature")),
            MdnResponse.valueOf(Note.text(node, "mdn-response")),
            PreserveContentType.valueOf(Note.text(node, "preserve-content-type")),
            Note.optional(node, "secret"),
            Note.optional(node, "mdn-url").map(url -> new AsyncMdn(URI.create(url), List.of())));
    return new Connector(
        id,
        URI.create(Note.text(node, "url")),
        as2,
        Note.optional(node, "access-role"),
        Note.optional(node, "logging-role"),
        options);
  }

  private static StoredFile file(JsonNode node, FilePath path) {
    return new StoredFile(
        path,
        Note.number(node, "length"),
        Note.text(node, "version"),
        Note.instant(node, "modified"),
        Note.optional(node, "content-type"));
  }

  private static Headers headers(JsonNode lines) {
    List<Header> headers = new ArrayList<>();
    for (JsonNode line : lines) {
      headers.add(new Header(word(line.get(0)), word(line.get(1))));
    }
    return new Headers(headers);
  }

  private static String word(@Nullable JsonNode node) {
    if (node == null || !node.isTextual()) {
      throw new IllegalArgumentException("a header is no pair of texts");
    }
    return node.textValue();
  }
}
