package dev.as2.core;

import dev.as2.core.ConnectorOptions.UnsignedMdn;
import dev.as2.core.SendResult.Failure;
import dev.as2.core.SendResult.Receipt;
import dev.as2.core.Sent.MdnRequest;
import dev.as2.mime.DigestAlgorithm;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a kept MDN proves by itself, by the rules of sending (RFC 4130 §7.6) as far as they need no
 * more than the MDN: the message that it is about is not there any more. Immutable.
 *
 * @param receipt what it says
 * @param problem why it is no proof; empty where it is
 * @param warnings what is odd and does no harm, a sentence each
 */
public record MdnProof(Receipt receipt, Optional<String> problem, List<String> warnings) {
  private static final As2Id NOBODY = new As2Id("nobody");
  private static final ProfileId NO_PROFILE = new ProfileId("p-00000000000000000");
  private static final ConnectorOptions.Mdn POLICY =
      new ConnectorOptions.Mdn(
          Set.of(), UnsignedMdn.REFUSE, ConnectorOptions.DEFAULT.mdn().asyncTimeout());

  /** As long as the digests are: 20, 32, 48 and 64 bytes. */
  private static final Pattern HEX_DIGEST =
      Pattern.compile("[0-9A-Fa-f]{40}|[0-9A-Fa-f]{64}|[0-9A-Fa-f]{96}|[0-9A-Fa-f]{128}");

  public MdnProof {
    warnings = List.copyOf(warnings);
  }

  /** What the MDN had been asked to be. */
  public enum Wanted {
    /** Without a signature it is no proof. */
    SIGNED,
    /** It need not be signed; a signature of somebody known still has to be right. */
    UNSIGNED
  }

  /**
   * Judges an MDN.
   *
   * @param candidates the certificates that the partner may have signed with
   * @param expected the MIC of what was sent; absent, the MDN's is taken as it is
   */
  public static MdnProof of(
      Mdn mdn, Wanted wanted, List<X509Certificate> candidates, Optional<Mic> expected) {
    Sent sent =
        new Sent(
            messageId(mdn),
            mdn.to().orElse(NOBODY),
            mdn.from().or(mdn::finalRecipient).orElse(NOBODY),
            wanted == Wanted.SIGNED ? MdnRequest.SIGNED : MdnRequest.UNSIGNED,
            mics(expected.or(mdn::mic), mdn.mic()),
            new Sent.Trust(POLICY, NO_PROFILE, candidates),
            // It may have been: a duplicate's MDN is as good as that of the first.
            true);
    Verdict verdict = new MdnTrial(sent, answer(mdn), mdn).verdict(Optional.empty());
    Receipt receipt = verdict.receipt().orElseThrow();
    return new MdnProof(
        receipt,
        verdict.failure().map(failure -> sentence(failure, receipt, expected)),
        verdict.warnings());
  }

  /** Where the sentence of sending speaks of what is not there, another. */
  private static String sentence(Failure failure, Receipt receipt, Optional<Mic> expected) {
    if (failure.code() == FailureCode.VERIFICATION_FAILED_NO_MATCHING_KEY_FOUND) {
      return "The MDN is signed by somebody else: none of the certificates given fits.";
    }
    boolean byMic =
        failure.code() == FailureCode.VERIFICATION_FAILED
            && receipt.micMatch().equals(new MicMatch.Mismatch(true).word())
            && expected.isPresent();
    return byMic
        ? "The MDN's MIC is %s, not %s."
            .formatted(receipt.mic().map(Mic::toString).orElse("missing"), expected.get())
        : failure.message();
  }

  /** The message that it says it is about; there is none to compare it with. */
  private static MessageId messageId(Mdn mdn) {
    return mdn.originalMessageId()
        .map(stated -> stated.value().split(",", 2)[0])
        .filter(first -> !first.replaceAll("[<>\\s]", "").isEmpty())
        .map(MessageId::fromHeader)
        .or(mdn::originalMessageId)
        .orElseGet(() -> MessageId.random(new SecureRandom()));
  }

  private static As2Response answer(Mdn mdn) {
    return new As2Response(200, "", mdn.envelope(), new byte[0], true, As2Response.Timings.NONE);
  }

  private static Sent.Mics mics(Optional<Mic> right, Optional<Mic> stated) {
    DigestAlgorithm algorithm =
        right
            .flatMap(Mic::algorithm)
            .or(() -> stated.flatMap(Mic::algorithm))
            .orElse(DigestAlgorithm.SHA256);
    return new Sent.Mics(
        MicScope.PAYLOAD_ENTITY,
        algorithm,
        right
            .flatMap(MdnProof::octets)
            .map(octets -> Map.of(MicScope.PAYLOAD_ENTITY, Map.of(algorithm, octets)))
            .orElse(Map.of()));
  }

  /** The digest of a MIC, in whichever form {@link Mic#states} forgives. */
  private static Optional<byte[]> octets(Mic mic) {
    try {
      return Optional.of(
          HEX_DIGEST.matcher(mic.digest()).matches()
              ? HexFormat.of().parseHex(mic.digest())
              : Base64.getDecoder().decode(mic.digest()));
    } catch (IllegalArgumentException e) {
      // Neither base64 nor hex: the digest of nothing.
      return Optional.empty();
    }
  }
}
