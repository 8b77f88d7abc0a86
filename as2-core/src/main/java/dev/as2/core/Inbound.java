package dev.as2.core;

import dev.as2.mime.CmsSignature;
import dev.as2.mime.CmsSignature.Verification;
import dev.as2.mime.CompressedInput;
import dev.as2.mime.DigestAlgorithm;
import dev.as2.mime.EnvelopedInput;
import dev.as2.mime.IncomingEntity;
import dev.as2.mime.MimeException;
import dev.as2.mime.MultipartInput;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Takes a received message apart while it arrives, layer by layer as they are met, and writes its
 * payload out. Nothing of the payload may be believed before {@link #read} has returned: the
 * signature comes last. Holds a few blocks of 64 KiB. Used once.
 */
final class Inbound {
  private static final int BLOCK_BYTES = 64 << 10;
  private static final String DAMAGED = "integrity-check-failed";

  private final List<EnvelopedInput.Recipient> recipients;
  private final List<X509Certificate> signers;
  private final OutputStream payload;
  private final DigestAlgorithm unsignedMic;
  private final List<Layer> layers = new ArrayList<>();
  private Optional<Mic> mic = Optional.empty();

  /**
   * @param recipients our keys
   * @param signers the partner's certificates
   * @param payload takes the file's octets
   * @param unsignedMic the MIC's algorithm where the message is not signed
   */
  Inbound(
      List<EnvelopedInput.Recipient> recipients,
      List<X509Certificate> signers,
      OutputStream payload,
      DigestAlgorithm unsignedMic) {
    this.recipients = recipients;
    this.signers = signers;
    this.payload = payload;
    this.unsignedMic = unsignedMic;
  }

  /** A layer failed; what an MDN says of it. */
  static final class Refused extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Disposition disposition;
    private final String why;

    Refused(String reason, String why) {
      super(why);
      this.disposition = new Disposition.Rejected(reason);
      this.why = why;
    }

    Refused(String reason, String why, IOException cause) {
      super(why, cause);
      this.disposition = new Disposition.Rejected(reason);
      this.why = why + ": " + cause.getMessage();
    }

    /** What is wrong, in a few words. */
    String why() {
      return why;
    }

    Disposition disposition() {
      return disposition;
    }
  }

  /**
   * What was received.
   *
   * @param layers the layers, outermost first
   * @param fileName as the sender calls it, unchecked
   * @param mic over what RFC 4130 §7.3.1 says
   */
  record Received(List<Layer> layers, Optional<String> fileName, Mic mic) {}

  /**
   * Reads a whole message.
   *
   * @throws Refused where a layer fails
   */
  Received read(IncomingEntity message) throws IOException {
    Optional<String> fileName = open(message);
    return new Received(List.copyOf(layers), fileName, mic.orElseThrow());
  }

  private Optional<String> open(IncomingEntity entity) throws IOException {
    if (layers.size() > Limits.MESSAGE_LAYERS) {
      throw new Refused("unexpected-processing-error", "it has too many layers");
    }
    return switch (entity.contentType()) {
      case "multipart/signed" -> openSigned(entity);
      case "application/pkcs7-mime", "application/x-pkcs7-mime" ->
          isCompressed(entity) ? openCompressed(entity) : openEncrypted(entity);
      default -> store(entity);
    };
  }

  private static boolean isCompressed(IncomingEntity entity) {
    return entity.parameter("smime-type").orElse("").equalsIgnoreCase("compressed-data");
  }

  private Optional<String> openEncrypted(IncomingEntity entity) throws IOException {
    layers.add(Layer.ENCRYPT);
    InputStream content;
    try {
      content = EnvelopedInput.open(binary(entity), recipients);
    } catch (MimeException e) {
      throw new Refused("decryption-failed", "it cannot be decrypted", e);
    }
    return openInside(content, "decryption-failed");
  }

  private Optional<String> openCompressed(IncomingEntity entity) throws IOException {
    layers.add(Layer.COMPRESS);
    InputStream content;
    try {
      content = CompressedInput.open(binary(entity), Limits.EXPANSION_RATIO);
    } catch (MimeException e) {
      throw new Refused("decompression-failed", "it cannot be decompressed", e);
    }
    return openInside(content, "decompression-failed");
  }

  private Optional<String> openInside(InputStream content, String failure) throws IOException {
    InputStream layer = new LayerContent(content, failure);
    Optional<String> fileName = open(headersOf(layer, failure));
    layer.transferTo(OutputStream.nullOutputStream()); // the layer's end is checked at its end
    return fileName;
  }

  private static IncomingEntity headersOf(InputStream layer, String failure) throws IOException {
    try {
      return IncomingEntity.read(
          new BufferedInputStream(layer, BLOCK_BYTES), Limits.PART_HEADER_BYTES);
    } catch (MimeException | EOFException e) {
      throw new Refused(failure, "its content is damaged", e);
    }
  }

  /** What a layer holds: damage that shows while it is read is that layer's, wherever it is met. */
  private static final class LayerContent extends FilterInputStream {
    private final String failure;

    LayerContent(InputStream content, String failure) {
      super(content);
      this.failure = failure;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      try {
        return super.read(target, offset, length);
      } catch (Refused e) {
        throw e; // a layer further out
      } catch (IOException e) {
        throw new Refused(failure, "its content is damaged", e);
      }
    }
  }

  private Optional<String> openSigned(IncomingEntity entity) throws IOException {
    layers.add(Layer.SIGN);
    MultipartInput parts;
    InputStream part;
    try {
      parts = new MultipartInput(entity.body(), entity.parameter("boundary").orElse(""));
      part = parts.nextPart();
    } catch (MimeException | EOFException e) {
      throw new Refused(DAMAGED, "its parts cannot be told apart", e);
    }
    Map<DigestAlgorithm, MessageDigest> digests = new EnumMap<>(DigestAlgorithm.class);
    for (DigestAlgorithm algorithm : announced(entity)) {
      digests.put(algorithm, algorithm.newDigest());
      part = new DigestInputStream(part, digests.get(algorithm));
    }
    Optional<String> fileName = openInside(part, DAMAGED);
    Map<DigestAlgorithm, byte[]> values = new EnumMap<>(DigestAlgorithm.class);
    digests.forEach((algorithm, digest) -> values.put(algorithm, digest.digest()));
    verify(signature(parts), values);
    return fileName;
  }

  /** The digests that the Content-Type announces; all, where it announces none that we know. */
  private static List<DigestAlgorithm> announced(IncomingEntity entity) {
    return entity
        .parameter("micalg")
        .flatMap(DigestAlgorithm::named)
        .map(List::of)
        .orElse(List.of(DigestAlgorithm.values()));
  }

  private static CmsSignature signature(MultipartInput parts) throws IOException {
    try {
      IncomingEntity part =
          IncomingEntity.read(new BufferedInputStream(parts.nextPart()), Limits.PART_HEADER_BYTES);
      return CmsSignature.parse(
          part.body().readNBytes(Limits.SIGNATURE_BYTES + 1), Limits.SIGNATURE_BYTES);
    } catch (MimeException | EOFException e) {
      throw new Refused("authentication-failed", "it has no signature that can be read", e);
    }
  }

  private void verify(CmsSignature signature, Map<DigestAlgorithm, byte[]> digests) throws Refused {
    DigestAlgorithm used =
        signature.digestAlgorithms().stream()
            .filter(digests::containsKey)
            .findFirst()
            .orElseThrow(
                () -> new Refused("authentication-failed", "its digest was not announced"));
    Verification found = signature.verify(a -> digests.getOrDefault(a, new byte[0]), signers);
    mic = Optional.of(Mic.of(digests.getOrDefault(used, new byte[0]), used));
    if (found instanceof Verification.DigestMismatch) {
      throw new Refused(DAMAGED, "its content is not what was signed");
    }
    if (!(found instanceof Verification.Verified)) {
      throw new Refused("authentication-failed", "its signature is not by the sender: " + found);
    }
  }

  /** The payload goes out; its digests make the MIC where there is no signature. */
  private Optional<String> store(IncomingEntity entity) throws IOException {
    MessageDigest digest = unsignedMic.newDigest();
    if (!layers.isEmpty()) {
      digest.update(entity.headerOctets());
    }
    InputStream digested = new DigestInputStream(entity.body(), digest);
    decoded(entity, digested).transferTo(payload);
    digested.transferTo(OutputStream.nullOutputStream());
    if (!layers.contains(Layer.SIGN)) {
      mic = Optional.of(Mic.of(digest.digest(), unsignedMic));
    }
    return entity.headers().first("Content-Disposition").flatMap(ContentDisposition::fileName);
  }

  private static InputStream binary(IncomingEntity entity) {
    return decoded(entity, entity.body());
  }

  private static InputStream decoded(IncomingEntity entity, InputStream body) {
    String encoding = entity.headers().first("Content-Transfer-Encoding").orElse("binary");
    return encoding.strip().toLowerCase(Locale.ROOT).equals("base64")
        ? Base64.getMimeDecoder().wrap(body)
        : body;
  }
}
