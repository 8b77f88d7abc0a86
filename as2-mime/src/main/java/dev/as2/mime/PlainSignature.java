package dev.as2.mime;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import javax.crypto.Cipher;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.DigestInfo;
import org.bouncycastle.cms.SignerInformation;

/**
 * An RSA signature without signed attributes, over the content itself (RFC 5652 §5.4).
 *
 * <p>The JDK has no signature algorithm that starts from a digest, so the padded DigestInfo is
 * recovered with the public key and compared as a whole (RFC 8017 §8.2.2).
 */
final class PlainSignature {
  private PlainSignature() {}

  /** Whether the signature is of the content digest that {@code signer} was given. */
  static boolean verify(SignerInformation signer, PublicKey key) {
    byte[] digest = signer.getContentDigest();
    if (digest == null || !(key instanceof RSAPublicKey)) {
      return false;
    }
    ASN1ObjectIdentifier algorithm = signer.getDigestAlgorithmID().getAlgorithm();
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
