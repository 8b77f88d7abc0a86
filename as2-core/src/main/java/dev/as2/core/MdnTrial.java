package dev.as2.core;

import dev.as2.core.ConnectorOptions.UnsignedMdn;
import dev.as2.core.SendResult.Failure;
import dev.as2.core.SendResult.Receipt;
import dev.as2.core.Sent.MdnRequest;
import dev.as2.mime.CmsSignature.Verification;
import dev.as2.mime.DigestAlgorithm;
import dev.as2.mime.MimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One MDN held against one message.
 *
 * <p>The order matters: an MDN of another message says nothing about ours; a no is believed whoever
 * signed it; a yes needs proof, first its signature and then its MIC. For one thread.
 */
final class MdnTrial {
  /** The most of the text for people that is kept, in characters. */
  private static final int TEXT_CHARACTERS = 2_000;

  private final Sent sent;
  private final As2Response response;
  private final Mdn mdn;
  private final Disposition disposition;
  private final MicMatch match;
  private final List<String> warnings = new ArrayList<>();
  private final Optional<Failure> signatureFailure;
  private final boolean verified;

  MdnTrial(Sent sent, As2Response response, Mdn mdn) {
    this.sent = sent;
    this.response = response;
    this.mdn = mdn;
    this.disposition = mdn.disposition();
    this.match = MicMatch.of(mdn.mic(), sent.mics());
    this.signatureFailure = mdn.signature().flatMap(this::verify);
    this.verified = mdn.signature().isPresent() && signatureFailure.isEmpty();
  }

  Verdict verdict(Optional<Duration> retryAfter) {
    compareNames();
    Optional<Failure> failure =
        sent.request() == MdnRequest.NONE && MdnJudge.isSuccess(response)
            ? unrequested()
            : aboutOther().or(this::refused).or(this::unproved).or(this::tooEarly);
    return new Verdict(failure, Optional.of(receipt()), warnings, retryAfter);
  }

  private Receipt receipt() {
    return new Receipt(
        mdn.dispositionField(),
        mdn.messageId(),
        mdn.subject(),
        Quote.of(mdn.text(), TEXT_CHARACTERS),
        verified,
        mdn.mic(),
        match.word());
  }

  /** Nobody asked for this MDN: it is kept, and decides nothing (RFC 4130 §7.6). */
  private Optional<Failure> unrequested() {
    warnings.add("An MDN came that was not asked for.");
    if (!disposition.isPositive()) {
      warnings.add("It does not say that the file was accepted: " + quotedDisposition() + ".");
    }
    return tooEarly();
  }

  private void compareNames() {
    compareName("AS2-From", mdn.from(), sent.partner());
    compareName("AS2-To", mdn.to(), sent.local());
    compareName("Final-Recipient", mdn.finalRecipient(), sent.partner());
    if (!MdnJudge.isSuccess(response)) {
      warnings.add("The MDN came with HTTP status " + response.status() + ".");
    }
  }

  private void compareName(String field, Optional<As2Id> found, As2Id expected) {
    if (found.isPresent() && !found.get().equals(expected)) {
      warnings.add("The MDN's " + field + " is " + found.get() + ", not " + expected + ".");
    }
  }

  private Optional<Failure> aboutOther() {
    if (mdn.originalMessageId().isEmpty()) {
      warnings.add("The MDN does not say which message it is about (no Original-Message-ID).");
      return Optional.empty();
    }
    if (mdn.isFor(sent.messageId())) {
      return Optional.empty();
    }
    return fail(
        FailureCode.MDN_FOR_OTHER_MESSAGE,
        "The MDN is about message %s, not %s."
            .formatted(Quote.of(mdn.originalMessageId().get().value()), sent.messageId().value()));
  }

  private Optional<Failure> refused() {
    if (disposition.isPositive()) {
      return Optional.empty();
    }
    if (disposition.failureCode().isEmpty()) {
      return fail(
          FailureCode.MDN_INVALID,
          mdn.dispositionField().isEmpty()
              ? "The MDN has no disposition."
              : "The MDN's disposition says neither yes nor no: " + quotedDisposition() + ".");
    }
    if (signatureFailure.isPresent()) {
      warnings.add(signatureFailure.get().message());
    } else if (mdn.signature().isEmpty() && sent.request() == MdnRequest.SIGNED) {
      warnings.add("The MDN is not signed.");
    }
    String text = Quote.of(mdn.text());
    return fail(
        disposition.failureCode().get(),
        "The partner refused the message: "
            + quotedDisposition()
            + (text.isEmpty() ? "." : " (" + text + ")."));
  }

  private Optional<Failure> unproved() {
    if (disposition instanceof Disposition.Warned
        && !(disposition.isDuplicate() && sent.repeated())) {
      warnings.add("The partner accepted the message with a warning: " + quotedDisposition() + ".");
    }
    return unsigned().or(this::badSignature).or(this::wrongMic);
  }

  private Optional<Failure> unsigned() {
    if (mdn.signature().isPresent() || sent.request() != MdnRequest.SIGNED) {
      return Optional.empty();
    }
    if (sent.trust().policy().unsigned() == UnsignedMdn.ACCEPT) {
      warnings.add("A signed MDN was asked for, and an unsigned one came and was accepted.");
      return Optional.empty();
    }
    return fail(
        FailureCode.MDN_NOT_SIGNED,
        "A signed MDN was asked for, and the one that came is not signed.");
  }

  /** A signature that was not asked for need not be by anybody that we know. */
  private Optional<Failure> badSignature() {
    boolean byStranger =
        signatureFailure
            .filter(f -> f.code() == FailureCode.VERIFICATION_FAILED_NO_MATCHING_KEY_FOUND)
            .isPresent();
    if (byStranger && sent.request() != MdnRequest.SIGNED) {
      warnings.add(signatureFailure.get().message() + " No signed MDN was asked for.");
      return Optional.empty();
    }
    return signatureFailure;
  }

  /** Why the signature is no proof. */
  private Optional<Failure> verify(Mdn.Signed signed) {
    try {
      Verification found = signed.verify(sent.trust().certificates());
      if (found instanceof Verification.Verified) {
        return Optional.empty();
      }
      if (found instanceof Verification.NoMatchingCertificate none) {
        return fail(
            FailureCode.VERIFICATION_FAILED_NO_MATCHING_KEY_FOUND,
            "The MDN is signed by %s; none of the %s active SIGNING certificates of profile %s fits."
                .formatted(
                    Quote.of(String.join(" and ", none.signers())),
                    sent.trust().certificates().size(),
                    sent.trust().profile()));
      }
      return fail(
          FailureCode.VERIFICATION_FAILED,
          found instanceof Verification.DigestMismatch
              ? "The MDN is not what the partner signed: its digest differs from the signed one."
              : "The MDN's signature was not made with the key of the partner's certificate, or by an"
                  + " algorithm that is not known here.");
    } catch (MimeException e) {
      return fail(
          FailureCode.VERIFICATION_FAILED,
          "The MDN's signature cannot be read: " + e.getMessage() + ".");
    }
  }

  private Optional<Failure> wrongMic() {
    if (match instanceof MicMatch.Right right) {
      if (right.oddName()) {
        warnings.add(
            "The MDN's MIC is right and names another algorithm than "
                + sent.mics().algorithm().rfc5751Name()
                + ".");
      }
      return Optional.empty();
    }
    if (match instanceof MicMatch.Absent) {
      return absentMic();
    }
    return mismatch();
  }

  /** A signed, positive MDN always has a MIC (RFC 4130 §7.3.1); unsigned ones may lack it. */
  private Optional<Failure> absentMic() {
    boolean needed = sent.request() == MdnRequest.SIGNED && mdn.signature().isPresent();
    if (needed && !(disposition.isDuplicate() && sent.repeated())) {
      return fail(
          FailureCode.MDN_WITHOUT_MIC,
          "The MDN is signed and positive, and has no Received-Content-MIC.");
    }
    warnings.add("The MDN has no Received-Content-MIC.");
    return Optional.empty();
  }

  private Optional<Failure> mismatch() {
    String why = "The MDN's MIC is not the MIC of what was sent" + whatWasHashed() + ".";
    if (match instanceof MicMatch.Variant variant
        && sent.trust().policy().acceptedMics().contains(variant.scope())) {
      warnings.add(why + " This connector accepts it.");
      return Optional.empty();
    }
    return fail(FailureCode.VERIFICATION_FAILED, why);
  }

  private String whatWasHashed() {
    if (match instanceof MicMatch.Mismatch none && !none.searched()) {
      return ", and what was hashed instead could not be found out";
    }
    if (!(match instanceof MicMatch.Variant variant)) {
      return ", nor of anything that partners are known to hash instead";
    }
    DigestAlgorithm right = sent.mics().algorithm();
    boolean otherScope = variant.scope() != sent.mics().scope();
    String algorithm =
        variant.algorithm() == right
            ? ""
            : otherScope
                ? " (%s)".formatted(variant.algorithm().rfc5751Name())
                : " with %s instead of %s"
                    .formatted(variant.algorithm().rfc5751Name(), right.rfc5751Name());
    return ": the partner hashed " + variant.scope().words() + algorithm;
  }

  /** A yes before the message was whole is only believed with its MIC. */
  private Optional<Failure> tooEarly() {
    if (response.sentWhole() || match instanceof MicMatch.Right) {
      return Optional.empty();
    }
    return fail(
        FailureCode.CONNECTION_CLOSED,
        "The MDN came before the whole message had been sent, and does not prove that it arrived.");
  }

  private String quotedDisposition() {
    return Quote.of(mdn.dispositionField());
  }

  private static Optional<Failure> fail(FailureCode code, String message) {
    return Optional.of(new Failure(code, message));
  }
}
