package dev.as2.core;

import dev.as2.core.ConnectorOptions.MicalgSpelling;
import dev.as2.mime.DigestAlgorithm;
import dev.as2.mime.Header;
import dev.as2.mime.Headers;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The AS2 headers of a message (RFC 4130 §6, §7.3). */
final class OutboundHeaders {
  /** Who sends, in {@code User-Agent}. */
  static final String PRODUCT = "as2/0.1";

  /** Its presence asks for an MDN; the address itself is not used (RFC 4130 §7.3). */
  private static final String RECEIPT_ADDRESS = "mdn@as2.invalid";

  private static final String RESTART_VERSION = "1.2";
  private static final String RESTART_FEATURE = "AS2-Restart";

  private OutboundHeaders() {}

  /**
   * Those of a message, with those of its outermost layer, and then what users add: the connector's
   * and then the order's, each in the place of one that is there.
   */
  static UnaryOperator<Headers> around(
      Partnership partnership, Seal seal, String subject, Headers ofOrder) {
    return layer -> {
      Headers all = of(partnership, seal, subject).plus(layer);
      for (Header extra : partnership.options().http().extraHeaders().plus(ofOrder)) {
        all = all.with(extra.name(), extra.value()); // a Subject takes the place of ours
      }
      return all;
    };
  }

  private static Headers of(Partnership partnership, Seal seal, String subject) {
    ConnectorOptions.Packing packing = partnership.options().packing();
    Headers headers =
        partnership.options().http().restart()
            ? restartable(packing, seal)
            : features(Headers.of("AS2-Version", packing.as2Version()), packing);
    headers = headers.plus(ours(partnership, seal, subject));
    if (!partnership.wantsMdn()) {
      return headers;
    }
    Headers receipt =
        headers
            .plus("Disposition-Notification-To", RECEIPT_ADDRESS)
            .plus("Disposition-Notification-Options", receiptOptions(partnership));
    return partnership.wantsMdnLater()
        ? receipt.plus("Receipt-Delivery-Option", deliverTo(partnership))
        : receipt;
  }

  /** What says that this message can go on where it broke off (draft-harding-as2-restart §5). */
  private static Headers restartable(ConnectorOptions.Packing packing, Seal seal) {
    String version = packing.as2Version();
    String features = packing.features();
    return Headers.of(
        "AS2-Version",
        version.compareTo(RESTART_VERSION) < 0 ? RESTART_VERSION : version,
        "EDIINT-Features",
        features.isEmpty() ? RESTART_FEATURE : features + ", " + RESTART_FEATURE,
        EntityTag.HEADER,
        EntityTag.of(seal.messageId()).toHeader());
  }

  private static String deliverTo(Partnership partnership) {
    return partnership.connector().as2().asyncMdn().orElseThrow().url().toASCIIString();
  }

  /** These headers, and what we can do, where a partner is to hear of it (RFC 6017 §4). */
  static Headers features(Headers headers, ConnectorOptions.Packing packing) {
    return packing.features().isEmpty()
        ? headers
        : headers.plus("EDIINT-Features", packing.features());
  }

  private static Headers ours(Partnership partnership, Seal seal, String subject) {
    return Headers.of(
        "AS2-From",
        partnership.local().as2Id().toHeader(),
        "AS2-To",
        partnership.partner().as2Id().toHeader(),
        "Message-ID",
        seal.messageId().toHeader(),
        "Date",
        HttpDate.of(seal.date()),
        "Subject",
        subject,
        "MIME-Version",
        "1.0",
        "User-Agent",
        PRODUCT);
  }

  /**
   * How the MDN is to be signed; one algorithm, as partners disagree about which of several counts.
   * Without the protocol no signature is asked for: the options are there all the same, since some
   * products fail without them.
   */
  private static String receiptOptions(Partnership partnership) {
    MicalgSpelling spelling = partnership.options().packing().micalgSpelling();
    Optional<DigestAlgorithm> signature = partnership.mdnSignature();
    DigestAlgorithm micalg = signature.orElseGet(partnership::micAlgorithm);
    return (signature.isPresent() ? "signed-receipt-protocol=optional, pkcs7-signature; " : "")
        + "signed-receipt-micalg=optional, "
        + spelling.name(micalg);
  }
}
