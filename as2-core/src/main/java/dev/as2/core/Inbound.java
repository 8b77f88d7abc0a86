package dev.as2.core;

import dev.as2.mime.CmsType;
import dev.as2.mime.CompressedInput;
import dev.as2.mime.DigestAlgorithm;
import dev.as2.mime.EnvelopedInput;
import dev.as2.mime.IncomingEntity;
import dev.as2.mime.MultipartInput;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeUtility;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Takes a received message apart while it arrives, layer by layer as they are met, and writes its
 * files out (RFC 4130 §4, RFC 5402, RFC 6362). Nothing of a file may be believed before {@link
 * #read} has returned: the signature comes last. Holds a few blocks of 64 KiB. Used once.
 */
final class Inbound {
  private static final int BLOCK_BYTES = 64 << 10;

  private final InboundKeys keys;
  private final Quarantine quarantine;
  private final DigestAlgorithm unsignedMic;
  private final List<Layer> layers = new ArrayList<>();
  private Optional<Mic> mic = Optional.empty();

  /**
   * @param keys ours and the partner's
   * @param quarantine takes the files
   * @param unsignedMic the MIC's algorithm where the message is not signed
   */
  Inbound(InboundKeys keys, Quarantine quarantine, DigestAlgorithm unsignedMic) {
    this.keys = keys;
    this.quarantine = quarantine;
    this.unsignedMic = unsignedMic;
  }

  /**
   * What was received, besides the files.
   *
   * @param layers the layers, outermost first
   * @param mic over what RFC 4130 §7.3.1 and RFC 5402 §4 say
   */
  record Received(List<Layer> layers, Mic mic) {}

  /**
   * Reads a whole message.
   *
   * @throws Refusal where a layer fails
   * @throws IOException where a file cannot be written
   */
  Received read(IncomingEntity message) throws IOException {
    try {
      open(message);
    } catch (Refusal e) {
      throw e;
    } catch (IOException | RuntimeException e) { // parsers throw many kinds
      quarantine.requireIntact();
      throw LayerFault.PROCESSING.refusal("its content is damaged").because(e);
    }
    return new Received(List.copyOf(layers), mic.orElseThrow());
  }

  private void open(IncomingEntity entity) throws IOException {
    switch (entity.contentType()) {
      case "multipart/signed" -> openSigned(entity);
      case "application/pkcs7-mime", "application/x-pkcs7-mime" -> openCms(entity);
      default -> store(entity);
    }
  }

  /** Each layer once: no partner has more, and each costs memory. */
  private void enter(Layer layer) throws Refusal {
    if (layers.contains(layer)) {
      throw LayerFault.PROCESSING.refusal(
          FailureCode.DUPLICATE_MESSAGE, "it is " + layer.word() + " twice");
    }
    layers.add(layer);
  }

  /** By what its octets say: its Content-Type may lack the smime-type (RFC 8551 §3.2.2). */
  private void openCms(IncomingEntity entity) throws IOException {
    String named = entity.parameter("smime-type").orElse("").toLowerCase(Locale.ROOT);
    LayerFault fault =
        named.equals("compressed-data") ? LayerFault.DECOMPRESSION : LayerFault.DECRYPTION;
    InputStream octets = new BufferedInputStream(binary(entity, fault), BLOCK_BYTES);
    CmsType type =
        CmsType.sniff(octets)
            .orElseThrow(() -> fault.refusal("its CMS structure cannot be recognised"));
    switch (type) {
      case COMPRESSED_DATA -> openCompressed(octets);
      case ENVELOPED_DATA, AUTH_ENVELOPED_DATA -> openEncrypted(octets);
      case SIGNED_DATA ->
          throw Refusal.failure(
              "unsupported format",
              FailureCode.INVALID_REQUEST,
              "it is signed as application/pkcs7-mime, and has to be multipart/signed");
    }
  }

  private void openEncrypted(InputStream octets) throws IOException {
    enter(Layer.ENCRYPT);
    if (keys.recipients().isEmpty()) {
      throw LayerFault.DECRYPTION.refusal(
          FailureCode.DECRYPT_FAILED_NO_DECRYPTION_KEY_FOUND,
          "there is no active ENCRYPTION certificate with a private key to decrypt it with");
    }
    InputStream content;
    try {
      content = EnvelopedInput.open(octets, keys.recipients());
    } catch (Refusal e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw LayerFault.DECRYPTION.refusal("it cannot be decrypted").because(e);
    }
    openInside(content, LayerFault.DECRYPTION);
  }

  private void openCompressed(InputStream octets) throws IOException {
    enter(Layer.COMPRESS);
    InputStream content;
    try {
      content =
          CompressedInput.open(octets, Limits.EXPANSION_RATIO, Limits.EXPANSION_ALWAYS_ALLOWED);
    } catch (Refusal e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw LayerFault.DECOMPRESSION.refusal("it cannot be decompressed").because(e);
    }
    openInside(content, LayerFault.DECOMPRESSION);
  }

  private void openSigned(IncomingEntity entity) throws IOException {
    enter(Layer.SIGN);
    SignedInput signed = SignedInput.open(entity);
    openInside(signed.content(), LayerFault.INTEGRITY);
    mic = Optional.of(signed.verified(keys.signers()));
  }

  private void openInside(InputStream content, LayerFault fault) throws IOException {
    InputStream layer = new LayerContent(content, fault);
    open(entity(layer, fault));
    layer.transferTo(OutputStream.nullOutputStream()); // the layer's end is checked at its end
  }

  private static IncomingEntity entity(InputStream layer, LayerFault fault) throws IOException {
    try {
      return IncomingEntity.read(
          new BufferedInputStream(layer, BLOCK_BYTES), Limits.PART_HEADER_BYTES);
    } catch (Refusal e) {
      throw e;
    } catch (IOException e) {
      throw fault.refusal("its content is damaged").because(e);
    }
  }

  /** The payload goes out; its digest makes the MIC where there is no signature. */
  private void store(IncomingEntity entity) throws IOException {
    MessageDigest digest = unsignedMic.newDigest();
    if (!layers.isEmpty()) {
      digest.update(entity.headerOctets()); // without any layer the headers do not count
    }
    InputStream digested = new DigestInputStream(entity.body(), digest);
    if (entity.contentType().equals("multipart/related")) {
      storeParts(entity, digested);
    } else {
      storeFile(entity, digested);
    }
    digested.transferTo(OutputStream.nullOutputStream());
    if (!layers.contains(Layer.SIGN)) {
      mic = Optional.of(Mic.of(digest.digest(), unsignedMic));
    }
  }

  /** Several attachments: each part is a file (RFC 6362 §2). */
  private void storeParts(IncomingEntity related, InputStream body) throws IOException {
    MultipartInput parts = new MultipartInput(body, related.parameter("boundary").orElse(""));
    int count = 0;
    for (var part = parts.anotherPart(); part.isPresent(); part = parts.anotherPart()) {
      if (++count > Limits.ATTACHMENTS) {
        throw LayerFault.PROCESSING.refusal(
            "it has more than " + Limits.ATTACHMENTS + " attachments");
      }
      IncomingEntity file = entity(part.get(), LayerFault.PROCESSING);
      storeFile(file, file.body());
    }
    if (count == 0) {
      throw LayerFault.PROCESSING.refusal("it is a multipart without parts");
    }
  }

  private void storeFile(IncomingEntity entity, InputStream body) throws IOException {
    try (Quarantine.Incoming file = quarantine.receive()) {
      decoded(entity, body).transferTo(file);
      file.named(
          entity.headers().first("Content-Disposition").flatMap(ContentDisposition::fileName),
          entity.headers().first("Content-Type").orElse("application/octet-stream"));
    }
  }

  /** A CMS structure's octets: a wrong Content-Transfer-Encoding is overruled by the first one. */
  private static InputStream binary(IncomingEntity entity, LayerFault fault) throws IOException {
    InputStream body = new BufferedInputStream(entity.body(), BLOCK_BYTES);
    return CmsType.isBinary(body) ? body : new LayerContent(base64(body), fault);
  }

  /** An absent or unknown Content-Transfer-Encoding changes nothing (RFC 4130 §5.2.1). */
  private static InputStream decoded(IncomingEntity entity, InputStream body) throws IOException {
    String encoding = entity.headers().first("Content-Transfer-Encoding").orElse("binary").strip();
    return switch (encoding.toLowerCase(Locale.ROOT)) {
      case "base64" -> new LayerContent(base64(body), LayerFault.PROCESSING);
      case "quoted-printable" -> new LayerContent(quotedPrintable(body), LayerFault.PROCESSING);
      default -> body;
    };
  }

  private static InputStream base64(InputStream body) {
    return Base64.getMimeDecoder().wrap(body);
  }

  private static InputStream quotedPrintable(InputStream body) throws IOException {
    try {
      return MimeUtility.decode(body, "quoted-printable");
    } catch (MessagingException e) {
      throw new IOException("quoted-printable is not known", e);
    }
  }
}
