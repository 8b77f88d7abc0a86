package dev.as2.mime;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;

/** A content that is being encrypted, piece by piece. Used once, by one thread. */
interface ContentEncryption {
  /**
   * Encrypts a piece; what does not fill a block may be kept for the next one.
   *
   * @return how many octets were written to {@code target}
   */
  int update(byte[] octets, int offset, int length, byte[] target) throws GeneralSecurityException;

  /**
   * Encrypts the last piece, and adds the padding or the tag.
   *
   * @return how many octets were written to {@code target}
   */
  int finish(byte[] octets, int offset, int length, byte[] target) throws GeneralSecurityException;

  /** By a cipher of the JCA. */
  static ContentEncryption of(Cipher cipher) {
    return new ContentEncryption() {
      @Override
      public int update(byte[] octets, int offset, int length, byte[] target)
          throws GeneralSecurityException {
        return cipher.update(octets, offset, length, target);
      }

      @Override
      public int finish(byte[] octets, int offset, int length, byte[] target)
          throws GeneralSecurityException {
        return cipher.doFinal(octets, offset, length, target);
      }
    };
  }
}
