package dev.as2.conformance;

import static dev.as2.conformance.Scenario.scenario;

import dev.as2.core.Layer;
import java.util.ArrayList;
import java.util.List;

/** The ten permutations of layers, each with a signed and with an unsigned MDN. */
final class LayerScenarios {
  private LayerScenarios() {}

  /** A permutation of layers, innermost first. */
  private record Stack(String id, String words, String source, Layer... layers) {}

  private static final List<Stack> STACKS =
      List.of(
          new Stack("plain", "without any layer", "RFC 4130 §7.3.1"),
          new Stack("signed", "signed", "RFC 4130 §7.3.1", Layer.SIGN),
          new Stack("encrypted", "encrypted", "RFC 4130 §7.3.1", Layer.ENCRYPT),
          new Stack("compressed", "compressed", "RFC 5402 §4.3", Layer.COMPRESS),
          new Stack("signed-encrypted", "signed, then encrypted", "RFC 4130 §7.3.1",
              Layer.SIGN, Layer.ENCRYPT),
          new Stack("compressed-signed", "compressed, then signed", "RFC 5402 §4.1",
              Layer.COMPRESS, Layer.SIGN),
          new Stack("signed-compressed", "signed, then compressed", "RFC 5402 §4.1",
              Layer.SIGN, Layer.COMPRESS),
          new Stack("compressed-encrypted", "compressed, then encrypted", "RFC 5402 §4.2",
              Layer.COMPRESS, Layer.ENCRYPT),
          new Stack("compressed-signed-encrypted", "compressed, signed, then encrypted",
              "RFC 5402 §4.1", Layer.COMPRESS, Layer.SIGN, Layer.ENCRYPT),
          new Stack("signed-compressed-encrypted", "signed, compressed, then encrypted",
              "RFC 5402 §4.1", Layer.SIGN, Layer.COMPRESS, Layer.ENCRYPT));

  static List<Scenario> all() {
    List<Scenario> all = new ArrayList<>();
    for (Stack stack : STACKS) {
      for (Receipt receipt : List.of(Receipt.SIGNED, Receipt.UNSIGNED)) {
        all.add(of(stack, receipt));
      }
    }
    return all;
  }

  private static Scenario of(Stack stack, Receipt receipt) {
    String mdn = receipt == Receipt.SIGNED ? "signed" : "unsigned";
    return scenario(
            "layers-%s-%s-mdn".formatted(stack.id(), mdn),
            "A message %s, with %s MDN".formatted(stack.words(), mdn),
            stack.source())
        .sends("a message %s that asks for a %s MDN".formatted(stack.words(), mdn))
        .expects("it is accepted, and the MDN states the right MIC")
        .isGood(draft -> draft.layers(stack.layers()).receipt(receipt));
  }
}
