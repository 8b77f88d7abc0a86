package dev.as2.mime;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Adds a multipart/signed layer (RFC 1847, RFC 8551 §3.5.3): the inner entity as it is, then its
 * signature. Holds the signature, a few KiB.
 *
 * <p>The signature is made at the first write and kept: further writes give the same octets, or
 * fail where the content has become another. Another instance with the same content, signer and
 * frame makes the same signature.
 */
public final class SignedEntity implements Entity {
  private static final Headers SIGNATURE_HEADERS =
      Headers.of(
          "Content-Type", "application/pkcs7-signature; name=\"smime.p7s\"",
          "Content-Transfer-Encoding", "binary",
          "Content-Disposition", "attachment; filename=\"smime.p7s\"");

  private final DigestTap inner;
  private final Signer signer;
  private final Frame frame;
  private volatile Optional<MadeSignature> made = Optional.empty();

  /**
   * What does not follow from content and key.
   *
   * @param boundary between the parts; never occurs in a content, being random; the salt of an
   *     RSASSA-PSS signature is made of it, too
   * @param micalg the digest's name in the Content-Type
   * @param signingTime the time to state
   */
  public record Frame(String boundary, String micalg, Instant signingTime) {}

  /**
   * A signature once made, and the digest that it is over.
   *
   * @param digest of the signed entity
   * @param octets the CMS signature
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record MadeSignature(byte[] digest, byte[] octets) {}

  /**
   * @param inner digests what is signed, with the signer's algorithm among others
   */
  public SignedEntity(DigestTap inner, Signer signer, Frame frame) {
    this.inner = inner;
    this.signer = signer;
    this.frame = frame;
  }

  /** The signature, once a complete write has made it. */
  public Optional<MadeSignature> made() {
    return made;
  }

  @Override
  public Headers headers() {
    return Headers.of(
        "Content-Type",
        "multipart/signed; protocol=\"application/pkcs7-signature\"; micalg=%s; boundary=\"%s\""
            .formatted(frame.micalg(), frame.boundary()));
  }

  @Override
  public OptionalLong bodyLength() {
    OptionalLong content = inner.length();
    if (content.isEmpty()) {
      return content;
    }
    long around =
        opening().length
            + between().length
            + SIGNATURE_HEADERS.toBytes().length
            + signer.signatureLength(frame.signingTime())
            + closing().length;
    return OptionalLong.of(content.getAsLong() + around);
  }

  @Override
  public void writeBodyTo(OutputStream out) throws IOException {
    out.write(opening());
    inner.writeTo(out);
    byte[] signature = signature();
    out.write(between());
    out.write(SIGNATURE_HEADERS.toBytes());
    out.write(signature);
    out.write(closing());
  }

  private byte[] signature() throws IOException {
    byte[] digest = digest();
    if (made.isPresent()) {
      if (!MessageDigest.isEqual(digest, made.get().digest())) {
        throw new ContentChangedException("the content is not the one that was signed before");
      }
      return made.get().octets();
    }
    try {
      byte[] octets = signer.sign(digest, frame);
      made = Optional.of(new MadeSignature(digest, octets));
      return octets;
    } catch (GeneralSecurityException e) {
      throw new SigningException("signing failed: " + e.getMessage(), e);
    }
  }

  private byte[] digest() {
    byte[] digest = inner.digests().orElseThrow().entity().get(signer.algorithm());
    if (digest == null) {
      throw new IllegalStateException("what is signed is not digested with " + signer.algorithm());
    }
    return digest;
  }

  private byte[] opening() {
    return ascii("--" + frame.boundary() + "\r\n");
  }

  /** The line break before a boundary belongs to it and is not signed (RFC 2046 §5.1.1). */
  private byte[] between() {
    return ascii("\r\n--" + frame.boundary() + "\r\n");
  }

  private byte[] closing() {
    return ascii("\r\n--" + frame.boundary() + "--\r\n");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
