package dev.as2.mime;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.RSAKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource.PSpecified;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAESOAEPparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.jspecify.annotations.Nullable;

/** How a content key is wrapped for a recipient: with RSA, in one of two paddings. */
public enum KeyTransport {
  /** PKCS #1 v1.5 (RFC 3370 §4.2.1), which every product knows. */
  PKCS1(
      "RSA/ECB/PKCS1Padding",
      null,
      new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE)),

  /** OAEP with SHA-256, also in its mask (RFC 8017 §7.1, RFC 3560 §3). */
  OAEP(
      "RSA/ECB/OAEPPadding",
      new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSpecified.DEFAULT),
      oaepWithSha256());

  private final String transformation;
  private final @Nullable AlgorithmParameterSpec parameters;
  private final AlgorithmIdentifier identifier;

  KeyTransport(
      String transformation,
      @Nullable AlgorithmParameterSpec parameters,
      AlgorithmIdentifier identifier) {
    this.transformation = transformation;
    this.parameters = parameters;
    this.identifier = identifier;
  }

  private static AlgorithmIdentifier oaepWithSha256() {
    AlgorithmIdentifier sha256 =
        new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256, DERNull.INSTANCE);
    return new AlgorithmIdentifier(
        PKCSObjectIdentifiers.id_RSAES_OAEP,
        new RSAESOAEPparams(
            sha256,
            new AlgorithmIdentifier(PKCSObjectIdentifiers.id_mgf1, sha256),
            RSAESOAEPparams.DEFAULT_P_SOURCE_ALGORITHM));
  }

  AlgorithmIdentifier identifier() {
    return identifier;
  }

  /**
   * The key, wrapped.
   *
   * @throws GeneralSecurityException where the recipient's key is not RSA or cannot be used
   */
  byte[] wrap(SecretKey key, PublicKey recipient, SecureRandom random)
      throws GeneralSecurityException {
    if (!(recipient instanceof RSAKey)) {
      throw new GeneralSecurityException(
          "the recipient's key is "
              + recipient.getAlgorithm()
              + ", and only RSA keys can be encrypted to");
    }
    Cipher rsa = Cipher.getInstance(transformation);
    if (parameters == null) {
      rsa.init(Cipher.WRAP_MODE, recipient, random);
    } else {
      rsa.init(Cipher.WRAP_MODE, recipient, parameters, random);
    }
    return rsa.wrap(key);
  }
}
