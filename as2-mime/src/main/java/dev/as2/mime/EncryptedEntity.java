package dev.as2.mime;

import static dev.as2.mime.Asn1.encoded;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.OptionalLong;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;

/**
 * Adds an enveloped-data layer (RFC 5652 §6, RFC 8551 §3.3), or with GCM an authEnveloped-data
 * layer (RFC 5083 §2, RFC 8551 §3.4), whose tag follows the content. DER where the inner length is
 * known and below 2 GiB, BER otherwise. Holds 16 KiB.
 */
public final class EncryptedEntity implements Entity {
  /**
   * What is encrypted at a time: long enough for the cipher, and short enough for the core's
   * nearest cache, and for the JVM to see soon that this has to be fast.
   */
  private static final int PIECE_BYTES = 8 << 10;

  private static final String TOO_LONG =
      "the content is longer than the 64 GiB that AES-GCM takes; use a CBC cipher";

  private final Entity inner;
  private final ContentKey key;
  private final OctetStringFrame frame;

  /**
   * @throws IllegalArgumentException where the content is known to be longer than GCM takes, 64 GiB
   */
  public EncryptedEntity(Entity inner, ContentKey key) {
    this.inner = inner;
    this.key = key;
    boolean authenticated = key.cipher().isAuthenticated();
    if (authenticated && inner.length().orElse(0) > StreamedGcm.MAX_BYTES) {
      throw new IllegalArgumentException(TOO_LONG);
    }
    ByteArrayOutputStream versionAndRecipients = new ByteArrayOutputStream();
    versionAndRecipients.writeBytes(encoded(new ASN1Integer(0)));
    versionAndRecipients.writeBytes(key.recipientInfos());
    this.frame =
        new OctetStringFrame(
            List.of(
                new OctetStringFrame.Level(
                    0x30,
                    encoded(
                        authenticated
                            ? CMSObjectIdentifiers.authEnvelopedData
                            : CMSObjectIdentifiers.envelopedData)),
                new OctetStringFrame.Level(0xA0, new byte[0]),
                new OctetStringFrame.Level(
                    0x30,
                    versionAndRecipients.toByteArray(),
                    authenticated ? element(new byte[ContentCipher.TAG_BYTES]).length : 0),
                new OctetStringFrame.Level(
                    0x30, encoded(CMSObjectIdentifiers.data, key.algorithm()))),
            0x80);
  }

  private static byte[] element(byte[] octets) {
    return encoded(new DEROctetString(octets));
  }

  @Override
  public Headers headers() {
    return Headers.of(
        "Content-Type",
            "application/pkcs7-mime; smime-type=%s; name=\"smime.p7m\""
                .formatted(
                    key.cipher().isAuthenticated() ? "authEnveloped-data" : "enveloped-data"),
        "Content-Transfer-Encoding", "binary",
        "Content-Disposition", "attachment; filename=\"smime.p7m\"");
  }

  @Override
  public OptionalLong bodyLength() {
    return frame.length(encryptedLength());
  }

  private OptionalLong encryptedLength() {
    OptionalLong plain = inner.length();
    return plain.isPresent()
        ? OptionalLong.of(key.cipher().encryptedLength(plain.getAsLong()))
        : plain;
  }

  @Override
  public void writeBodyTo(OutputStream out) throws IOException {
    byte[] tag = new byte[key.cipher().isAuthenticated() ? ContentCipher.TAG_BYTES : 0];
    frame.write(
        out,
        encryptedLength(),
        content -> encryptTo(content, tag),
        () -> tag.length == 0 ? tag : element(tag));
  }

  private void encryptTo(OutputStream out, byte[] tag) throws IOException {
    Encrypting encrypting = new Encrypting(out, key.newEncryption(inner.length()), tag);
    inner.writeTo(encrypting);
    encrypting.finish(); // only now: a failed write must leave no proper padding, and no tag
  }

  /**
   * Encrypts long writes piece by piece, straight from their array, and gathers short ones first:
   * the cipher is at its best on some KiB at a time.
   */
  private static final class Encrypting extends OutputStream {
    private final OutputStream out;
    private final ContentEncryption encryption;
    private final byte[] tag;
    private final byte[] gathered = new byte[PIECE_BYTES];
    private final byte[] encrypted = new byte[PIECE_BYTES + 64]; // and what the cipher kept
    private int filled;
    private long taken;

    /**
     * @param tag takes the tag, and is empty where there is none
     */
    Encrypting(OutputStream out, ContentEncryption encryption, byte[] tag) {
      this.out = out;
      this.encryption = encryption;
      this.tag = tag;
    }

    @Override
    public void write(int octet) throws IOException {
      if (filled == gathered.length) {
        encryptGathered();
      }
      gathered[filled++] = (byte) octet;
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
      if (length > gathered.length - filled) {
        encryptGathered();
      }
      if (length > gathered.length) {
        encrypt(octets, offset, length);
      } else {
        System.arraycopy(octets, offset, gathered, filled, length);
        filled += length;
      }
    }

    private void encryptGathered() throws IOException {
      encrypt(gathered, 0, filled);
      filled = 0;
    }

    private void encrypt(byte[] octets, int offset, int length) throws IOException {
      count(length);
      try {
        for (int done = 0; done < length; done += PIECE_BYTES) {
          int piece = Math.min(PIECE_BYTES, length - done);
          out.write(encrypted, 0, encryption.update(octets, offset + done, piece, encrypted));
        }
      } catch (GeneralSecurityException e) {
        throw new IOException("the cipher failed", e);
      }
    }

    private void count(int length) throws IOException {
      taken += length;
      if (tag.length > 0 && taken > StreamedGcm.MAX_BYTES) {
        throw new IOException(TOO_LONG);
      }
    }

    void finish() throws IOException {
      count(filled);
      try {
        int last = encryption.finish(gathered, 0, filled, encrypted);
        System.arraycopy(encrypted, last - tag.length, tag, 0, tag.length);
        out.write(encrypted, 0, last - tag.length);
      } catch (GeneralSecurityException e) {
        throw new IOException("the cipher failed", e);
      }
    }
  }
}
