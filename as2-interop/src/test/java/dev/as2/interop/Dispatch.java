package dev.as2.interop;

import dev.as2.core.As2Id;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
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
 * @param mdn which MDN it asks for
 */
record Dispatch(PeerProduct product, Layers layers, Framing framing, Mdn mdn) {
  /**
   * How OpenAS2 can be told to send; as2-server writes a message into a file and knows its length.
   */
  enum Framing {
    CHUNKED,
    CONTENT_LENGTH
  }

  /** Which MDN: in the answer, or later on a connection of its own. */
  enum Mdn {
    SIGNED,
    UNSIGNED,
    SIGNED_LATER,
    UNSIGNED_LATER;

    boolean signed() {
      return this == SIGNED || this == SIGNED_LATER;
    }

    boolean late() {
      return this == SIGNED_LATER || this == UNSIGNED_LATER;
    }
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
        .flatMap(layers ->
            framings.stream()
                .flatMap(framing ->
                    Arrays.stream(Mdn.values())
                        .map(mdn -> new Dispatch(product, layers, framing, mdn))));
  }

  /** The layers as a receiver meets them. */
  List<String> layersFromOutside() {
    List<String> words = new ArrayList<>(layers.words());
    Collections.reverse(words);
    return words;
  }

  /** What a sender makes of our MDN. */
  enum Belief {
    /** It is proof. */
    BELIEVED,
    /** It is one of another content, as the sender hashes its message in its own way. */
    OF_OTHER_CONTENT,
    /** It is refused, unread. */
    REFUSED
  }

  /**
   * What becomes of our MDN. as2-server finds no partnership for any asynchronous MDN (as2-lib's
   * issue 79), and hashes what it compressed, where it compresses first, though it does not sign
   * that. OpenAS2 hashes a message that is only compressed without its MIME headers (RFC 5402 §4.3:
   * uncompressed, with its headers), and nothing where it asks for an unsigned MDN.
   */
  Belief belief() {
    boolean open = product == PeerProduct.OPENAS2;
    if (!open && mdn.late()) {
      return Belief.REFUSED;
    }
    boolean hashesOther =
        open
            ? layers == Layers.COMPRESS && mdn.signed()
            : layers == Layers.COMPRESS || layers == Layers.COMPRESS_ENCRYPT;
    return hashesOther ? Belief.OF_OTHER_CONTENT : Belief.BELIEVED;
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
    return xml.append("  </partnership>\n").append(wayBack(name)).toString();
  }

  /** as2-server takes an MDN only where it has a partnership in the MDN's direction. */
  private String wayBack(String name) {
    return product == PeerProduct.OPENAS2
        ? ""
        : """
        <partnership name="from-%s">
          <sender name="%s"/>
          <receiver name="peer"/>
          <attribute name="protocol" value="as2"/>
        </partnership>\
        """
            .formatted(name, name);
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
            attribute("as2_mdn_options", mdnOptions()),
            attribute("resend_max_retries", "0"),
            attribute("no_chunked_max_size", framing == Framing.CHUNKED ? "0" : "100000000"));
    Stream<String> some =
        Stream.of(
                layers.sign() ? attribute("sign", open ? "SHA256" : "sha-256") : "",
                layers.encrypt() ? attribute("encrypt", open ? "AES256" : "aes256-cbc") : "",
                layers.compress() ? attribute("compression_type", open ? "ZLIB" : "zlib") : "",
                layers.compress() ? attribute("compression_mode", mode()) : "",
                mdn.late() ? attribute("as2_receipt_option", "@mdnUrl@") : "")
            .filter(each -> !each.isEmpty());
    return Stream.concat(always, some);
  }

  /** OpenAS2 cannot ask for an unsigned MDN with a MIC algorithm. */
  private String mdnOptions() {
    boolean open = product == PeerProduct.OPENAS2;
    String digest = "signed-receipt-micalg=optional, " + (open ? "SHA256" : "sha-256");
    if (mdn.signed()) {
      return "signed-receipt-protocol=optional, pkcs7-signature; " + digest;
    }
    return open ? "none" : digest;
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
    return "%s %s %s MDN %s".formatted(product, layers, framing, mdn);
  }
}
