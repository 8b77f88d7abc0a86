package dev.as2.conformance;

import static dev.as2.conformance.Scenario.scenario;

import dev.as2.core.Layer;
import dev.as2.core.Mdn;
import dev.as2.mime.DigestAlgorithm;
import java.util.List;
import java.util.Optional;

/** Disposition-Notification-Options: which signature and which MIC an MDN is asked for. */
final class MicalgScenarios {
  private static final String PROTOCOL = "signed-receipt-protocol=optional, pkcs7-signature; ";
  private static final String OPTIONS = "RFC 4130 §7.3";

  private MicalgScenarios() {}

  static List<Scenario> all() {
    return List.of(
        scenario("micalg-first-wins", "The first algorithm of several is used", OPTIONS + ", DRM 3Q12#11")
            .should()
            .sends("an encrypted message; signed-receipt-micalg=optional, sha-512, sha-256")
            .expects("a MIC by SHA-512")
            .isGood(
                draft ->
                    unsigned(draft)
                        .micIs(DigestAlgorithm.SHA512)
                        .receiptOptions(PROTOCOL + "signed-receipt-micalg=optional, sha-512, sha-256")),
        scenario("micalg-unknown-then-known", "An unknown algorithm is passed over", OPTIONS)
            .should()
            .sends("an encrypted message; signed-receipt-micalg=optional, whirlpool, sha-256")
            .expects("a MIC by SHA-256, signed")
            .isGood(
                draft ->
                    unsigned(draft)
                        .receiptOptions(PROTOCOL + "signed-receipt-micalg=optional, whirlpool, sha-256")),
        scenario("micalg-unknown-optional", "Only an unknown algorithm, optional", "RFC 4130 §7.3.1")
            .should()
            .sends("signed-receipt-micalg=optional, whirlpool")
            .expects("an MDN all the same, signed or not")
            .reviewed(
                draft -> draft.receiptOptions(PROTOCOL + "signed-receipt-micalg=optional, whirlpool"),
                review -> review.mdn().aboutOurs()),
        scenario("micalg-unknown-required", "Only an unknown algorithm, required", "RFC 4130 §7.5.3")
            .should()
            .sends("signed-receipt-micalg=required, whirlpool")
            .expects("failed/failure: unsupported MIC-algorithms")
            .reviewed(
                draft -> draft.receiptOptions(PROTOCOL + "signed-receipt-micalg=required, whirlpool"),
                review ->
                    review.refused(
                        "that requires an unknown MIC algorithm", "RFC 4130 §7.5.3")),
        scenario("micalg-required-known", "A known algorithm, required", OPTIONS)
            .sends("signed-receipt-protocol=required, pkcs7-signature; signed-receipt-micalg=required, sha-256")
            .isGood(
                draft ->
                    draft.receiptOptions(
                        "signed-receipt-protocol=required, pkcs7-signature;"
                            + " signed-receipt-micalg=required, sha-256")),
        scenario("protocol-unknown-required", "An unknown protocol, required", "RFC 4130 §7.5.3")
            .should()
            .sends("signed-receipt-protocol=required, pgp-signature")
            .expects("failed/failure: unsupported format")
            .reviewed(
                draft ->
                    draft.receiptOptions(
                        "signed-receipt-protocol=required, pgp-signature;"
                            + " signed-receipt-micalg=optional, sha-256"),
                review ->
                    review.refused("that requires an unknown signature format", "RFC 4130 §7.5.3")),
        scenario("micalg-of-signature", "The signature's digest is the MIC's", "RFC 4130 §7.4.3")
            .sends("a message signed with SHA-256; signed-receipt-micalg=optional, sha-512")
            .expects("a MIC by SHA-256")
            .isGood(
                draft -> draft.receiptOptions(PROTOCOL + "signed-receipt-micalg=optional, sha-512")),
        scenario("micalg-of-unsigned", "Without a signature the requested digest is the MIC's", "RFC 4130 §7.4.3, DRM 3Q12#2")
            .should()
            .sends("an encrypted message; signed-receipt-micalg=optional, sha-384")
            .expects("a MIC by SHA-384")
            .isGood(
                draft ->
                    unsigned(draft)
                        .micIs(DigestAlgorithm.SHA384)
                        .receiptOptions(PROTOCOL + "signed-receipt-micalg=optional, sha-384")),
        spelled("micalg-old-spelling", "sha256", "RFC 3851 §3.4.3.2, DRM 3Q12#1"),
        spelled("micalg-upper-case", "SHA-256", "RFC 4130 §7.3, DRM 1Q13#1"),
        scenario("options-missing", "An MDN is asked for without options", OPTIONS)
            .sends("Disposition-Notification-To without Disposition-Notification-Options")
            .expects("an MDN")
            .reviewed(
                draft -> draft.receipt(Receipt.UNSIGNED).receiptOptions(""),
                review -> review.mdn().aboutOurs().positive()),
        scenario("options-odd-spaces", "Options with odd spaces", OPTIONS + ", DRM 3Q09#19")
            .sends("options without the usual spaces, with others, and in upper case")
            .isGood(
                draft ->
                    draft.receiptOptions(
                        "SIGNED-RECEIPT-PROTOCOL = OPTIONAL,pkcs7-signature  ;"
                            + "Signed-Receipt-Micalg=optional ,sha-256 ;")),
        scenario("options-other-order", "Options in the other order", OPTIONS)
            .sends("the algorithm before the protocol")
            .isGood(
                draft ->
                    draft.receiptOptions(
                        "signed-receipt-micalg=optional, sha-256;"
                            + " signed-receipt-protocol=optional, pkcs7-signature")),
        scenario("options-unknown", "An unknown option is passed over", "RFC 8098 §2.2")
            .sends("one more option that nobody knows, optional")
            .isGood(
                draft ->
                    draft.receiptOptions(
                        PROTOCOL + "signed-receipt-micalg=optional, sha-256; x-colour=optional, red")));
  }

  private static Draft unsigned(Draft draft) {
    return draft.layers(Layer.ENCRYPT);
  }

  private static Scenario spelled(String id, String name, String source) {
    return scenario(id, "The algorithm written as " + name, source)
        .should()
        .sends("an encrypted message; signed-receipt-micalg=optional, " + name)
        .expects("a signed MDN with a MIC by SHA-256")
        .reviewed(
            draft -> unsigned(draft).receiptOptions(PROTOCOL + "signed-receipt-micalg=optional, " + name),
            review -> review.good().that(MicalgScenarios::named));
  }

  private static Optional<Finding> named(Mdn mdn) {
    return mdn.mic().flatMap(mic -> mic.algorithm()).isPresent()
        ? Optional.empty()
        : Optional.of(
            new Finding("The MIC does not name its algorithm.", "RFC 4130 §7.4.3"));
  }
}
