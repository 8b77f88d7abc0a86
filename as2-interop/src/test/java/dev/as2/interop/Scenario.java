package dev.as2.interop;

import dev.as2.core.ConnectorOption;
import dev.as2.core.ConnectorOptions.Framing;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One row of the matrix.
 *
 * @param product to whom
 * @param layers in which layers
 * @param framing by which framing
 * @param mdn with which MDN
 * @param sample what
 */
record Scenario(PeerProduct product, Layers layers, Framing framing, WantedMdn mdn, Sample sample) {
  private static final List<Map<String, String>> DEVIATIONS = Table.rows("deviations.csv");

  private static final List<Framing> FRAMINGS = List.of(Framing.CHUNKED, Framing.CONTENT_LENGTH);

  /** For a product every permutation of layers, in both framings, as {@link #samples} says. */
  static Stream<Scenario> all() {
    return Arrays.stream(PeerProduct.values())
        .flatMap(product ->
            Arrays.stream(Layers.values())
                .flatMap(layers ->
                    FRAMINGS.stream().flatMap(framing -> samples(product, layers, framing))));
  }

  /** The text with each MDN, and the other samples with a signed one, which proves the most. */
  private static Stream<Scenario> samples(PeerProduct product, Layers layers, Framing framing) {
    return Stream.concat(
        Arrays.stream(WantedMdn.values())
            .map(mdn -> new Scenario(product, layers, framing, mdn, Sample.CRLF_TEXT)),
        Arrays.stream(Sample.values())
            .filter(sample -> sample != Sample.CRLF_TEXT)
            .filter(sample -> sample != Sample.FIVE_MEGABYTES || layers == Layers.SIGN_ENCRYPT)
            .filter(sample -> sample != Sample.A_MEGABYTE_OF_EDI || layers.compress())
            .map(sample -> new Scenario(product, layers, framing, WantedMdn.SIGNED, sample)));
  }

  /**
   * Whether it is among what runs every day: the text with a signed MDN in every permutation of
   * layers and either framing, and everything else in each permutation in one of the framings,
   * which take turns.
   */
  boolean isForEveryDay() {
    int turn = layers.ordinal() + FRAMINGS.indexOf(framing) + mdn.ordinal() + sample.ordinal();
    return turn % 2 == 1 || mdn == WantedMdn.SIGNED && sample == Sample.CRLF_TEXT;
  }

  /** What comes out: what {@code deviations.csv} says, first row first, and else what RFCs say. */
  String expectation() {
    return DEVIATIONS.stream()
        .filter(this::isMeantBy)
        .map(row -> row.get("expectation"))
        .findFirst()
        .orElse(mdn == WantedMdn.NONE ? "no-mdn" : "rfc");
  }

  Agreement agreement() {
    return Agreement.of(layers, mdn).with(ConnectorOption.FRAMING, framing.name());
  }

  private boolean isMeantBy(Map<String, String> row) {
    return isMeant(row, "product", product)
        && isMeant(row, "layers", layers)
        && isMeant(row, "framing", framing)
        && isMeant(row, "mdn", mdn)
        && isMeant(row, "sample", sample);
  }

  private static boolean isMeant(Map<String, String> row, String column, Enum<?> value) {
    List<String> meant = List.of(row.getOrDefault(column, "").split(" "));
    return meant.contains("*") || meant.contains(value.name());
  }

  @Override
  public String toString() {
    return "%s %s %s mdn %s %s: %s".formatted(product, layers, framing, mdn, sample, expectation());
  }
}
