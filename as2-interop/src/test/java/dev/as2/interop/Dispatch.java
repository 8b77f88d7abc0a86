package dev.as2.interop;

import dev.as2.core.As2Id;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One way in which a peer sends to us: a partnership of its own, as peers take how a message is
 * packed from the partnership.
 *
 * @param product who sends
 * @param layers in which layers
 * @param framing by which framing
 * @param late whether it asks for the MDN on another connection
 */
record Dispatch(PeerProduct product, Layers layers, Framing framing, boolean late) {
  /** How OpenAS2 can be told to send; as2-server knows one way. */
  enum Framing {
    CHUNKED,
    CONTENT_LENGTH
  }

  /** All that the products can do. */
  static Stream<Dispatch> all() {
    return Arrays.stream(PeerProduct.values()).flatMap(Dispatch::of);
  }

  private static Stream<Dispatch> of(PeerProduct product) {
    List<Framing> framings =
        product == PeerProduct.OPENAS2
            ? List.of(Framing.values())
            : List.of(Framing.CONTENT_LENGTH);
    return Arrays.stream(Layers.values())
        .flatMap(layers -> framings.stream().map(f -> new Dispatch(product, layers, f, false)))
        .flatMap(d ->
            Stream.of(d, new Dispatch(d.product(), d.layers(), d.framing(), true)));
  }

  /**
   * Whether the sender takes our MDN for one of another content: OpenAS2 hashes a message that is
   * only compressed without its MIME headers (RFC 5402 §4.1 has them in).
   */
  boolean isDisbelieved() {
    return product == PeerProduct.OPENAS2 && layers == Layers.COMPRESS;
  }

  /** Our name in this partnership. */
  As2Id receiver() {
    return new As2Id(toString().toLowerCase(Locale.ROOT).replace(' ', '-'));
  }

  /** The name under which a file is put into the peer's outbox. */
  String fileName(String name) {
    return receiver().value() + "!" + name;
  }

  /** All partnerships of a product, as elements of its configuration. */
  static String partnerships(PeerProduct product) {
    return of(product).map(Dispatch::partnership).collect(Collectors.joining("\n"));
  }

  private String partnership() {
    String name = receiver().value();
    StringBuilder xml = new StringBuilder();
    xml.append("  <partner name=\"%s\" as2_id=\"%s\"".formatted(name, name))
        .append(" x509_alias=\"ours\" email=\"ours@example.com\"/>\n")
        .append("  <partnership name=\"to-%s\">\n".formatted(name))
        .append("    <sender name=\"peer\"/>\n    <receiver name=\"%s\"/>\n".formatted(name));
    attributes().forEach(each -> xml.append("    ").append(each).append('\n'));
    return xml.append("  </partnership>").toString();
  }

  private Stream<String> attributes() {
    boolean open = product == PeerProduct.OPENAS2;
    Stream<String> always =
        Stream.of(
            attribute("protocol", "as2"),
            attribute("content_transfer_encoding", "binary"),
            attribute("subject", "to ours"),
            attribute("as2_url", "@oursUrl@"),
            attribute("as2_mdn_to", "peer@example.com"),
            attribute(
                "as2_mdn_options",
                "signed-receipt-protocol=optional, pkcs7-signature; signed-receipt-micalg=optional, "
                    + (open ? "SHA256" : "sha-256")),
            attribute("resend_max_retries", "0"),
            attribute("no_chunked_max_size", framing == Framing.CHUNKED ? "0" : "100000000"));
    Stream<String> some =
        Stream.of(
                layers.sign() ? attribute("sign", open ? "SHA256" : "sha-256") : "",
                layers.encrypt() ? attribute("encrypt", open ? "AES256" : "aes256-cbc") : "",
                layers.compress() ? attribute("compression_type", open ? "ZLIB" : "zlib") : "",
                layers.compress() ? attribute("compression_mode", mode()) : "",
                late ? attribute("as2_receipt_option", "@mdnUrl@") : "")
            .filter(each -> !each.isEmpty());
    return Stream.concat(always, some);
  }

  private String mode() {
    return layers.name().startsWith("SIGN_COMPRESS")
        ? "compress-after-signing"
        : "compress-before-signing";
  }

  private static String attribute(String name, String value) {
    return "<attribute name=\"%s\" value=\"%s\"/>".formatted(name, value);
  }

  @Override
  public String toString() {
    return "%s %s %s MDN %s"
        .formatted(product, layers, framing, late ? "asynchronous" : "synchronous");
  }
}
