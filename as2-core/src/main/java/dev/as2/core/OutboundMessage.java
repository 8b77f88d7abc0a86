package dev.as2.core;

import dev.as2.core.ConnectorOptions.Packing;
import dev.as2.core.ConnectorOptions.SignerCertificate;
import dev.as2.core.ConnectorOptions.TransferEncoding;
import dev.as2.mime.Base64Entity;
import dev.as2.mime.CompressedEntity;
import dev.as2.mime.ContentEntity;
import dev.as2.mime.DigestAlgorithm;
import dev.as2.mime.DigestTap;
import dev.as2.mime.EncryptedEntity;
import dev.as2.mime.Entity;
import dev.as2.mime.Headers;
import dev.as2.mime.SignedEntity;
import dev.as2.mime.Signer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A file as an AS2 message: the layers around it and the headers before it.
 *
 * <p>Each write streams the file through all layers once, and gives the same octets every time. The
 * digests that the right MIC may have are taken in the same pass; where wrong ones are asked for,
 * they are taken in one of their own.
 */
final class OutboundMessage implements Entity {
  private final Partnership partnership;
  private final Seal seal;
  private final Payload payload;
  private final UnaryOperator<Headers> around;
  private final Use use;
  private final List<Layer> layers;
  private final Map<MicScope, DigestTap> taps = new EnumMap<>(MicScope.class);
  private final Headers headers;
  private final Entity outermost;

  /** What it is written for. */
  private enum Use {
    /** To be sent, with the digests that the right MIC may have. */
    SEND,
    /** To be sent, with all digests that partners are known to state. */
    SEND_AND_WEIGH,
    /** For those of these digests that need no signature: nothing from that layer on is made. */
    WEIGH
  }

  /**
   * @param around makes the message's headers of those of its outermost layer
   */
  OutboundMessage(
      Partnership partnership, Seal seal, Payload payload, UnaryOperator<Headers> around) {
    this(
        partnership,
        seal,
        payload,
        around,
        partnership.options().mdn().acceptedMics().isEmpty()
            ? Use.SEND
            : Use.SEND_AND_WEIGH); // as wrong ones are met each time
  }

  /**
   * A message that the partner took: its writes are for digests only. Where our key is gone, those
   * of what is compressed after it was signed are missing; no right MIC is among them.
   */
  static OutboundMessage delivered(
      Partnership partnership, Seal seal, Payload payload, Headers headers) {
    boolean signs = partnership.signature().isPresent();
    return new OutboundMessage(
        partnership,
        seal,
        payload,
        layer -> headers,
        signs && partnership.signing().isEmpty() ? Use.WEIGH : Use.SEND_AND_WEIGH);
  }

  private OutboundMessage(
      Partnership partnership, Seal seal, Payload payload, UnaryOperator<Headers> around, Use use) {
    this.partnership = partnership;
    this.seal = seal;
    this.payload = payload;
    this.around = around;
    this.use = use;
    this.layers =
        Layer.order(partnership.connector().as2(), partnership.options().packing().layerOrder());
    this.outermost = pack(payloadPart());
    this.headers = around.apply(outermost.headers());
  }

  /**
   * All digests that partners are known to state. Where no write took them, the message is written
   * once more, to nowhere: the seal makes it the same octets.
   *
   * @throws IOException where the file cannot be read again as it was
   */
  Map<MicScope, Map<DigestAlgorithm, byte[]>> knownDigests() throws IOException {
    OutboundMessage all =
        use == Use.SEND
            ? new OutboundMessage(partnership, seal, payload, around, Use.SEND_AND_WEIGH)
            : this;
    if (!all.isWeighed()) {
      all.writeBodyTo(OutputStream.nullOutputStream());
    }
    return all.digests();
  }

  /** Whether a write took the digests that the right MIC may have. */
  private boolean isWeighed() {
    return digests().containsKey(micScope());
  }

  /** Wraps the payload in each layer in turn; the first layer is the innermost. */
  private Entity pack(Entity part) {
    DigestTap tap = tapped(part, MicScope.PAYLOAD_ENTITY, MicScope.PAYLOAD_CONTENT);
    Entity entity = tap;
    for (Layer layer : layers) {
      if (use == Use.WEIGH && layer != Layer.COMPRESS) {
        break;
      }
      switch (layer) {
        case COMPRESS -> {
          tap = tapped(compressed(entity), MicScope.COMPRESSED_ENTITY, MicScope.COMPRESSED_CONTENT);
          entity = tap;
        }
        case SIGN -> entity = new SignedEntity(tap, signer(), frame());
        case ENCRYPT -> entity = new EncryptedEntity(entity, seal.contentKey().orElseThrow());
        default -> throw new AssertionError(layer);
      }
    }
    return entity;
  }

  private Entity compressed(Entity entity) {
    return new CompressedEntity(entity, partnership.options().packing().compressionLevel());
  }

  private Entity payloadPart() {
    Packing packing = partnership.options().packing();
    boolean base64 = packing.transferEncoding() == TransferEncoding.BASE64 && !layers.isEmpty();
    Headers part =
        Headers.of(
            "Content-Type",
            payload.contentType(),
            "Content-Transfer-Encoding",
            base64 ? "base64" : "binary",
            "Content-Disposition",
            ContentDisposition.attachment(payload.fileName()));
    Entity plain = new ContentEntity(part, payload.content());
    if (!base64) {
      return plain;
    }
    DigestTap tap = new DigestTap(plain, Set.of(), wanted(MicScope.FILE_CONTENT));
    taps.put(MicScope.FILE_CONTENT, tap);
    return new Base64Entity(tap);
  }

  private DigestTap tapped(Entity entity, MicScope whole, MicScope body) {
    DigestTap tap = new DigestTap(entity, wanted(whole), wanted(body));
    taps.put(whole, tap);
    return tap;
  }

  private Set<DigestAlgorithm> wanted(MicScope scope) {
    if (use != Use.SEND) {
      return knownAlgorithms();
    }
    return scope == micScope() ? Set.copyOf(partnership.micAlgorithms()) : Set.of();
  }

  /** What a partner may have used for its MIC: what was asked for, and what products prefer. */
  private Set<DigestAlgorithm> knownAlgorithms() {
    Set<DigestAlgorithm> algorithms = EnumSet.of(DigestAlgorithm.SHA1, DigestAlgorithm.SHA256);
    algorithms.addAll(partnership.micAlgorithms());
    return algorithms;
  }

  private Signer signer() {
    Packing packing = partnership.options().packing();
    return new Signer(
        partnership.signingKey(),
        partnership.signing().orElseThrow().certificate(),
        partnership.signature().orElseThrow(),
        partnership.options().crypto().signaturePadding(),
        packing.signerCertificate() == SignerCertificate.INCLUDED,
        packing.algorithmProtection());
  }

  private SignedEntity.Frame frame() {
    return new SignedEntity.Frame(
        seal.boundary(),
        partnership
            .options()
            .packing()
            .micalgSpelling()
            .name(partnership.signature().orElseThrow()),
        seal.date());
  }

  /** The layers, innermost first. */
  List<Layer> layers() {
    return layers;
  }

  /** The octets that the MIC is to be over (RFC 4130 §7.3.1, RFC 5402 §4). */
  MicScope micScope() {
    return MicScope.of(layers);
  }

  /**
   * The digests of the last complete write, by what they are over; none before one, and none after
   * one that broke off.
   */
  Map<MicScope, Map<DigestAlgorithm, byte[]>> digests() {
    Map<MicScope, Map<DigestAlgorithm, byte[]>> all = new EnumMap<>(MicScope.class);
    taps.forEach((scope, tap) -> tap.digests().ifPresent(d -> add(all, scope, d)));
    if (use != Use.SEND) {
      all.put(MicScope.NOTHING, nothing());
    }
    return all;
  }

  private static void add(
      Map<MicScope, Map<DigestAlgorithm, byte[]>> all, MicScope scope, DigestTap.Digests digests) {
    switch (scope) {
      case FILE_CONTENT -> all.put(scope, digests.body());
      case COMPRESSED_ENTITY -> {
        all.put(scope, digests.entity());
        all.put(MicScope.COMPRESSED_CONTENT, digests.body());
      }
      default -> {
        all.put(scope, digests.entity());
        all.put(MicScope.PAYLOAD_CONTENT, digests.body());
      }
    }
  }

  private Map<DigestAlgorithm, byte[]> nothing() {
    Map<DigestAlgorithm, byte[]> digests = new EnumMap<>(DigestAlgorithm.class);
    knownAlgorithms().forEach(a -> digests.put(a, a.newDigest().digest()));
    return digests;
  }

  @Override
  public Headers headers() {
    return headers;
  }

  @Override
  public OptionalLong bodyLength() {
    return outermost.bodyLength();
  }

  @Override
  public void writeBodyTo(OutputStream out) throws IOException {
    outermost.writeBodyTo(out);
  }
}
