package dev.as2.conformance;

import dev.as2.core.As2Exception;
import dev.as2.core.As2Response;
import dev.as2.core.Disposition;
import dev.as2.core.Mdn;
import dev.as2.core.MessageId;
import dev.as2.core.MicMatch;
import dev.as2.core.MicScope;
import dev.as2.mime.CmsSignature.Verification;
import dev.as2.mime.MimeException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Holds an answer against what is expected. What is found first counts: the rest follows from it.
 * Immutable.
 */
final class Review {
  private static final int QUOTED = 160;

  private final Exchange exchange;
  private final Partner them;
  private final Optional<Finding> found;

  private Review(Exchange exchange, Partner them, Optional<Finding> found) {
    this.exchange = exchange;
    this.them = them;
    this.found = found;
  }

  static Review of(Exchange exchange, Partner them) {
    return new Review(exchange, them, Optional.empty());
  }

  /** What is wrong: nothing, or one thing. */
  List<Finding> findings() {
    return found.stream().toList();
  }

  private Review then(Function<Exchange, Optional<Finding>> check) {
    return found.isPresent() ? this : new Review(exchange, them, check.apply(exchange));
  }

  private Review thenOfMdn(Function<Mdn, Optional<Finding>> check) {
    Review asked = mdn();
    if (asked.found.isPresent()) {
      return asked;
    }
    return asked.then(e -> check.apply(readMdn().orElseThrow()));
  }

  private static Optional<Finding> finding(String sentence, String source) {
    return Optional.of(new Finding(sentence, source));
  }

  /** Everything that the receipt of a good message has to be. */
  Review good() {
    return mdn().success().signature().aboutOurs().positive().mic();
  }

  /** An answer came, whatever it is. */
  Review answered() {
    return then(e ->
        e.response().isPresent()
            ? Optional.empty()
            : finding(
                "The endpoint gave no HTTP answer: " + Sentences.ended(e.failure()),
                "RFC 9110 §3.4"));
  }

  /** The status is a success: an MDN comes with one, also a negative one. */
  Review success() {
    return answered()
        .then(e ->
            e.status() / 100 == 2
                ? Optional.empty()
                : finding(
                    "The endpoint answered with HTTP status " + e.status() + ", not 2xx.",
                    "RFC 4130 §7.6"));
  }

  /** The answer holds an MDN that can be read. */
  Review mdn() {
    return answered()
        .then(e -> {
          try {
            return e.mdn().isPresent() ? Optional.empty() : withoutMdn(e);
          } catch (As2Exception fault) {
            return finding(
                "The endpoint's MDN cannot be read: "
                    + Sentences.ended(String.valueOf(fault.getMessage())),
                "RFC 4130 §7.4");
          }
        });
  }

  private static Optional<Finding> withoutMdn(Exchange e) {
    As2Response answer = e.response().orElseThrow();
    String body = new String(answer.body(), StandardCharsets.ISO_8859_1).replaceAll("[^ -~]+", " ");
    return finding(
        "The endpoint answered with HTTP status %s and no MDN%s."
            .formatted(
                answer.status(), body.isBlank() ? "" : ", but '" + shortened(body.strip()) + "'"),
        "RFC 4130 §7.3");
  }

  private static String shortened(String text) {
    return text.length() <= QUOTED ? text : text.substring(0, QUOTED) + "...";
  }

  private Optional<Mdn> readMdn() {
    try {
      return exchange.mdn();
    } catch (As2Exception e) {
      return Optional.empty(); // mdn() has found it
    }
  }

  /** The MDN is signed where that was asked for, and its signature is the partner's. */
  Review signature() {
    return thenOfMdn(mdn -> {
      if (mdn.signature().isEmpty()) {
        return exchange.parcel().receipt() == Receipt.SIGNED
            ? finding(
                "The endpoint's MDN is not signed, though a signed one was asked for.",
                "RFC 4130 §7.3")
            : Optional.empty();
      }
      return verified(mdn.signature().get());
    });
  }

  private Optional<Finding> verified(Mdn.Signed signed) {
    try {
      Verification found = signed.verify(them.certificates());
      if (found instanceof Verification.Verified) {
        return Optional.empty();
      }
      if (found instanceof Verification.NoMatchingCertificate none) {
        return finding(
            "The endpoint's MDN is signed by %s, whose certificate was not given."
                .formatted(String.join(" and ", none.signers())),
            "RFC 4130 §7.3");
      }
      return finding(
          found instanceof Verification.DigestMismatch
              ? "The endpoint's MDN is not what was signed: its digest differs from the signed one."
              : "The signature of the endpoint's MDN was not made with the key of its certificate.",
          "RFC 8551 §3.5");
    } catch (MimeException e) {
      return finding(
          "The signature of the endpoint's MDN cannot be read: " + e.getMessage() + ".",
          "RFC 8551 §3.5");
    }
  }

  /** The MDN names the message. */
  Review aboutOurs() {
    return thenOfMdn(mdn -> {
      MessageId ours = exchange.parcel().messageId();
      if (mdn.isFor(ours)) {
        return Optional.empty();
      }
      return finding(
          mdn.originalMessageId()
              .map(id ->
                  "The MDN's Original-Message-ID is %s, not %s."
                      .formatted(id.toHeader(), ours.toHeader()))
              .orElse("The MDN has no Original-Message-ID."),
          "RFC 4130 §7.4.3");
    });
  }

  /** The message was accepted. */
  Review positive() {
    return thenOfMdn(mdn ->
        mdn.disposition().isPositive()
            ? Optional.empty()
            : finding(
                "The endpoint refused a good message: '%s'%s."
                    .formatted(mdn.dispositionField(), words(mdn)),
                "RFC 4130 §7.5.2"));
  }

  private static String words(Mdn mdn) {
    String text = mdn.text().replaceAll("[^ -~]+", " ").strip();
    return text.isEmpty() ? "" : " (" + shortened(text) + ")";
  }

  /**
   * The message was refused.
   *
   * @param what what is wrong with the message, after "The endpoint accepted a message"
   * @param source where it is written
   * @param reasons the reasons that may be given, the right one first
   */
  Review refused(String what, String source, String... reasons) {
    return thenOfMdn(mdn -> {
      Disposition disposition = mdn.disposition();
      if (!disposition.isNegative()) {
        return finding(
            "The endpoint accepted a message %s: '%s'.".formatted(what, mdn.dispositionField()),
            source);
      }
      String given = disposition.reasonText().toLowerCase(Locale.ROOT).replaceAll("[\\s_]+", "-");
      for (String reason : reasons) {
        if (given.contains(reason)) {
          return Optional.empty();
        }
      }
      return reasons.length == 0
          ? Optional.empty()
          : finding(
              "The endpoint refused a message %s with '%s' instead of '%s'."
                  .formatted(what, mdn.dispositionField(), reasons[0]),
              source);
    });
  }

  /**
   * A good receipt, or a refusal, which is no fault where nobody has to know what was sent. What is
   * said is to be true: what was taken has to be read, too. An MDN that is not signed is another
   * such refusal.
   *
   * @param what what a refusal means, after "The endpoint"
   */
  Review known(String what) {
    Review answer = answered().mdn();
    if (answer.found.isPresent()) {
      return answer.weighed(Severity.SHOULD);
    }
    Review refusal =
        answer.thenOfMdn(mdn ->
            mdn.disposition().isNegative()
                ? finding(
                    "The endpoint %s: '%s'.".formatted(what, mdn.dispositionField()), "RFC 8551 §2")
                : Optional.empty());
    if (refusal.found.isPresent()) {
      return refusal.weighed(Severity.NOTE);
    }
    Review truth = answer.success().aboutOurs().positive().statedMic().weighed(Severity.MUST);
    return truth.found.isPresent() ? truth : truth.proven();
  }

  private Review statedMic() {
    return readMdn().flatMap(Mdn::mic).isPresent() ? mic() : this;
  }

  /** An MDN without a signature is a note: its digest was optional, and need not be known. */
  private Review proven() {
    boolean unsigned = readMdn().filter(mdn -> mdn.signature().isEmpty()).isPresent();
    return unsigned ? signature().weighed(Severity.NOTE) : signature().mic().weighed(Severity.MUST);
  }

  private Review weighed(Severity severity) {
    return new Review(exchange, them, found.map(finding -> finding.of(severity)));
  }

  /** The MDN's MIC is that of the message. */
  Review mic() {
    return thenOfMdn(mdn -> {
      Parcel.Mics mics = exchange.parcel().mics();
      MicMatch match = mics.match(mdn.mic());
      if (match instanceof MicMatch.Right right) {
        return right.oddName() ? oddName(mdn) : Optional.empty();
      }
      if (match instanceof MicMatch.Absent) {
        return exchange.parcel().receipt() == Receipt.SIGNED
            ? finding("The MDN has no Received-Content-MIC.", "RFC 4130 §7.3.1")
            : Optional.empty();
      }
      return wrongMic(match, mics);
    });
  }

  private Optional<Finding> oddName(Mdn mdn) {
    return finding(
        "The MIC is right, and names another algorithm than the one that it was made with: '%s'."
            .formatted(mdn.fields().first("Received-Content-MIC").orElse("")),
        "RFC 4130 §7.4.3");
  }

  private static Optional<Finding> wrongMic(MicMatch match, Parcel.Mics mics) {
    String right = "%s over %s".formatted(mics.algorithm().rfc5751Name(), mics.scope().words());
    if (match instanceof MicMatch.Variant variant) {
      return finding(
          "The MIC is %s over %s instead of %s."
              .formatted(variant.algorithm().rfc5751Name(), variant.scope().words(), right),
          variant.scope() == mics.scope() ? "RFC 4130 §7.4.3" : source(mics.scope()));
    }
    return finding(
        "The MIC is not %s, nor over anything else that products are known to hash."
            .formatted(right),
        source(mics.scope()));
  }

  private static String source(MicScope scope) {
    return switch (scope) {
      case COMPRESSED_ENTITY -> "RFC 5402 §4.1";
      case PAYLOAD_CONTENT -> "RFC 4130 §7.3.1, for messages without any layer";
      default -> "RFC 4130 §7.3.1, RFC 5402 §4";
    };
  }

  /** There is no MDN, since none was asked for. */
  Review noMdn() {
    return success()
        .then(e ->
            readMdn().isEmpty()
                ? Optional.empty()
                : finding("The endpoint sent an MDN that was not asked for.", "RFC 4130 §7.3"));
  }

  /** Something else about the MDN. */
  Review that(Function<Mdn, Optional<Finding>> check) {
    return thenOfMdn(check);
  }

  /** Something else about the exchange. */
  Review thatOfExchange(Function<Exchange, Optional<Finding>> check) {
    return then(check);
  }
}
