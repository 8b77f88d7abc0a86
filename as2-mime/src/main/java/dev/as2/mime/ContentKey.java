package dev.as2.mime;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.KeyTransRecipientInfo;
import org.bouncycastle.asn1.cms.RecipientIdentifier;
import org.bouncycastle.asn1.cms.RecipientInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Certificate;

/**
 * Everything about one encryption that was drawn at random: the content key, the initialisation
 * vector, and the key wrapped for each recipient. With it, the same content gives the same octets
 * again. It is a secret. Immutable.
 */
public final class ContentKey {
  /** The JDK counts the octets of GCM in 31 bits. */
  private static final long JDK_GCM_BYTES = Integer.MAX_VALUE - 1024;

  private final ContentCipher cipher;
  private final SecretKey key;
  private final byte[] iv;
  private final byte[] recipientInfos;

  private ContentKey(ContentCipher cipher, SecretKey key, byte[] iv, byte[] recipientInfos) {
    this.cipher = cipher;
    this.key = key;
    this.iv = iv;
    this.recipientInfos = recipientInfos;
  }

  /**
   * Draws a key and wraps it for each recipient by {@link KeyTransport#PKCS1}.
   *
   * @throws GeneralSecurityException where a certificate's key is not RSA or cannot be used
   */
  public static ContentKey draw(
      ContentCipher cipher, List<X509Certificate> recipients, SecureRandom random)
      throws GeneralSecurityException {
    return draw(cipher, KeyTransport.PKCS1, recipients, random);
  }

  /**
   * Draws a key and wraps it for each recipient with RSA, named by issuer and serial number.
   *
   * @throws GeneralSecurityException where a certificate's key is not RSA or cannot be used
   */
  public static ContentKey draw(
      ContentCipher cipher,
      KeyTransport transport,
      List<X509Certificate> recipients,
      SecureRandom random)
      throws GeneralSecurityException {
    KeyGenerator generator = KeyGenerator.getInstance(cipher.keyAlgorithm());
    generator.init(cipher.keyBits(), random);
    SecretKey key = generator.generateKey();
    byte[] iv = new byte[cipher.ivBytes()];
    random.nextBytes(iv);
    List<ASN1Encodable> infos = new ArrayList<>();
    for (X509Certificate recipient : recipients) {
      infos.add(
          recipientInfo(
              transport, recipient, transport.wrap(key, recipient.getPublicKey(), random)));
    }
    return new ContentKey(
        cipher, key, iv, Asn1.encoded(new DERSet(infos.toArray(ASN1Encodable[]::new))));
  }

  /**
   * What {@link #encoded} has given.
   *
   * @throws IllegalArgumentException where it is something else
   */
  public static ContentKey decoded(byte[] octets) {
    ASN1Sequence parts = ASN1Sequence.getInstance(octets);
    if (parts.size() != 4) {
      throw new IllegalArgumentException("a content key has 4 parts, not " + parts.size());
    }
    ContentCipher cipher =
        ContentCipher.valueOf(ASN1UTF8String.getInstance(parts.getObjectAt(0)).getString());
    byte[] key = ASN1OctetString.getInstance(parts.getObjectAt(1)).getOctets();
    byte[] iv = ASN1OctetString.getInstance(parts.getObjectAt(2)).getOctets();
    ASN1Set recipientInfos = ASN1Set.getInstance(parts.getObjectAt(3));
    if (key.length != cipher.keyBytes() || iv.length != cipher.ivBytes()) {
      throw new IllegalArgumentException("the key or its vector does not fit " + cipher);
    }
    return new ContentKey(
        cipher, new SecretKeySpec(key, cipher.keyAlgorithm()), iv, Asn1.encoded(recipientInfos));
  }

  /** All of it, the key in the clear: to be kept where it stays a secret. */
  public byte[] encoded() {
    return Asn1.encoded(
        new DERSequence(
            new ASN1Encodable[] {
              new DERUTF8String(cipher.name()),
              new DEROctetString(key.getEncoded()),
              new DEROctetString(iv),
              ASN1Set.getInstance(recipientInfos)
            }));
  }

  private static RecipientInfo recipientInfo(
      KeyTransport transport, X509Certificate recipient, byte[] wrapped)
      throws GeneralSecurityException {
    Certificate certificate = Certificate.getInstance(recipient.getEncoded());
    return new RecipientInfo(
        new KeyTransRecipientInfo(
            new RecipientIdentifier(new IssuerAndSerialNumber(certificate)),
            transport.identifier(),
            new DEROctetString(wrapped)));
  }

  ContentCipher cipher() {
    return cipher;
  }

  /** The recipients' SET, in DER. */
  byte[] recipientInfos() {
    return recipientInfos.clone();
  }

  AlgorithmIdentifier algorithm() {
    return new AlgorithmIdentifier(cipher.oid(), cipher.parameters(iv));
  }

  /**
   * A cipher at the beginning of a content: the JDK's, but for GCM of what is or may be longer than
   * its bound of 2 GiB.
   */
  ContentEncryption newEncryption(OptionalLong plainLength) {
    if (cipher.isAuthenticated() && plainLength.orElse(Long.MAX_VALUE) > JDK_GCM_BYTES) {
      return new StreamedGcm(key.getEncoded(), iv, StreamedGcm.Direction.ENCRYPT);
    }
    try {
      Cipher fresh = Cipher.getInstance(cipher.transformation());
      fresh.init(Cipher.ENCRYPT_MODE, key, cipher.specification(iv));
      return ContentEncryption.of(fresh);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + cipher.transformation(), e);
    }
  }

  /** The cipher's name alone. */
  @Override
  public String toString() {
    return "ContentKey[" + cipher + "]";
  }
}
