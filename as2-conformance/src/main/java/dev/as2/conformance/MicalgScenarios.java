package dev.as2.conformance;

import static dev.as2.conformance.Scenario.scenario;

import dev.as2.core.Layer;
import dev.as2.core.Mdn;
import dev.as2.mime.DigestAlgorithm;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Disposition-Notification-Options: which signature and which MIC an MDN is asked for. */
final class MicalgScenarios {
  private static final String PROTOCOL = "signed-receipt-protocol=optional, pkcs7-signature; ";

  private MicalgScenarios() {}

  static List<Scenario> all() {
    return Stream.of(algorithms(), digestsOfMics(), options()).flatMap(List::stream).toList();
  }

  private static List<Scenario> algorithms() {
    return List.of(
        scenario("micalg-first-wins")
            .isGood(draft ->
                unsigned(draft)
                    .micIs(DigestAlgorithm.SHA512)
                    .receiptOptions(PROTOCOL + "signed-receipt-micalg=optional, sha-512, sha-256")),
        scenario("micalg-unknown-then-known")
            .isGood(draft ->
                unsigned(draft)
                    .receiptOptions(
                        PROTOCOL + "signed-receipt-micalg=optional, whirlpool, sha-256")),
        scenario("micalg-unknown-optional")
            .reviewed(
                draft ->
                    draft.receiptOptions(PROTOCOL + "signed-receipt-micalg=optional, whirlpool"),
                review -> review.mdn().aboutOurs()),
        scenario("micalg-unknown-required")
            .reviewed(
                draft ->
                    draft.receiptOptions(PROTOCOL + "signed-receipt-micalg=required, whirlpool"),
                review ->
                    review.refused("that requires an unknown MIC algorithm", "RFC 4130 §7.5.3")),
        scenario("micalg-required-known")
            .isGood(draft ->
                draft.receiptOptions(
                    "signed-receipt-protocol=required, pkcs7-signature;"
                        + " signed-receipt-micalg=required, sha-256")),
        scenario("protocol-unknown-required")
            .reviewed(
                draft ->
                    draft.receiptOptions(
                        "signed-receipt-protocol=required, pgp-signature;"
                            + " signed-receipt-micalg=optional, sha-256"),
                review ->
                    review.refused(
                        "that requires an unknown signature format", "RFC 4130 §7.5.3")));
  }

  private static List<Scenario> digestsOfMics() {
    return List.of(
        scenario("micalg-of-signature")
            .isGood(draft ->
                draft.receiptOptions(PROTOCOL + "signed-receipt-micalg=optional, sha-512")),
        scenario("micalg-of-unsigned")
            .isGood(draft ->
                unsigned(draft)
                    .micIs(DigestAlgorithm.SHA384)
                    .receiptOptions(PROTOCOL + "signed-receipt-micalg=optional, sha-384")),
        spelled("micalg-old-spelling", "sha256"),
        spelled("micalg-upper-case", "SHA-256"));
  }

  private static List<Scenario> options() {
    return List.of(
        scenario("options-missing")
            .reviewed(
                draft -> draft.receipt(Receipt.UNSIGNED).receiptOptions(""),
                review -> review.mdn().aboutOurs().positive()),
        scenario("options-odd-spaces")
            .isGood(draft ->
                draft.receiptOptions(
                    "SIGNED-RECEIPT-PROTOCOL = OPTIONAL,pkcs7-signature  ;"
                        + "Signed-Receipt-Micalg=optional ,sha-256 ;")),
        scenario("options-other-order")
            .isGood(draft ->
                draft.receiptOptions(
                    "signed-receipt-micalg=optional, sha-256;"
                        + " signed-receipt-protocol=optional, pkcs7-signature")),
        scenario("options-unknown")
            .isGood(draft ->
                draft.receiptOptions(
                    PROTOCOL + "signed-receipt-micalg=optional, sha-256; x-colour=optional, red")));
  }

  private static Draft unsigned(Draft draft) {
    return draft.layers(Layer.ENCRYPT);
  }

  private static Scenario spelled(String id, String name) {
    return scenario(id)
        .reviewed(
            draft ->
                unsigned(draft)
                    .receiptOptions(PROTOCOL + "signed-receipt-micalg=optional, " + name),
            review -> review.good().that(MicalgScenarios::named));
  }

  private static Optional<Finding> named(Mdn mdn) {
    return mdn.mic().flatMap(mic -> mic.algorithm()).isPresent()
        ? Optional.empty()
        : Optional.of(new Finding("The MIC does not name its algorithm.", "RFC 4130 §7.4.3"));
  }
}
