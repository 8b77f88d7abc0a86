package dev.as2.mime;

import static org.bouncycastle.asn1.cms.CMSObjectIdentifiers.data;
import static org.bouncycastle.asn1.cms.CMSObjectIdentifiers.signedData;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.CMSAlgorithmProtection;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerIdentifier;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Certificate;

/**
 * Makes detached CMS signatures (RFC 5652 §5) over digests, with the signed attributes contentType,
 * signingTime and messageDigest. The same digest and frame give the same signature, whichever the
 * scheme is. Immutable.
 *
 * @param key the private key: RSA, or EC with its number at hand
 * @param certificate the certificate that fits it
 * @param algorithm the digest
 * @param padding how an RSA key signs; an EC key has only ECDSA (RFC 5753 §2.1)
 * @param includesCertificate whether signatures carry the certificate
 * @param protectsAlgorithms whether signatures carry the CMSAlgorithmProtection attribute (RFC
 *     6211)
 */
public record Signer(
    PrivateKey key,
    X509Certificate certificate,
    DigestAlgorithm algorithm,
    RsaPadding padding,
    boolean includesCertificate,
    boolean protectsAlgorithms) {

  /**
   * @throws IllegalArgumentException where the key is neither RSA nor EC
   */
  public Signer {
    SignatureScheme.of(key, padding);
  }

  /** With PKCS #1 v1.5, where the key is RSA. */
  public Signer(
      PrivateKey key,
      X509Certificate certificate,
      DigestAlgorithm algorithm,
      boolean includesCertificate,
      boolean protectsAlgorithms) {
    this(key, certificate, algorithm, RsaPadding.PKCS1, includesCertificate, protectsAlgorithms);
  }

  /** How RSA makes a signature of a digest. */
  public enum RsaPadding {
    /** RSASSA-PKCS1-v1_5 (RFC 8017 §8.2), which every product knows. */
    PKCS1,
    /** RSASSA-PSS (RFC 8017 §8.1, RFC 4056), with the same digest in its mask. */
    PSS
  }

  /**
   * The signature of a content that has this digest.
   *
   * @param frame the time to state, and what a salt is made of
   * @return ContentInfo in DER
   * @throws GeneralSecurityException where the key cannot sign
   */
  public byte[] sign(byte[] digest, SignedEntity.Frame frame) throws GeneralSecurityException {
    ASN1Set attributes = attributes(digest, frame.signingTime());
    byte[] salt =
        algorithm.newDigest().digest(frame.boundary().getBytes(StandardCharsets.US_ASCII));
    return encode(attributes, scheme().sign(key, algorithm, Asn1.encoded(attributes), salt));
  }

  private SignatureScheme scheme() {
    return SignatureScheme.of(key, padding);
  }

  /** The length of {@link #sign}'s result in bytes, the same for any digest. */
  int signatureLength(Instant signingTime) {
    ASN1Set attributes = attributes(new byte[algorithm.size()], signingTime);
    try {
      return encode(attributes, new byte[scheme().signatureLength(key)]).length;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the certificate was parsed and cannot be encoded", e);
    }
  }

  private ASN1Set attributes(byte[] digest, Instant signingTime) {
    ASN1EncodableVector attributes = new ASN1EncodableVector();
    attributes.add(attribute(CMSAttributes.contentType, data));
    attributes.add(attribute(CMSAttributes.signingTime, new Time(Date.from(signingTime))));
    attributes.add(attribute(CMSAttributes.messageDigest, new DEROctetString(digest)));
    if (protectsAlgorithms) {
      attributes.add(
          attribute(
              CMSAttributes.cmsAlgorithmProtect,
              new CMSAlgorithmProtection(
                  digestAlgorithm(),
                  CMSAlgorithmProtection.SIGNATURE,
                  scheme().identifier(algorithm))));
    }
    return new DERSet(attributes);
  }

  private static Attribute attribute(ASN1ObjectIdentifier type, ASN1Encodable value) {
    return new Attribute(type, new DERSet(value));
  }

  /** Parameters are absent (RFC 5754 §2). */
  private AlgorithmIdentifier digestAlgorithm() {
    return new AlgorithmIdentifier(algorithm.oid());
  }

  private byte[] encode(ASN1Set attributes, byte[] signature) throws GeneralSecurityException {
    Certificate structure = Certificate.getInstance(certificate.getEncoded());
    SignerInfo signer =
        new SignerInfo(
            new SignerIdentifier(new IssuerAndSerialNumber(structure)),
            digestAlgorithm(),
            attributes,
            scheme().identifier(algorithm),
            new DEROctetString(signature),
            null);
    SignedData signed =
        new SignedData(
            new DERSet(digestAlgorithm()),
            new ContentInfo(data, null),
            includesCertificate ? new DERSet(structure) : null,
            null,
            new DERSet(signer));
    return Asn1.encoded(new ContentInfo(signedData, signed));
  }

  /** Certificate and algorithm; never the key. */
  @Override
  public String toString() {
    return "Signer[" + certificate.getSubjectX500Principal() + ", " + algorithm + "]";
  }
}
