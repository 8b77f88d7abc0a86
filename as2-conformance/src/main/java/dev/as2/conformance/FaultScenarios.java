package dev.as2.conformance;

import static dev.as2.conformance.Scenario.scenario;

import dev.as2.core.Layer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Messages that are damaged or forged: K.1 to K.3 of Drummond's tests, and more. */
final class FaultScenarios {
  private static final String ERRORS = "RFC 4130 §7.5.4";

  private FaultScenarios() {}

  static List<Scenario> all() {
    return Stream.of(forgeries(), damages(), refusals()).flatMap(List::stream).toList();
  }

  private static List<Scenario> forgeries() {
    return List.of(
        scenario("fault-wrong-signature").play(FaultScenarios::wrongSignature),
        scenario("fault-tampered-content")
            .reviewed(
                draft -> draft.layers(Layer.SIGN).altered(Layer.SIGN, replaced("4711", "4712")),
                FaultScenarios::tampered),
        scenario("fault-tampered-inside")
            .reviewed(
                draft -> draft.altered(Layer.SIGN, replaced("4711", "4712")),
                FaultScenarios::tampered),
        scenario("fault-wrong-recipient").play(FaultScenarios::wrongRecipient));
  }

  private static List<Scenario> damages() {
    return Stream.of(ciphertexts(), compressions(), signatures()).flatMap(List::stream).toList();
  }

  private static List<Scenario> ciphertexts() {
    return List.of(
        scenario("fault-truncated-ciphertext")
            .reviewed(
                draft -> draft.altered(Layer.ENCRYPT, cut(20)),
                review ->
                    review.refused("whose encrypted body is cut off", ERRORS, "decryption-failed")),
        scenario("fault-no-ciphertext")
            .reviewed(
                draft -> draft.altered(Layer.ENCRYPT, text("This is not CMS.")),
                review ->
                    review.refused("whose encrypted body is text", ERRORS, "decryption-failed")));
  }

  private static List<Scenario> compressions() {
    return List.of(
        scenario("fault-damaged-compression")
            .reviewed(
                draft ->
                    draft
                        .layers(Layer.COMPRESS, Layer.ENCRYPT)
                        .altered(Layer.COMPRESS, Alteration.bitFlipped()),
                review ->
                    review.refused(
                        "whose compressed data is damaged",
                        "RFC 5402 §5",
                        "decompression-failed",
                        "decompresion-failed")),
        scenario("fault-no-compressed-data")
            .reviewed(
                draft ->
                    draft.layers(Layer.COMPRESS).altered(Layer.COMPRESS, text("Not compressed.")),
                review ->
                    review.refused(
                        "whose compressed data is text",
                        "RFC 5402 §5",
                        "decompression-failed",
                        "decompresion-failed")));
  }

  private static List<Scenario> signatures() {
    return List.of(
        scenario("fault-signature-missing")
            .reviewed(
                draft -> draft.layers(Layer.SIGN).altered(Layer.SIGN, signatureRemoved()),
                review -> review.refused("that says it is signed and has no signature", ERRORS)),
        scenario("fault-signature-garbage")
            .reviewed(
                draft ->
                    draft
                        .layers(Layer.SIGN)
                        .altered(Layer.SIGN, Alteration.body(FaultScenarios::signatureBroken)),
                review -> review.refused("whose signature cannot be read", ERRORS)));
  }

  private static List<Scenario> refusals() {
    return List.of(
        scenario("fault-status").play(stage -> refusal(stage, Review::success)),
        scenario("fault-signed-mdn").play(stage -> refusal(stage, Review::signature)),
        scenario("fault-original-message-id").play(stage -> refusal(stage, Review::aboutOurs)),
        scenario("fault-then-good").play(FaultScenarios::thenGood));
  }

  private static List<Finding> wrongSignature(Stage stage) throws IOException {
    Bench bench = stage.bench();
    Exchange exchange = bench.send(bench.draft().signedWith(StrangerKey.make()));
    return Review.of(exchange, bench.endpoint().them())
        .refused(
            "that is signed with another key",
            ERRORS,
            "authentication-failed",
            "integrity-check-failed")
        .findings();
  }

  private static Review tampered(Review review) {
    return review.refused(
        "whose content was changed after it was signed",
        ERRORS,
        "integrity-check-failed",
        "authentication-failed");
  }

  private static Draft undecryptable(Bench bench) {
    return bench.draft().encryptedTo(bench.endpoint().us().certificate());
  }

  private static List<Finding> wrongRecipient(Stage stage) throws IOException {
    Bench bench = stage.bench();
    return Review.of(bench.send(undecryptable(bench)), bench.endpoint().them())
        .refused("that is encrypted to somebody else", ERRORS, "decryption-failed")
        .findings();
  }

  private static List<Finding> refusal(Stage stage, UnaryOperator<Review> review)
      throws IOException {
    Bench bench = stage.bench();
    Exchange exchange = bench.send(undecryptable(bench));
    return review.apply(Review.of(exchange, bench.endpoint().them()).mdn()).findings();
  }

  private static List<Finding> thenGood(Stage stage) throws IOException {
    Bench bench = stage.bench();
    bench.send(undecryptable(bench));
    return Review.of(bench.send(bench.draft()), bench.endpoint().them()).good().findings();
  }

  /** The first occurrence of a text becomes another of the same length. */
  private static Alteration replaced(String text, String by) {
    return Alteration.body(octets ->
        new String(octets, StandardCharsets.ISO_8859_1)
            .replaceFirst(text, by)
            .getBytes(StandardCharsets.ISO_8859_1));
  }

  private static Alteration cut(int octets) {
    return Alteration.body(body -> Arrays.copyOf(body, body.length - octets));
  }

  private static Alteration text(String instead) {
    return Alteration.body(body -> instead.getBytes(StandardCharsets.US_ASCII));
  }

  private static Alteration signatureRemoved() {
    return Alteration.body(octets -> {
      String body = new String(octets, StandardCharsets.ISO_8859_1);
      String boundary = body.substring(0, body.indexOf("\r\n"));
      int second = body.indexOf("\r\n" + boundary, boundary.length());
      return (body.substring(0, second) + "\r\n" + boundary + "--\r\n")
          .getBytes(StandardCharsets.ISO_8859_1);
    });
  }

  private static byte[] signatureBroken(byte[] octets) {
    String body = new String(octets, StandardCharsets.ISO_8859_1);
    int header = body.indexOf("smime.p7s\"\r\n\r\n");
    int from = header + "smime.p7s\"\r\n\r\n".length();
    return (body.substring(0, from) + "garbage" + body.substring(body.lastIndexOf("\r\n--")))
        .getBytes(StandardCharsets.ISO_8859_1);
  }
}
