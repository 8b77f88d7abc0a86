package dev.as2.conformance;

import dev.as2.core.As2Id;
import dev.as2.mime.DigestAlgorithm;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A message that a sender under test has sent.
 *
 * @param capture as it came
 * @param peeled its layers
 */
record Incoming(Capture capture, Peeled peeled) {
  private static final Pattern MICALG =
      Pattern.compile(
          "signed-receipt-micalg\\s*=\\s*\\w+\\s*,\\s*([^;]+)", Pattern.CASE_INSENSITIVE);

  /** Its Message-ID as it came, or nothing. */
  String messageId() {
    return header("Message-ID").orElse("");
  }

  private Optional<String> header(String name) {
    return capture.headers().first(name);
  }

  boolean wantsReceipt() {
    return header("Disposition-Notification-To").isPresent();
  }

  /** Where its MDN is to be posted; empty where that is the answer. */
  Optional<String> deliverTo() {
    return header("Receipt-Delivery-Option");
  }

  boolean wantsSignature() {
    return options().toLowerCase(Locale.ROOT).contains("pkcs7-signature");
  }

  private String options() {
    return header("Disposition-Notification-Options").orElse("");
  }

  /** The first requested algorithm that is known; SHA-256 where there is none. */
  DigestAlgorithm micalg() {
    Matcher micalg = MICALG.matcher(options());
    return micalg.find()
        ? List.of(micalg.group(1).split(",")).stream()
            .map(DigestAlgorithm::named)
            .flatMap(Optional::stream)
            .findFirst()
            .orElse(DigestAlgorithm.SHA256)
        : DigestAlgorithm.SHA256;
  }

  /** Who sent it; a name of our own making where it names nobody. */
  As2Id from() {
    try {
      return header("AS2-From").map(As2Id::fromHeader).orElse(new As2Id("unknown"));
    } catch (IllegalArgumentException e) {
      return new As2Id("unknown"); // the fault is in the peeled message
    }
  }
}
