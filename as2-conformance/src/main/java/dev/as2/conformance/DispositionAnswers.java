package dev.as2.conformance;

import static dev.as2.conformance.Answering.refused;
import static dev.as2.conformance.Answering.taken;

import java.util.ArrayList;
import java.util.List;

/** What an MDN says: each disposition of RFC 4130 §7.5, and what products write instead. */
final class DispositionAnswers {
  private static final List<String> ERRORS =
      List.of(
          "authentication-failed",
          "decompression-failed",
          "decryption-failed",
          "insufficient-message-security",
          "integrity-check-failed",
          "unexpected-processing-error",
          "unknown-trading-relationship");

  private DispositionAnswers() {}

  static List<SenderScenario> all() {
    List<SenderScenario> all = new ArrayList<>();
    for (String error : ERRORS) {
      all.add(no("refused-" + error, "processed/error: " + error, "RFC 4130 §7.5.4"));
    }
    all.add(no("failed-format", "failed/failure: unsupported format", "RFC 4130 §7.5.3"));
    all.add(no("failed-mic", "failed/failure: unsupported MIC-algorithms", "RFC 4130 §7.5.3"));
    all.add(no("failed-sender", "failed/failure: sender-equals-receiver", "RFC 4130 §7.5.6"));
    all.add(yes("warning-duplicate", "processed/warning: duplicate-document", "RFC 4130 §7.5.6"));
    all.add(
        yes(
            "warning-authentication",
            "processed/warning: authentication-failed, processing continued",
            "RFC 4130 §7.5.5"));
    all.addAll(odd());
    return all;
  }

  private static SenderScenario no(String id, String type, String source) {
    return refused(
        id,
        "The disposition " + type,
        source,
        d -> d.disposition(type).withoutField("Received-Content-MIC"));
  }

  private static SenderScenario yes(String id, String type, String source) {
    return taken(id, "The disposition " + type, source, d -> d.disposition(type));
  }

  private static List<SenderScenario> odd() {
    return List.of(
        no("refused-with-typo", "processed/error: decompresion-failed", "OpenAS2"),
        no("refused-without-space", "processed/Error:decryption-failed", "DRM 3Q09#18"),
        no("refused-without-type", "error: authentication-failed", "DRM 3Q13#1"),
        refused(
            "refused-with-error-field",
            "processed/error, and the reason in a field of its own",
            "RFC 4130 §7.5.6",
            d -> d.disposition("processed/error").field("Error", "authentication-failed")),
        taken(
            "disposition-odd-case",
            "Automatic-action/mdn-sent-automatically;processed",
            "Sterling; DRM 1Q12#7",
            d -> d.field("Disposition", "Automatic-action/mdn-sent-automatically;processed")),
        taken(
            "disposition-without-modes",
            "A disposition without its modes",
            "DRM 3Q07#8",
            d -> d.field("Disposition", ";processed")),
        refused(
            "disposition-unknown",
            "A disposition that nobody knows",
            "RFC 4130 §7.4.3",
            d -> d.disposition("pondered")),
        refused(
            "disposition-missing",
            "No disposition",
            "RFC 4130 §7.4.3",
            d -> d.withoutField("Disposition")),
        refused(
            "refused-unsigned",
            "An unsigned refusal where a signed MDN was asked for",
            "RFC 4130 §7.3.1",
            d -> d.disposition("processed/error: decryption-failed").signed(false)));
  }
}
