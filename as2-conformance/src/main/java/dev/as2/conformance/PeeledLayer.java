package dev.as2.conformance;

import dev.as2.mime.Headers;
import java.util.List;

/**
 * One layer of a message, as it was found.
 *
 * @param name what it is, for example {@code encrypted}
 * @param headers its headers
 * @param content the octets of its body
 * @param facts what there is to know of it, a sentence each
 * @param faults what is wrong with it, a sentence each
 */
public record PeeledLayer(
    String name, Headers headers, Octets content, List<String> facts, List<String> faults) {
  public PeeledLayer {
    facts = List.copyOf(facts);
    faults = List.copyOf(faults);
  }
}
