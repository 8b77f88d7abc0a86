package dev.as2.daemon.state;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts with AES-256-GCM (NIST SP 800-38D), each time under a key of its own: HMAC-SHA-256 of a
 * random salt (NIST SP 800-108, with one block). With random IVs alone a key is used up after 2^32
 * encryptions, which a busy daemon reaches within weeks. Safe for use by several threads.
 *
 * <p>What is sealed: one octet for the version of this form, 32 of salt, the ciphertext, and 16 of
 * tag. The IV is zero: no key is used twice.
 */
final class GcmKey {
  /** The octets of a key. */
  static final int BYTES = 32;

  private static final byte VERSION = 1;
  private static final int SALT_BYTES = 32;
  private static final int TAG_BITS = 128;
  private static final byte[] IV = new byte[12];

  private final SecretKeySpec root;

  GcmKey(byte[] octets) {
    this.root = new SecretKeySpec(octets, "HmacSHA256");
  }

  /**
   * @param bound what has to be said again to open it; not part of the result
   */
  byte[] seal(SecureRandom random, byte[] bound, byte[] plain) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    try {
      byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, salt, bound).doFinal(plain);
      return ByteBuffer.allocate(1 + SALT_BYTES + encrypted.length)
          .put(VERSION)
          .put(salt)
          .put(encrypted)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES-GCM", e);
    }
  }

  /**
   * @throws GeneralSecurityException where it was sealed with another key or for another place, or
   *     was altered
   */
  byte[] open(byte[] bound, byte[] sealed) throws GeneralSecurityException {
    int content = 1 + SALT_BYTES;
    if (sealed.length < content + TAG_BITS / Byte.SIZE || sealed[0] != VERSION) {
      throw new AEADBadTagException("not of a known form");
    }
    byte[] salt = Arrays.copyOfRange(sealed, 1, content);
    return cipher(Cipher.DECRYPT_MODE, salt, bound)
        .doFinal(sealed, content, sealed.length - content);
  }

  private Cipher cipher(int mode, byte[] salt, byte[] bound) throws GeneralSecurityException {
    Mac derivation = Mac.getInstance("HmacSHA256");
    derivation.init(root);
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    SecretKeySpec once = new SecretKeySpec(derivation.doFinal(salt), "AES");
    cipher.init(mode, once, new GCMParameterSpec(TAG_BITS, IV));
    cipher.updateAAD(bound);
    return cipher;
  }

  /** Nothing of the key. */
  @Override
  public String toString() {
    return "GcmKey";
  }
}
