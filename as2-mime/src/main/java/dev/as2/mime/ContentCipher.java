package dev.as2.mime;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;

/** The ciphers of enveloped-data (RFC 3565, RFC 3370 §5.1). Triple DES is for old partners only. */
public enum ContentCipher {
  AES128_CBC("AES", 16, 16, NISTObjectIdentifiers.id_aes128_CBC),
  AES192_CBC("AES", 24, 16, NISTObjectIdentifiers.id_aes192_CBC),
  AES256_CBC("AES", 32, 16, NISTObjectIdentifiers.id_aes256_CBC),
  DES_EDE3_CBC("DESede", 24, 8, PKCSObjectIdentifiers.des_EDE3_CBC);

  private final String keyAlgorithm;
  private final int keyBytes;
  private final int blockBytes;
  private final ASN1ObjectIdentifier oid;

  ContentCipher(String keyAlgorithm, int keyBytes, int blockBytes, ASN1ObjectIdentifier oid) {
    this.keyAlgorithm = keyAlgorithm;
    this.keyBytes = keyBytes;
    this.blockBytes = blockBytes;
    this.oid = oid;
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

  int blockBytes() {
    return blockBytes;
  }

  ASN1ObjectIdentifier oid() {
    return oid;
  }

  String transformation() {
    return keyAlgorithm + "/CBC/PKCS5Padding";
  }

  /** Length of the ciphertext of {@code plain} bytes: always padded, by one block at most. */
  long paddedLength(long plain) {
    return (plain / blockBytes + 1) * blockBytes;
  }
}
