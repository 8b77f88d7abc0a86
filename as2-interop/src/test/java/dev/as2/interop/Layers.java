package dev.as2.interop;

import dev.as2.core.ConnectorOptions.LayerOrder;
import java.util.ArrayList;
import java.util.List;

/** The ten permutations of layers that a message can have (RFC 5402 §3), innermost first. */
enum Layers {
  PLAIN,
  SIGN,
  ENCRYPT,
  COMPRESS,
  COMPRESS_SIGN,
  SIGN_COMPRESS,
  SIGN_ENCRYPT,
  COMPRESS_ENCRYPT,
  COMPRESS_SIGN_ENCRYPT,
  SIGN_COMPRESS_ENCRYPT;

  boolean compress() {
    return name().contains("COMPRESS");
  }

  boolean sign() {
    return name().contains("SIGN");
  }

  boolean encrypt() {
    return name().contains("ENCRYPT");
  }

  LayerOrder order() {
    return name().startsWith("SIGN_COMPRESS") ? LayerOrder.SIGN_FIRST : LayerOrder.COMPRESS_FIRST;
  }

  /** The words of the outcome record's {@code layers}. */
  List<String> words() {
    List<String> words = new ArrayList<>();
    for (String layer : name().split("_")) {
      switch (layer) {
        case "COMPRESS" -> words.add("compressed");
        case "SIGN" -> words.add("signed");
        case "ENCRYPT" -> words.add("encrypted");
        default -> {}
      }
    }
    return words;
  }
}
