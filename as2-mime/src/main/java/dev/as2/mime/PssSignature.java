package dev.as2.mime;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.security.interfaces.RSAPublicKey;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.engines.RSABlindedEngine;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.signers.PSSSigner;
import org.bouncycastle.operator.ContentVerifier;
import org.bouncycastle.operator.ContentVerifierProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcDefaultDigestProvider;

/**
 * Verifies a signer's RSASSA-PSS signature (RFC 4056, RFC 8017 §8.1.2) from a digest, by Bouncy
 * Castle: the JDK has it under other names than Bouncy Castle asks for, and not from a digest.
 */
final class PssSignature implements ContentVerifierProvider {
  private final SignerInformation signer;
  private final RSAPublicKey key;

  PssSignature(SignerInformation signer, RSAPublicKey key) {
    this.signer = signer;
    this.key = key;
  }

  /** Whether the signer says that this is how it signed. */
  static boolean isOf(SignerInformation signer) {
    return scheme(signer).getAlgorithm().equals(PKCSObjectIdentifiers.id_RSASSA_PSS);
  }

  private static AlgorithmIdentifier scheme(SignerInformation signer) {
    return signer.toASN1Structure().getDigestEncryptionAlgorithm();
  }

  /** Whether the signature is of this digest. */
  boolean isOver(byte[] digest) {
    RSASSAPSSparams parameters = RSASSAPSSparams.getInstance(scheme(signer).getParameters());
    AlgorithmIdentifier hash = parameters.getHashAlgorithm();
    if (!hash.getAlgorithm().equals(signer.getDigestAlgorithmID().getAlgorithm())) {
      return false; // they have to be the same (RFC 4056 §3)
    }
    AlgorithmIdentifier maskHash =
        AlgorithmIdentifier.getInstance(parameters.getMaskGenAlgorithm().getParameters());
    try {
      PSSSigner verifier =
          PSSSigner.createRawSigner(
              new RSABlindedEngine(),
              digest(hash),
              digest(maskHash),
              parameters.getSaltLength().intValueExact(),
              PSSSigner.TRAILER_IMPLICIT);
      verifier.init(false, new RSAKeyParameters(false, key.getModulus(), key.getPublicExponent()));
      verifier.update(digest, 0, digest.length);
      return verifier.verifySignature(signer.getSignature());
    } catch (OperatorCreationException e) {
      // A digest that nobody knows.
      return false;
    }
  }

  private static Digest digest(AlgorithmIdentifier algorithm) throws OperatorCreationException {
    return BcDefaultDigestProvider.INSTANCE.get(algorithm);
  }

  @Override
  public boolean hasAssociatedCertificate() {
    return false;
  }

  @Override
  public X509CertificateHolder getAssociatedCertificate() {
    throw new IllegalStateException("there is only a key");
  }

  /** For what is short enough to hold: signed attributes. */
  @Override
  public ContentVerifier get(AlgorithmIdentifier algorithm) {
    ByteArrayOutputStream signed = new ByteArrayOutputStream();
    return new ContentVerifier() {
      @Override
      public AlgorithmIdentifier getAlgorithmIdentifier() {
        return algorithm;
      }

      @Override
      public OutputStream getOutputStream() {
        return signed;
      }

      @Override
      public boolean verify(byte[] signature) {
        return CmsSignature.digestOf(signer)
            .map(digest -> isOver(digest.newDigest().digest(signed.toByteArray())))
            .orElse(false);
      }
    };
  }
}
