package dev.as2.core;

import dev.as2.core.As2Config.Compression;
import dev.as2.core.ConnectorOptions.LayerOrder;
import java.util.ArrayList;
import java.util.List;

/** The security layers of a message (RFC 4130 §4, RFC 5402). */
public enum Layer {
  COMPRESS("compressed"),
  SIGN("signed"),
  ENCRYPT("encrypted");

  private final String word;

  Layer(String word) {
    this.word = word;
  }

  /** What a message is that has it. */
  public String word() {
    return word;
  }

  /**
   * The layers that a connector asks for, innermost first. This is the only place where their order
   * is decided: encryption is outermost, compression before or after the signature (RFC 5402 §3).
   */
  static List<Layer> order(As2Config as2, LayerOrder order) {
    List<Layer> layers =
        new ArrayList<>(
            order == LayerOrder.COMPRESS_FIRST
                ? List.of(COMPRESS, SIGN, ENCRYPT)
                : List.of(SIGN, COMPRESS, ENCRYPT));
    if (as2.compression() == Compression.DISABLED) {
      layers.remove(COMPRESS);
    }
    if (as2.signingAlgorithm().isEmpty()) {
      layers.remove(SIGN);
    }
    if (as2.encryptionAlgorithm().isEmpty()) {
      layers.remove(ENCRYPT);
    }
    return layers;
  }
}
