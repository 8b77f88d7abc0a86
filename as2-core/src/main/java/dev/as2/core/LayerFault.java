package dev.as2.core;

/** What goes wrong in a layer: the reason that an MDN gives, and the code of the record. */
enum LayerFault {
  DECRYPTION("decryption-failed", FailureCode.DECRYPT_FAILED),
  DECOMPRESSION("decompression-failed", FailureCode.DECOMPRESSION_FAILED),
  INTEGRITY("integrity-check-failed", FailureCode.VERIFICATION_FAILED),
  AUTHENTICATION("authentication-failed", FailureCode.VERIFICATION_FAILED),
  PROCESSING("unexpected-processing-error", FailureCode.INVALID_REQUEST);

  private final String reason;
  private final FailureCode code;

  LayerFault(String reason, FailureCode code) {
    this.reason = reason;
    this.code = code;
  }

  Refusal refusal(String why) {
    return Refusal.error(reason, code, why);
  }

  /** Under another code than the layer's usual one. */
  Refusal refusal(FailureCode other, String why) {
    return Refusal.error(reason, other, why);
  }
}
