package dev.as2.conformance;

import dev.as2.core.HttpDate;
import dev.as2.core.Layer;
import dev.as2.core.MicScope;
import dev.as2.mime.Base64Entity;
import dev.as2.mime.CompressedEntity;
import dev.as2.mime.Content;
import dev.as2.mime.ContentEntity;
import dev.as2.mime.ContentKey;
import dev.as2.mime.DigestAlgorithm;
import dev.as2.mime.DigestTap;
import dev.as2.mime.EncryptedEntity;
import dev.as2.mime.Entity;
import dev.as2.mime.Headers;
import dev.as2.mime.SignedEntity;
import dev.as2.mime.Signer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes a message of a draft, with the engine's own layers. The engine's connectors can only make
 * honest messages; here each layer may be changed before the next one is put around it.
 */
final class Packer {
  private static final Set<DigestAlgorithm> ALL = EnumSet.allOf(DigestAlgorithm.class);

  private final Draft draft;
  private final Set<DigestAlgorithm> algorithms;
  private final Instant now;
  private final SecureRandom random;
  private final Map<MicScope, DigestTap> taps = new EnumMap<>(MicScope.class);

  private Packer(Draft draft, Instant now, SecureRandom random) {
    this.draft = draft;
    this.algorithms = draft.hasWrongMics() ? ALL : EnumSet.of(draft.mic());
    this.now = now;
    this.random = random;
  }

  /** Packs the draft. */
  static Parcel pack(Draft draft, Instant now, SecureRandom random) throws IOException {
    return new Packer(draft, now, random).parcel();
  }

  private Parcel parcel() throws IOException {
    Entity outermost = layered(payloadPart());
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    outermost.writeBodyTo(body);
    Headers headers = draft.headers().apply(as2Headers().plus(outermost.headers()));
    return new Parcel(
        draft.messageId(),
        draft.receipt(),
        headers,
        body.toByteArray(),
        new Parcel.Mics(MicScope.of(draft.stack()), List.of(draft.mic()), digests()));
  }

  private Entity payloadPart() throws IOException {
    Entity plain = new ContentEntity(draft.part(), Content.of(draft.payload()));
    DigestTap decoded = new DigestTap(plain, Set.of(), algorithms);
    taps.put(MicScope.FILE_CONTENT, decoded);
    return draft.payloadAlteration().of(draft.isBase64() ? new Base64Entity(decoded) : decoded);
  }

  private Entity layered(Entity part) throws IOException {
    DigestTap tap = tapped(part, MicScope.PAYLOAD_ENTITY);
    Entity entity = tap;
    for (Layer layer : draft.stack()) {
      switch (layer) {
        case COMPRESS -> {
          tap =
              tapped(
                  draft.alteration(layer).of(new CompressedEntity(entity)),
                  MicScope.COMPRESSED_ENTITY);
          entity = tap;
        }
        case SIGN -> entity = draft.alteration(layer).of(signed(tap));
        case ENCRYPT -> entity = draft.alteration(layer).of(encrypted(entity));
        default -> throw new AssertionError(layer);
      }
    }
    return entity;
  }

  private DigestTap tapped(Entity entity, MicScope scope) {
    DigestTap tap = new DigestTap(entity, algorithms);
    taps.put(scope, tap);
    return tap;
  }

  private Entity signed(DigestTap content) {
    Signer signer =
        new Signer(
            draft.signingKey(),
            draft.endpoint().us().certificate(),
            draft.digest(),
            draft.signerIncluded(),
            draft.protectsAlgorithm());
    return new SignedEntity(
        content,
        signer,
        new SignedEntity.Frame(
            "as2-" + Long.toHexString(random.nextLong()), draft.digest().rfc5751Name(), now));
  }

  private Entity encrypted(Entity content) throws IOException {
    try {
      return new EncryptedEntity(
          content, ContentKey.draw(draft.cipher(), draft.recipients(), random));
    } catch (GeneralSecurityException e) {
      throw new IOException("the partner's certificate cannot be encrypted to", e);
    }
  }

  private Map<MicScope, Map<DigestAlgorithm, byte[]>> digests() {
    Map<MicScope, Map<DigestAlgorithm, byte[]>> all = new EnumMap<>(MicScope.class);
    taps.forEach((scope, tap) ->
        tap.digests()
            .ifPresent(d -> {
              switch (scope) {
                case FILE_CONTENT -> all.put(scope, d.body());
                case COMPRESSED_ENTITY -> {
                  all.put(scope, d.entity());
                  all.put(MicScope.COMPRESSED_CONTENT, d.body());
                }
                default -> {
                  all.put(scope, d.entity());
                  all.put(MicScope.PAYLOAD_CONTENT, d.body());
                }
              }
            }));
    Map<DigestAlgorithm, byte[]> nothing = new EnumMap<>(DigestAlgorithm.class);
    algorithms.forEach(a -> nothing.put(a, a.newDigest().digest()));
    all.put(MicScope.NOTHING, nothing);
    return all;
  }

  private Headers as2Headers() {
    Headers headers =
        Headers.of(
            "AS2-Version",
            "1.1",
            "AS2-From",
            draft.from().toHeader(),
            "AS2-To",
            draft.to().toHeader(),
            "Message-ID",
            draft.messageId().toHeader(),
            "Date",
            HttpDate.of(now),
            "Subject",
            "Conformance test",
            "MIME-Version",
            "1.0",
            "User-Agent",
            "as2-conformance/0.1");
    if (draft.receipt() == Receipt.NONE) {
      return headers;
    }
    headers = headers.plus("Disposition-Notification-To", "mdn@as2.invalid");
    String options = draft.receiptOptions().orElseGet(this::receiptOptions);
    return options.isEmpty() ? headers : headers.plus("Disposition-Notification-Options", options);
  }

  private String receiptOptions() {
    String protocol =
        draft.receipt() == Receipt.SIGNED
            ? "signed-receipt-protocol=optional, pkcs7-signature; "
            : "";
    return protocol + "signed-receipt-micalg=optional, " + draft.digest().rfc5751Name();
  }
}
