package dev.as2.mime;

import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.cms.GCMParameters;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;

/**
 * The ciphers of messages: CBC for enveloped-data (RFC 3565, RFC 3370 §5.1), GCM for
 * authEnveloped-data (RFC 5084 §3.2). Triple DES is for old partners only.
 */
public enum ContentCipher {
  AES128_CBC("AES", 16, 16, NISTObjectIdentifiers.id_aes128_CBC),
  AES192_CBC("AES", 24, 16, NISTObjectIdentifiers.id_aes192_CBC),
  AES256_CBC("AES", 32, 16, NISTObjectIdentifiers.id_aes256_CBC),
  DES_EDE3_CBC("DESede", 24, 8, PKCSObjectIdentifiers.des_EDE3_CBC),
  AES128_GCM("AES", 16, ContentCipher.NONCE_BYTES, NISTObjectIdentifiers.id_aes128_GCM),
  AES192_GCM("AES", 24, ContentCipher.NONCE_BYTES, NISTObjectIdentifiers.id_aes192_GCM),
  AES256_GCM("AES", 32, ContentCipher.NONCE_BYTES, NISTObjectIdentifiers.id_aes256_GCM);

  /** Bytes of the tags that we make: the longest there are. */
  static final int TAG_BYTES = 16;

  /** What RFC 5084 §3.2 recommends. */
  private static final int NONCE_BYTES = 12;

  private final String keyAlgorithm;
  private final int keyBytes;
  private final int ivBytes;
  private final ASN1ObjectIdentifier oid;

  ContentCipher(String keyAlgorithm, int keyBytes, int ivBytes, ASN1ObjectIdentifier oid) {
    this.keyAlgorithm = keyAlgorithm;
    this.keyBytes = keyBytes;
    this.ivBytes = ivBytes;
    this.oid = oid;
  }

  /** Whether it proves by a tag at its end that nothing was changed. */
  public boolean isAuthenticated() {
    return ivBytes == NONCE_BYTES;
  }

  String keyAlgorithm() {
    return keyAlgorithm;
  }

  int keyBits() {
    return this == DES_EDE3_CBC ? 168 : keyBytes * 8;
  }

  int keyBytes() {
    return keyBytes;
  }

  /** Bytes of the initialisation vector, or of the nonce. */
  int ivBytes() {
    return ivBytes;
  }

  ASN1ObjectIdentifier oid() {
    return oid;
  }

  String transformation() {
    return keyAlgorithm + (isAuthenticated() ? "/GCM/NoPadding" : "/CBC/PKCS5Padding");
  }

  /** The vector as a structure has it. */
  ASN1Encodable parameters(byte[] iv) {
    return isAuthenticated() ? new GCMParameters(iv, TAG_BYTES) : new DEROctetString(iv);
  }

  /** The vector as the JDK takes it. */
  AlgorithmParameterSpec specification(byte[] iv) {
    return isAuthenticated() ? new GCMParameterSpec(TAG_BYTES * 8, iv) : new IvParameterSpec(iv);
  }

  /**
   * Length of the ciphertext of {@code plain} bytes: with CBC always padded, by one block at most;
   * with GCM the same, and the tag stands apart.
   */
  long encryptedLength(long plain) {
    return isAuthenticated() ? plain : (plain / ivBytes + 1) * ivBytes;
  }
}
