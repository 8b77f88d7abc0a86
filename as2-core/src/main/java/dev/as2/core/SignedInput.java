package dev.as2.core;

import dev.as2.mime.CmsSignature;
import dev.as2.mime.CmsSignature.Verification;
import dev.as2.mime.DigestAlgorithm;
import dev.as2.mime.IncomingEntity;
import dev.as2.mime.MultipartInput;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A multipart/signed while it arrives (RFC 1847 §2.1): first its content, then its signature. Holds
 * digests, and a signature of at most {@link Limits#SIGNATURE_BYTES}. For one thread.
 */
final class SignedInput {
  private final MultipartInput parts;
  private final Map<DigestAlgorithm, MessageDigest> digests;
  private final InputStream content;

  private SignedInput(
      MultipartInput parts, Map<DigestAlgorithm, MessageDigest> digests, InputStream content) {
    this.parts = parts;
    this.digests = digests;
    this.content = content;
  }

  /**
   * @throws Refusal where its parts cannot be told apart
   */
  static SignedInput open(IncomingEntity entity) throws IOException {
    try {
      MultipartInput parts =
          new MultipartInput(entity.body(), entity.parameter("boundary").orElse(""));
      InputStream part = parts.nextPart();
      Map<DigestAlgorithm, MessageDigest> digests = new EnumMap<>(DigestAlgorithm.class);
      for (DigestAlgorithm algorithm : announced(entity)) {
        MessageDigest digest = algorithm.newDigest();
        digests.put(algorithm, digest);
        part = new DigestInputStream(part, digest);
      }
      return new SignedInput(parts, digests, part);
    } catch (Refusal e) {
      throw e;
    } catch (IOException e) {
      throw LayerFault.INTEGRITY.refusal("its parts cannot be told apart").because(e);
    }
  }

  /** The digests that the Content-Type announces; all, where it announces none that we know. */
  private static List<DigestAlgorithm> announced(IncomingEntity entity) {
    return entity
        .parameter("micalg")
        .flatMap(DigestAlgorithm::named)
        .map(List::of)
        .orElse(List.of(DigestAlgorithm.values()));
  }

  /** What is signed: to be read whole before {@link #verified}. */
  InputStream content() {
    return content;
  }

  /**
   * Reads the signature and holds it against the content.
   *
   * @param signers who may have signed
   * @return the MIC, which has the signature's own digest (RFC 4130 §7.4.3)
   * @throws Refusal where the signature proves nothing
   */
  Mic verified(List<X509Certificate> signers) throws IOException {
    CmsSignature signature = signature();
    Map<DigestAlgorithm, byte[]> values = new EnumMap<>(DigestAlgorithm.class);
    digests.forEach((algorithm, digest) -> values.put(algorithm, digest.digest()));
    DigestAlgorithm used =
        signature.digestAlgorithms().stream()
            .filter(values::containsKey)
            .findFirst()
            .orElseThrow(() ->
                LayerFault.AUTHENTICATION.refusal(
                    "its signature has another digest than its micalg announces"));
    judge(signature.verify(a -> values.getOrDefault(a, new byte[0]), signers), signers);
    return Mic.of(values.getOrDefault(used, new byte[0]), used);
  }

  private CmsSignature signature() throws IOException {
    try {
      IncomingEntity part =
          IncomingEntity.read(new BufferedInputStream(parts.nextPart()), Limits.PART_HEADER_BYTES);
      return CmsSignature.parse(
          part.body().readNBytes(Limits.SIGNATURE_BYTES + 1), Limits.SIGNATURE_BYTES);
    } catch (Refusal e) {
      throw e;
    } catch (IOException e) {
      throw LayerFault.AUTHENTICATION.refusal("its signature cannot be read").because(e);
    }
  }

  private static void judge(Verification found, List<X509Certificate> signers) throws Refusal {
    if (found instanceof Verification.DigestMismatch) {
      throw LayerFault.INTEGRITY.refusal("its content is not what was signed");
    }
    if (found instanceof Verification.NoMatchingCertificate none) {
      throw LayerFault.AUTHENTICATION.refusal(
          FailureCode.VERIFICATION_FAILED_NO_MATCHING_KEY_FOUND,
          "it is signed by %s, and none of the %s active SIGNING certificates of the partner fits"
              .formatted(Quote.of(String.join(" and ", none.signers())), signers.size()));
    }
    if (!(found instanceof Verification.Verified)) {
      throw LayerFault.AUTHENTICATION.refusal(
          "its signature was not made with the key of the partner's certificate, or by an algorithm"
              + " that is not known here");
    }
  }
}
