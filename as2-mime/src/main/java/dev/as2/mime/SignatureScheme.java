package dev.as2.mime;

import dev.as2.mime.Signer.RsaPadding;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/**
 * How a private key signs. Every scheme gives the same signature for the same key, octets and salt,
 * and signatures of one length only: a message is repeated octet by octet, and its length is told
 * before it is made.
 */
enum SignatureScheme {
  /** RSASSA-PKCS1-v1_5 (RFC 8017 §8.2), as {@code rsaEncryption} (RFC 3370 §3.2). */
  RSA_PKCS1 {
    @Override
    AlgorithmIdentifier identifier(DigestAlgorithm digest) {
      return new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
    }

    @Override
    byte[] sign(PrivateKey key, DigestAlgorithm digest, byte[] octets, byte[] salt)
        throws GeneralSecurityException {
      return RsaSigning.SHARED.sign(key, digest.rsaSignatureName(), octets);
    }

    @Override
    int signatureLength(PrivateKey key) {
      return modulusBytes(key);
    }
  },

  /** RSASSA-PSS with a salt as long as the digest (RFC 4056 §2.2, RFC 4055 §3.1). */
  RSA_PSS {
    @Override
    AlgorithmIdentifier identifier(DigestAlgorithm digest) {
      AlgorithmIdentifier hash =
          digest.isSha3() // without parameters (RFC 9688 §2), the older ones with NULL
              ? new AlgorithmIdentifier(digest.oid())
              : new AlgorithmIdentifier(digest.oid(), DERNull.INSTANCE);
      return new AlgorithmIdentifier(
          PKCSObjectIdentifiers.id_RSASSA_PSS,
          new RSASSAPSSparams(
              hash,
              new AlgorithmIdentifier(PKCSObjectIdentifiers.id_mgf1, hash),
              new ASN1Integer(digest.size()),
              RSASSAPSSparams.DEFAULT_TRAILER_FIELD));
    }

    @Override
    byte[] sign(PrivateKey key, DigestAlgorithm digest, byte[] octets, byte[] salt)
        throws GeneralSecurityException {
      Provider jdk = Security.getProvider("SunRsaSign"); // it takes the salt that it is given
      if (jdk == null) {
        throw new GeneralSecurityException("RSASSA-PSS needs the provider SunRsaSign of the JDK");
      }
      Signature signature = Signature.getInstance("RSASSA-PSS", jdk);
      signature.setParameter(
          new PSSParameterSpec(
              digest.jcaName(),
              "MGF1",
              new MGF1ParameterSpec(digest.jcaName()),
              salt.length,
              PSSParameterSpec.TRAILER_FIELD_BC));
      signature.initSign(key, new Salt(salt));
      signature.update(octets);
      return signature.sign();
    }

    @Override
    int signatureLength(PrivateKey key) {
      return modulusBytes(key);
    }
  },

  /** ECDSA (RFC 5753 §2.1.1). */
  ECDSA {
    @Override
    AlgorithmIdentifier identifier(DigestAlgorithm digest) {
      return new AlgorithmIdentifier(digest.ecdsaOid());
    }

    @Override
    byte[] sign(PrivateKey key, DigestAlgorithm digest, byte[] octets, byte[] salt) {
      return new EcdsaSigning((ECPrivateKey) key).sign(digest.newDigest().digest(octets));
    }

    @Override
    int signatureLength(PrivateKey key) {
      return new EcdsaSigning((ECPrivateKey) key).length();
    }
  };

  /**
   * The scheme of a key.
   *
   * @throws IllegalArgumentException where there is none
   */
  static SignatureScheme of(PrivateKey key, RsaPadding padding) {
    if (key instanceof RSAKey) {
      return padding == RsaPadding.PSS ? RSA_PSS : RSA_PKCS1;
    }
    if (key instanceof ECPrivateKey) {
      return ECDSA;
    }
    throw new IllegalArgumentException(
        "the signing key is " + key.getAlgorithm() + ", and has to be RSA or EC");
  }

  /** As a SignerInfo names it. */
  abstract AlgorithmIdentifier identifier(DigestAlgorithm digest);

  /**
   * Signs.
   *
   * @param salt what a scheme with a salt uses for it, as long as the digest; it need not be secret
   *     (RFC 8017 §8.1: its randomness is not critical)
   */
  abstract byte[] sign(PrivateKey key, DigestAlgorithm digest, byte[] octets, byte[] salt)
      throws GeneralSecurityException;

  /** How long each signature is, in bytes. */
  abstract int signatureLength(PrivateKey key);

  private static int modulusBytes(PrivateKey key) {
    return (((RSAKey) key).getModulus().bitLength() + 7) / 8;
  }

  /** Gives the salt to whoever asks for as many random octets. */
  @SuppressWarnings("serial") // never written
  private static final class Salt extends SecureRandom {
    private final byte[] salt;

    Salt(byte[] salt) {
      this.salt = salt;
    }

    @Override
    public void nextBytes(byte[] octets) {
      if (octets.length != salt.length) {
        throw new IllegalStateException("there are " + salt.length + " octets of salt");
      }
      System.arraycopy(salt, 0, octets, 0, octets.length);
    }
  }
}
