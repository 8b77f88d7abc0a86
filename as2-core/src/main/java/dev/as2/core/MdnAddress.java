package dev.as2.core;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/** Where an asynchronous MDN may be posted: whoever writes to us names the place. */
final class MdnAddress {
  private MdnAddress() {}

  /**
   * Reads a Receipt-Delivery-Option (RFC 4130 §7.3).
   *
   * @param hosts where MDNs of this partner may go, in lower case
   * @throws Refusal where it is no http(s) URL, or names another host
   */
  static URI parse(String text, Set<String> hosts) throws Refusal {
    if (text.length() > Limits.RECEIPT_URL_CHARACTERS) {
      throw refused("is longer than " + Limits.RECEIPT_URL_CHARACTERS + " characters");
    }
    URI url;
    try {
      url = new URI(text.strip());
    } catch (URISyntaxException e) {
      throw refused("is no URL");
    }
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw refused("is neither http nor https");
    }
    if (url.getHost() == null || url.getRawUserInfo() != null || url.getRawFragment() != null) {
      throw refused("has no host, or a user or a fragment");
    }
    if (!hosts.contains(url.getHost().toLowerCase(Locale.ROOT))) {
      throw refused(
          "names host " + Quote.of(url.getHost()) + ", which is not known as this partner's");
    }
    return url;
  }

  private static Refusal refused(String why) {
    return LayerFault.PROCESSING.refusal(
        FailureCode.UNSUPPORTED_RECEIPT, "its Receipt-Delivery-Option " + why);
  }
}
