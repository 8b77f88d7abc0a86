package dev.as2.conformance;

import static dev.as2.conformance.Scenario.scenario;

import dev.as2.mime.ContentCipher;
import dev.as2.mime.DigestAlgorithm;
import dev.as2.mime.KeyTransport;
import dev.as2.mime.Signer.RsaPadding;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Modern algorithms, which nobody has to know. Who does not know them is to refuse the message, and
 * not to fall over it or to take what was not read.
 */
final class AlgorithmScenarios {
  private AlgorithmScenarios() {}

  static List<Scenario> all() {
    return Stream.of(encryption(), signatures()).flatMap(List::stream).toList();
  }

  private static List<Scenario> encryption() {
    return List.of(
        opens("cipher-aes128-gcm", "AES-128-GCM", d -> d.cipher(ContentCipher.AES128_GCM)),
        opens("cipher-aes256-gcm", "AES-256-GCM", d -> d.cipher(ContentCipher.AES256_GCM)),
        opens("key-transport-oaep", "RSA-OAEP", d -> d.keyTransport(KeyTransport.OAEP)),
        opens(
            "key-transport-oaep-gcm",
            "RSA-OAEP and AES-256-GCM",
            d -> d.keyTransport(KeyTransport.OAEP).cipher(ContentCipher.AES256_GCM)));
  }

  private static List<Scenario> signatures() {
    return List.of(
        verifies("signature-pss", "RSASSA-PSS", d -> d.padding(RsaPadding.PSS)),
        verifies("digest-sha3-256", "SHA3-256", d -> d.digest(DigestAlgorithm.SHA3_256)),
        verifies("digest-sha3-512", "SHA3-512", d -> d.digest(DigestAlgorithm.SHA3_512)),
        signed("signature-ecdsa", "ECDSA", "an EC key", p -> p.key() instanceof ECKey),
        signed(
            "signature-rsa-4096",
            "a key of 4096 bits",
            "an RSA key of 4096 bits",
            p -> p.key() instanceof RSAKey rsa && rsa.getModulus().bitLength() >= 4096));
  }

  private static Scenario opens(String id, String with, UnaryOperator<Draft> change) {
    String what = "does not open what is encrypted with " + with;
    return scenario(id).reviewed(change, review -> review.known(what));
  }

  private static Scenario verifies(String id, String with, UnaryOperator<Draft> change) {
    return scenario(id).reviewed(change, review -> review.known(refusal(with)));
  }

  private static String refusal(String with) {
    return "does not take what is signed with " + with;
  }

  private static Scenario signed(String id, String with, String kind, Predicate<Party> is) {
    return scenario(id)
        .play(stage -> {
          Bench bench = stage.bench();
          Party signer = bench.means().signer(bench.endpoint().us(), kind, is);
          Exchange exchange = bench.send(bench.draft().signedBy(signer));
          return Review.of(exchange, bench.endpoint().them()).known(refusal(with)).findings();
        });
  }
}
