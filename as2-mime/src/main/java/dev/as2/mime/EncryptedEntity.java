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
 * and below 2 GiB, BER otherwise. Holds two blocks of {@value #BLOCK_BYTES} bytes.
 */
public final class EncryptedEntity implements Entity {
  private static final int BLOCK_BYTES = 64 << 10;

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

  /** Gathers plain octets into whole blocks, so that the cipher runs on long arrays. */
  private static final class Encrypting extends OutputStream {
    private final OutputStream out;
    private final Cipher cipher;
    private final byte[] plain = new byte[BLOCK_BYTES];
    private final byte[] encrypted = new byte[BLOCK_BYTES + 64];
    private int filled;

    Encrypting(OutputStream out, Cipher cipher) {
      this.out = out;
      this.cipher = cipher;
    }

    @Override
    public void write(int octet) throws IOException {
      plain[filled++] = (byte) octet;
      if (filled == plain.length) {
        encrypt(plain, 0, filled);
        filled = 0;
      }
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
      int from = offset;
      int left = length;
      while (left > 0) {
        if (filled == 0 && left >= plain.length) {
          encrypt(octets, from, plain.length);
          from += plain.length;
          left -= plain.length;
          continue;
        }
        int n = Math.min(left, plain.length - filled);
        System.arraycopy(octets, from, plain, filled, n);
        filled += n;
        from += n;
        left -= n;
        if (filled == plain.length) {
          encrypt(plain, 0, filled);
          filled = 0;
        }
      }
    }

    private void encrypt(byte[] octets, int offset, int length) throws IOException {
      try {
        out.write(encrypted, 0, cipher.update(octets, offset, length, encrypted));
      } catch (GeneralSecurityException e) {
        throw new IOException("the cipher failed", e);
      }
    }

    void finish() throws IOException {
      encrypt(plain, 0, filled);
      filled = 0;
      try {
        out.write(cipher.doFinal());
      } catch (GeneralSecurityException e) {
        throw new IOException("the cipher failed", e);
      }
    }
  }
}
