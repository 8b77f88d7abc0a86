package dev.as2.conformance;

import dev.as2.core.Layer;
import dev.as2.core.Mdn;
import dev.as2.core.Mic;
import dev.as2.core.MicScope;
import dev.as2.mime.DigestAlgorithm;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A message that was taken apart.
 *
 * @param layers its layers, outermost first; the last one is the payload, unless something kept it
 *     from being reached
 * @param order its security layers, innermost first
 * @param signed the digest of its signature, where it has one
 * @param digests of all octets that a MIC may be over
 * @param mdn the MDN, where the message is one
 */
public record Peeled(
    List<PeeledLayer> layers,
    List<Layer> order,
    Optional<DigestAlgorithm> signed,
    Map<MicScope, Map<DigestAlgorithm, byte[]>> digests,
    Optional<Mdn> mdn) {
  public Peeled {
    layers = List.copyOf(layers);
    order = List.copyOf(order);
  }

  /** What is wrong with it, a sentence each; the outermost layer's first. */
  public List<String> faults() {
    return layers.stream().flatMap(layer -> layer.faults().stream()).toList();
  }

  /** The octets that the MIC is to be over. */
  public MicScope micScope() {
    return MicScope.of(order);
  }

  /**
   * The right MIC; none where the payload was not reached.
   *
   * @param unsigned the digest where the message is not signed
   */
  public Optional<Mic> mic(DigestAlgorithm unsigned) {
    DigestAlgorithm algorithm = signed.orElse(unsigned);
    return Optional.ofNullable(digests.get(micScope()))
        .map(d -> Mic.of(d.getOrDefault(algorithm, new byte[0]), algorithm));
  }
}
