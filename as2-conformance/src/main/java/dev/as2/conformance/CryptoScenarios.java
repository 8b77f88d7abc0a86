package dev.as2.conformance;

import static dev.as2.conformance.Scenario.scenario;

import dev.as2.core.Layer;
import dev.as2.mime.ContentCipher;
import dev.as2.mime.DigestAlgorithm;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Digests, ciphers, and the varieties of CMS structures. */
final class CryptoScenarios {
  private CryptoScenarios() {}

  static List<Scenario> all() {
    List<Scenario> all = new ArrayList<>();
    for (DigestAlgorithm digest : DigestAlgorithm.values()) {
      Scenario.Draw draw =
          scenario(
                  "digest-" + digest.rfc3851Name(),
                  "A signature with " + digest.rfc5751Name(),
                  "RFC 5751 §2.1")
              .sends("a message signed with %s".formatted(digest.rfc5751Name()))
              .expects("it is accepted, with a MIC by the same digest (RFC 4130 §7.4.3)");
      all.add(weighed(draw, digest).isGood(draft -> draft.digest(digest)));
    }
    for (ContentCipher cipher : ContentCipher.values()) {
      String name = cipher.name().toLowerCase(Locale.ROOT).replace('_', '-');
      Scenario.Draw draw =
          scenario("cipher-" + name, "Encryption with " + name, "RFC 5751 §2.7")
              .sends("a message encrypted with " + name);
      all.add(weighed(draw, cipher).isGood(draft -> draft.cipher(cipher)));
    }
    all.addAll(structures());
    return all;
  }

  private static Scenario.Draw weighed(Scenario.Draw draw, DigestAlgorithm digest) {
    return switch (digest) {
      case SHA256 -> draw;
      case SHA1 -> draw.tolerance();
      default -> draw.should();
    };
  }

  private static Scenario.Draw weighed(Scenario.Draw draw, ContentCipher cipher) {
    return switch (cipher) {
      case AES128_CBC -> draw;
      case DES_EDE3_CBC -> draw.tolerance();
      default -> draw.should();
    };
  }

  private static List<Scenario> structures() {
    return List.of(
        scenario("cms-signer-omitted", "A signature without our certificate", "RFC 5652 §5.1")
            .sends("a signature that holds no certificate: the partner has it")
            .isGood(Draft::signerOmitted),
        scenario("cms-algorithm-protection", "A signature with CMSAlgorithmProtection", "RFC 6211")
            .should()
            .sends("a signature with one more signed attribute")
            .isGood(Draft::algorithmProtection),
        scenario("cms-several-recipients", "Encryption to several recipients", "RFC 5652 §6.1, DRM prev#18")
            .sends("a message encrypted to ourselves first and then to the partner")
            .play(
                stage -> {
                  Bench bench = stage.bench();
                  Endpoint endpoint = bench.endpoint();
                  Draft draft =
                      bench
                          .draft()
                          .encryptedTo(endpoint.us().certificate(), endpoint.them().encryption());
                  return Review.of(bench.send(draft), endpoint.them()).good().findings();
                }),
        scenario("cms-base64-envelope", "An encrypted body in base64", "RFC 4130 §5.2.1, DRM 3Q06#8")
            .tolerance()
            .sends("the whole body in base64, and said so")
            .isGood(draft -> draft.altered(Layer.ENCRYPT, Alteration.base64())),
        scenario("cms-base64-compressed", "A compressed part in base64", "RFC 5402 §4.2, DRM 1Q12#13")
            .should()
            .sends("a message whose compressed part is in base64 before it is signed")
            .expects("the MIC is over the base64 form")
            .isGood(
                draft ->
                    draft
                        .layers(Layer.COMPRESS, Layer.SIGN)
                        .altered(Layer.COMPRESS, Alteration.base64())));
  }
}
