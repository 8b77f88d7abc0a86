package dev.as2.conformance;

import static dev.as2.conformance.Scenario.scenario;

import dev.as2.core.Layer;
import dev.as2.mime.ContentCipher;
import dev.as2.mime.DigestAlgorithm;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Digests, ciphers, and the varieties of CMS structures. */
final class CryptoScenarios {
  private static final List<DigestAlgorithm> DIGESTS =
      List.of(
          DigestAlgorithm.SHA1,
          DigestAlgorithm.SHA256,
          DigestAlgorithm.SHA384,
          DigestAlgorithm.SHA512);

  private static final List<ContentCipher> CIPHERS =
      List.of(
          ContentCipher.AES128_CBC,
          ContentCipher.AES192_CBC,
          ContentCipher.AES256_CBC,
          ContentCipher.DES_EDE3_CBC);

  private CryptoScenarios() {}

  static List<Scenario> all() {
    List<Scenario> all = new ArrayList<>();
    for (DigestAlgorithm digest : DIGESTS) {
      String name = digest.rfc3851Name();
      all.add(judged("digest-" + name, "take what is signed with " + name, d -> d.digest(digest)));
    }
    for (ContentCipher cipher : CIPHERS) {
      String name = cipher.name().toLowerCase(Locale.ROOT).replace('_', '-');
      all.add(
          judged("cipher-" + name, "open what is encrypted with " + name, d -> d.cipher(cipher)));
    }
    all.addAll(structures());
    return all;
  }

  /** What is old may be refused, which is no fault of anybody. */
  private static Scenario judged(String id, String takes, UnaryOperator<Draft> with) {
    Scenario.Draw draw = scenario(id);
    return draw.rule().severity() == Severity.NOTE
        ? draw.reviewed(with, review -> review.known("does not " + takes))
        : draw.isGood(with);
  }

  private static List<Scenario> structures() {
    return List.of(
        scenario("cms-signer-omitted").isGood(Draft::signerOmitted),
        scenario("cms-algorithm-protection").isGood(Draft::algorithmProtection),
        scenario("cms-several-recipients")
            .play(stage -> {
              Bench bench = stage.bench();
              Endpoint endpoint = bench.endpoint();
              Draft draft =
                  bench
                      .draft()
                      .encryptedTo(endpoint.us().certificate(), endpoint.them().encryption());
              return Review.of(bench.send(draft), endpoint.them()).good().findings();
            }),
        scenario("cms-base64-envelope")
            .isGood(draft -> draft.altered(Layer.ENCRYPT, Alteration.base64())),
        scenario("cms-base64-compressed")
            .isGood(draft ->
                draft
                    .layers(Layer.COMPRESS, Layer.SIGN)
                    .altered(Layer.COMPRESS, Alteration.base64())));
  }
}
