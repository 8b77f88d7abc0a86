package dev.as2.conformance;

import static dev.as2.conformance.Scenario.scenario;

import dev.as2.core.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The ten permutations of layers, each with a signed and with an unsigned MDN. */
final class LayerScenarios {
  private LayerScenarios() {}

  /** By their names, innermost first. */
  private static final Map<String, List<Layer>> STACKS =
      Map.of(
          "plain", List.of(),
          "signed", List.of(Layer.SIGN),
          "encrypted", List.of(Layer.ENCRYPT),
          "compressed", List.of(Layer.COMPRESS),
          "signed-encrypted", List.of(Layer.SIGN, Layer.ENCRYPT),
          "compressed-signed", List.of(Layer.COMPRESS, Layer.SIGN),
          "signed-compressed", List.of(Layer.SIGN, Layer.COMPRESS),
          "compressed-encrypted", List.of(Layer.COMPRESS, Layer.ENCRYPT),
          "compressed-signed-encrypted", List.of(Layer.COMPRESS, Layer.SIGN, Layer.ENCRYPT),
          "signed-compressed-encrypted", List.of(Layer.SIGN, Layer.COMPRESS, Layer.ENCRYPT));

  static List<Scenario> all() {
    List<Scenario> all = new ArrayList<>();
    STACKS.forEach((name, layers) -> {
      all.add(of("layers-" + name + "-signed-mdn", layers, Receipt.SIGNED));
      all.add(of("layers-" + name + "-unsigned-mdn", layers, Receipt.UNSIGNED));
    });
    return all;
  }

  private static Scenario of(String id, List<Layer> layers, Receipt receipt) {
    return scenario(id).isGood(draft -> draft.layers(layers).receipt(receipt));
  }
}
