package dev.as2.mime;

import static dev.as2.mime.Asn1.encoded;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.OptionalLong;
import javax.crypto.Cipher;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;

/**
 * Adds an enveloped-data layer (RFC 5652 §6, RFC 8551 §3.3). DER where the inner length is known
 * and below 2 GiB, BER otherwise. Holds 16 KiB.
 */
public final class EncryptedEntity implements Entity {
  /**
   * What is encrypted at a time: long enough for the cipher, and short enough for the core's
   * nearest cache, and for the JVM to see soon that this has to be fast.
   */
  private static final int PIECE_BYTES = 8 << 10;

  private final Entity inner;
  private final ContentKey key;
  private final OctetStringFrame frame;

  public EncryptedEntity(Entity inner, ContentKey key) {
    this.inner = inner;
    this.key = key;
    ByteArrayOutputStream versionAndRecipients = new ByteArrayOutputStream();
    versionAndRecipients.writeBytes(encoded(new ASN1Integer(0)));
    versionAndRecipients.writeBytes(key.recipientInfos());
    this.frame =
        new OctetStringFrame(
            List.of(
                new OctetStringFrame.Level(0x30, encoded(CMSObjectIdentifiers.envelopedData)),
                new OctetStringFrame.Level(0xA0, new byte[0]),
                new OctetStringFrame.Level(0x30, versionAndRecipients.toByteArray()),
                new OctetStringFrame.Level(
                    0x30, encoded(CMSObjectIdentifiers.data, key.algorithm()))),
            0x80);
  }

  @Override
  public Headers headers() {
    return Headers.of(
        "Content-Type", "application/pkcs7-mime; smime-type=enveloped-data; name=\"smime.p7m\"",
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
        ? OptionalLong.of(key.cipher().paddedLength(plain.getAsLong()))
        : plain;
  }

  @Override
  public void writeBodyTo(OutputStream out) throws IOException {
    frame.write(out, encryptedLength(), this::encryptTo);
  }

  private void encryptTo(OutputStream out) throws IOException {
    Encrypting encrypting = new Encrypting(out, key.newCipher());
    inner.writeTo(encrypting);
    encrypting.finish(); // only now: a failed write must leave no proper padding
  }

  /**
   * Encrypts long writes piece by piece, straight from their array, and gathers short ones first:
   * the cipher is at its best on some KiB at a time.
   */
  private static final class Encrypting extends OutputStream {
    private final OutputStream out;
    private final Cipher cipher;
    private final byte[] gathered = new byte[PIECE_BYTES];
    private final byte[] encrypted = new byte[PIECE_BYTES + 64]; // and what the cipher kept
    private int filled;

    Encrypting(OutputStream out, Cipher cipher) {
      this.out = out;
      this.cipher = cipher;
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
      try {
        for (int done = 0; done < length; done += PIECE_BYTES) {
          int piece = Math.min(PIECE_BYTES, length - done);
          out.write(encrypted, 0, cipher.update(octets, offset + done, piece, encrypted));
        }
      } catch (GeneralSecurityException e) {
        throw new IOException("the cipher failed", e);
      }
    }

    void finish() throws IOException {
      try {
        out.write(encrypted, 0, cipher.doFinal(gathered, 0, filled, encrypted));
      } catch (GeneralSecurityException e) {
        throw new IOException("the cipher failed", e);
      }
    }
  }
}
