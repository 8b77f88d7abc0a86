package dev.as2.conformance;

import dev.as2.mime.CmsSignature.Verification;

/** Why a signature does not hold. */
final class SignatureFault {
  private SignatureFault() {}

  static String sentence(Verification found) {
    if (found instanceof Verification.NoMatchingCertificate none) {
      return "The signature is by %s, whose certificate was not given."
          .formatted(String.join(" and ", none.signers()));
    }
    return found instanceof Verification.DigestMismatch
        ? "The signature does not hold: what it is over has another digest than the signed one."
        : "The signature does not hold: it was not made with the key of the certificate.";
  }
}
