package dev.as2.mime;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import javax.crypto.Cipher;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.DigestInfo;
import org.bouncycastle.cms.SignerInformation;

/**
 * A signature without signed attributes, over the content itself (RFC 5652 §5.4), verified from the
 * content's digest.
 *
 * <p>The JDK has no RSA signature algorithm that starts from a digest. For PKCS #1 v1.5, the padded
 * DigestInfo is recovered with the public key and compared as a whole (RFC 8017 §8.2.2).
 */
final class PlainSignature {
  private PlainSignature() {}

  /** Whether the signature is of the content digest that {@code signer} was given. */
  static boolean verify(SignerInformation signer, PublicKey key) {
    byte[] digest = signer.getContentDigest();
    if (digest == null) {
      return false;
    }
    if (key instanceof ECPublicKey) {
      return isEcdsa(digest, signer.getSignature(), key);
    }
    if (!(key instanceof RSAPublicKey rsa)) {
      return false;
    }
    return PssSignature.isOf(signer)
        ? new PssSignature(signer, rsa).isOver(digest)
        : isPkcs1(signer, key);
  }

  private static boolean isEcdsa(byte[] digest, byte[] made, PublicKey key) {
    try {
      Signature signature = Signature.getInstance("NONEwithECDSA");
      signature.initVerify(key);
      signature.update(digest);
      return signature.verify(made);
    } catch (GeneralSecurityException e) {
      // No ECDSA signature at all, or by a key of another curve.
      return false;
    }
  }

  private static boolean isPkcs1(SignerInformation signer, PublicKey key) {
    ASN1ObjectIdentifier algorithm = signer.getDigestAlgorithmID().getAlgorithm();
    byte[] digest = signer.getContentDigest();
    try {
      Cipher rsa = Cipher.getInstance("RSA/ECB/PKCS1Padding");
      rsa.init(Cipher.DECRYPT_MODE, key);
      byte[] recovered = rsa.doFinal(signer.getSignature());
      return MessageDigest.isEqual(
              recovered, encoded(new AlgorithmIdentifier(algorithm, DERNull.INSTANCE), digest))
          || MessageDigest.isEqual(recovered, encoded(new AlgorithmIdentifier(algorithm), digest));
    } catch (GeneralSecurityException e) {
      // The padding is not that of a signature by this key.
      return false;
    }
  }

  private static byte[] encoded(AlgorithmIdentifier algorithm, byte[] digest) {
    try {
      return new DigestInfo(algorithm, digest).getEncoded(ASN1Encoding.DER);
    } catch (IOException e) {
      throw new IllegalStateException("a digest can always be encoded", e);
    }
  }
}
