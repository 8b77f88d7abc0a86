package dev.as2.mime;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignatureAlgorithmNameGenerator;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignerDigestMismatchException;
import org.bouncycastle.cms.DefaultCMSSignatureAlgorithmNameGenerator;
import org.bouncycastle.cms.SignerId;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.SignerInformationVerifier;
import org.bouncycastle.operator.ContentVerifierProvider;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.SignatureAlgorithmIdentifierFinder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/**
 * A detached CMS signature (RFC 5652 §5), verified with the public keys that the caller trusts and
 * never with a certificate that it carries itself. By RSA in either padding, or by ECDSA.
 *
 * <p>Works on digests of the content, so that the content need not be in memory. Says nothing about
 * a certificate's validity or path: the caller gives those that may sign. Immutable.
 */
public final class CmsSignature {
  /** More signers than any partner has; each costs an RSA operation per certificate. */
  private static final int MAX_SIGNERS = 16;

  // Tables, which take longer to fill than a signature to verify.
  private static final CMSSignatureAlgorithmNameGenerator NAMES =
      new DefaultCMSSignatureAlgorithmNameGenerator();
  private static final SignatureAlgorithmIdentifierFinder ALGORITHMS =
      new DefaultSignatureAlgorithmIdentifierFinder();
  private static final DigestCalculatorProvider DIGESTS = digests();

  private final ContentInfo content;
  private final List<SignerInformation> signers;

  private CmsSignature(ContentInfo content, List<SignerInformation> signers) {
    this.content = content;
    this.signers = signers;
  }

  /**
   * The signature of a part of a multipart/signed, in whatever transfer encoding it really is: a
   * wrong or missing Content-Transfer-Encoding is overruled by the first octet.
   *
   * @throws MimeException when it is no signature, or longer than {@code maxBytes}
   */
  public static CmsSignature parse(MimePart part, int maxBytes) throws MimeException {
    byte[] body = part.body();
    return parse(isBinary(body) ? body : part.decodedBody(), maxBytes);
  }

  /**
   * A signature in DER or BER, or in base64 of either; octets after it are ignored.
   *
   * @throws MimeException when it is no signature, or longer than {@code maxBytes}
   */
  public static CmsSignature parse(byte[] octets, int maxBytes) throws MimeException {
    if (octets.length > maxBytes) {
      throw new MimeException("a signature is longer than " + maxBytes + " bytes");
    }
    byte[] cms = isBinary(octets) ? octets : TransferDecoding.base64(octets);
    try (ASN1InputStream in = new ASN1InputStream(new ByteArrayInputStream(cms), maxBytes)) {
      ContentInfo content = ContentInfo.getInstance(in.readObject());
      if (content == null) {
        throw new MimeException("a signature part is empty");
      }
      List<SignerInformation> signers = signers(content, Map.of());
      if (signers.isEmpty() || signers.size() > MAX_SIGNERS) {
        throw new MimeException("a signature has " + signers.size() + " signers");
      }
      return new CmsSignature(content, signers);
    } catch (MimeException e) {
      throw e;
    } catch (IOException | CMSException | RuntimeException e) {
      // Bouncy Castle tells of damaged ASN.1 by unchecked exceptions of several kinds.
      throw new MimeException("a signature part holds no CMS signed-data", e);
    }
  }

  /** ASN.1 begins with the tag of a SEQUENCE; a digit zero begins no base64 of one. */
  private static boolean isBinary(byte[] octets) {
    return octets.length > 0 && octets[0] == 0x30;
  }

  private static List<SignerInformation> signers(
      ContentInfo content, Map<ASN1ObjectIdentifier, byte[]> digests) throws CMSException {
    CMSSignedData signed =
        digests.isEmpty() ? new CMSSignedData(content) : new CMSSignedData(digests, content);
    return List.copyOf(signed.getSignerInfos().getSigners());
  }

  /** The digests of the content that its signers used; those that we do not know are left out. */
  public Set<DigestAlgorithm> digestAlgorithms() {
    Set<DigestAlgorithm> algorithms = EnumSet.noneOf(DigestAlgorithm.class);
    signers.forEach(signer -> digestOf(signer).ifPresent(algorithms::add));
    return algorithms;
  }

  static Optional<DigestAlgorithm> digestOf(SignerInformation signer) {
    ASN1ObjectIdentifier oid = signer.getDigestAlgorithmID().getAlgorithm();
    return Arrays.stream(DigestAlgorithm.values()).filter(a -> a.oid().equals(oid)).findFirst();
  }

  /** What a verification found. */
  public sealed interface Verification {
    /** The content is what the owner of this certificate signed. */
    record Verified(X509Certificate by) implements Verification {}

    /**
     * No certificate of the candidates is the signer's.
     *
     * @param signers the signers as they name themselves, by issuer and serial number or key id
     */
    record NoMatchingCertificate(List<String> signers) implements Verification {
      public NoMatchingCertificate {
        signers = List.copyOf(signers);
      }
    }

    /** The signer is known, and signed other octets. */
    record DigestMismatch(X509Certificate by) implements Verification {}

    /** The signer is known, and the signature is not made with its key, or cannot be checked. */
    record BadSignature(X509Certificate by) implements Verification {}
  }

  /**
   * Verifies with each candidate, those first that a signer names; one good signature suffices.
   *
   * @param digests the content's digest by any of {@link #digestAlgorithms}
   * @param candidates the certificates that may sign
   */
  public Verification verify(
      Function<DigestAlgorithm, byte[]> digests, List<X509Certificate> candidates) {
    List<SignerInformation> ready = withDigests(digests);
    List<Verification> failures = new ArrayList<>();
    for (SignerInformation signer : ready) {
      for (X509Certificate candidate : candidates) {
        Verification found = verify(signer, candidate);
        if (found instanceof Verification.Verified) {
          return found;
        }
        if (names(signer.getSID(), candidate)) {
          failures.add(found);
        }
      }
    }
    if (!failures.isEmpty()) {
      return failures.get(0);
    }
    return new Verification.NoMatchingCertificate(
        signers.stream().map(s -> describe(s.getSID())).toList());
  }

  private List<SignerInformation> withDigests(Function<DigestAlgorithm, byte[]> digests) {
    Map<ASN1ObjectIdentifier, byte[]> known = new HashMap<>();
    for (DigestAlgorithm algorithm : digestAlgorithms()) {
      known.put(algorithm.oid(), digests.apply(algorithm));
    }
    try {
      return known.isEmpty() ? signers : signers(content, known);
    } catch (CMSException e) {
      throw new IllegalStateException("this signature was readable before", e);
    }
  }

  private static Verification verify(SignerInformation signer, X509Certificate candidate) {
    try {
      boolean good =
          signer.getSignedAttributes() == null
              ? PlainSignature.verify(signer, candidate.getPublicKey())
              : verifyAttributes(signer, candidate.getPublicKey());
      return good ? new Verification.Verified(candidate) : new Verification.BadSignature(candidate);
    } catch (CMSSignerDigestMismatchException e) {
      return new Verification.DigestMismatch(candidate);
    } catch (CMSException | OperatorCreationException | RuntimeException e) {
      // Damaged attributes, an unknown algorithm, a key of another kind: not verified, whichever.
      return new Verification.BadSignature(candidate);
    }
  }

  private static boolean verifyAttributes(SignerInformation signer, PublicKey key)
      throws CMSException, OperatorCreationException {
    ContentVerifierProvider verifier =
        key instanceof RSAPublicKey rsa && PssSignature.isOf(signer)
            ? new PssSignature(signer, rsa)
            : new JcaContentVerifierProviderBuilder().build(key);
    return digestOf(signer).isPresent()
        && signer.verify(new SignerInformationVerifier(NAMES, ALGORITHMS, verifier, DIGESTS));
  }

  private static DigestCalculatorProvider digests() {
    try {
      return new JcaDigestCalculatorProviderBuilder().build();
    } catch (OperatorCreationException e) {
      throw new IllegalStateException("it only takes what every JDK has", e);
    }
  }

  private static boolean names(SignerId signer, X509Certificate candidate) {
    try {
      X509CertificateHolder holder = new JcaX509CertificateHolder(candidate);
      return signer.match(holder);
    } catch (CertificateEncodingException | RuntimeException e) {
      // An issuer name that cannot be compared: the certificate is tried all the same.
      return false;
    }
  }

  private static String describe(SignerId signer) {
    if (signer.getIssuer() == null) {
      return "subject key id " + HexFormat.of().formatHex(signer.getSubjectKeyIdentifier());
    }
    return "issuer " + signer.getIssuer() + ", serial " + signer.getSerialNumber().toString(16);
  }
}
