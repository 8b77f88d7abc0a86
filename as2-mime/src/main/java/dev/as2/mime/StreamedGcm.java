package dev.as2.mime;

import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * AES-GCM in constant memory, both ways and up to GCM's own bound: Bouncy Castle's, around the
 * JDK's AES. The JDK's own is many times faster, but takes 2 GiB at the most, and decrypts nothing
 * before it has the whole ciphertext in memory. Holds 8 KiB of tables. Used by one thread.
 */
final class StreamedGcm implements ContentEncryption {
  /** The longest content under one key and nonce: 64 GiB (NIST SP 800-38D §5.2.1.1). */
  static final long MAX_BYTES = (1L << 36) - 32;

  private final GCMModeCipher gcm;
  private final int tagBytes;

  enum Direction {
    ENCRYPT,
    DECRYPT
  }

  StreamedGcm(byte[] key, byte[] nonce, Direction direction) {
    this(key, nonce, ContentCipher.TAG_BYTES, direction);
  }

  StreamedGcm(byte[] key, byte[] nonce, int tagBytes, Direction direction) {
    this.tagBytes = tagBytes;
    this.gcm = GCMBlockCipher.newInstance(new JdkAes());
    gcm.init(
        direction == Direction.ENCRYPT,
        new AEADParameters(new KeyParameter(key), tagBytes * 8, nonce));
  }

  int tagBytes() {
    return tagBytes;
  }

  @Override
  public int update(byte[] octets, int offset, int length, byte[] target) {
    return gcm.processBytes(octets, offset, length, target, 0);
  }

  /** What is authenticated and not encrypted; may also come after the content. */
  void authenticate(byte[] octets) {
    gcm.processAADBytes(octets, 0, octets.length);
  }

  /**
   * {@inheritDoc}
   *
   * @throws AEADBadTagException on decryption, where the tag, which the last octets are, is wrong
   */
  @Override
  public int finish(byte[] octets, int offset, int length, byte[] target)
      throws AEADBadTagException {
    int updated = update(octets, offset, length, target);
    try {
      return updated + gcm.doFinal(target, updated);
    } catch (InvalidCipherTextException e) {
      AEADBadTagException bad = new AEADBadTagException(e.getMessage());
      bad.initCause(e);
      throw bad;
    }
  }

  /** One block at a time, by the JDK: twice as fast as in plain Java. */
  private static final class JdkAes implements BlockCipher {
    private static final int BLOCK_BYTES = 16;

    private final Cipher aes;

    JdkAes() {
      try {
        this.aes = Cipher.getInstance("AES/ECB/NoPadding");
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every JDK has AES", e);
      }
    }

    @Override
    public void init(boolean encrypts, CipherParameters parameters) {
      byte[] key = ((KeyParameter) parameters).getKey();
      try {
        aes.init(
            encrypts ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"));
      } catch (GeneralSecurityException e) {
        throw new IllegalArgumentException(
            "the content key has " + key.length + " bytes, and fits no AES", e);
      }
    }

    @Override
    public String getAlgorithmName() {
      return "AES";
    }

    @Override
    public int getBlockSize() {
      return BLOCK_BYTES;
    }

    @Override
    public int processBlock(byte[] in, int inOffset, byte[] out, int outOffset) {
      try {
        return aes.update(in, inOffset, BLOCK_BYTES, out, outOffset);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("a block is a block", e);
      }
    }

    @Override
    public void reset() {
      // Whole blocks leave nothing behind.
    }
  }
}
