package dev.as2.conformance;

import dev.as2.core.As2Client;
import dev.as2.core.As2Handler;
import dev.as2.core.As2Id;
import dev.as2.core.Layer;
import dev.as2.core.Mic;
import dev.as2.core.MicScope;
import dev.as2.mime.DigestAlgorithm;
import dev.as2.mime.EnvelopedInput;
import dev.as2.mime.Headers;
import dev.as2.mime.RsaIdentity;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A receiver that does one thing wrong, and everything else right. */
final class BadReceiver implements As2Handler {
  private static final RsaIdentity STRANGER = RsaIdentity.selfSigned("stranger");

  private final Party us;
  private final Partner sender;
  private final SeededFault fault;
  private final BadDelivery delivery;
  private final Set<String> seen = ConcurrentHashMap.newKeySet();

  BadReceiver(Party us, Partner sender, SeededFault fault, As2Client client) {
    this.delivery = new BadDelivery(client, fault);
    this.us = us;
    this.sender = sender;
    this.fault = fault;
  }

  @Override
  public Answer handle(Request request) throws IOException {
    boolean isMessage =
        request.method().equals("POST")
            || (request.method().equals("HEAD") && fault == SeededFault.HEAD_IS_A_MESSAGE);
    if (!isMessage) {
      return new Answer(405, Headers.of("Allow", "POST"), new byte[0]);
    }
    Capture capture = new Capture("", request.headers(), request.body().readAllBytes());
    Peeled peeled =
        new Peeler(
                List.of(new EnvelopedInput.Recipient(us.certificate(), us.key())),
                sender.certificates())
            .peel(capture);
    return answer(new Incoming(capture, peeled));
  }

  private Answer answer(Incoming message) {
    boolean wanted = message.wantsReceipt() || fault == SeededFault.MDN_WITHOUT_REQUEST;
    if (!wanted) {
      return new Answer(200, Headers.EMPTY, new byte[0]);
    }
    boolean options =
        message.capture().headers().first("Disposition-Notification-Options").isPresent();
    if (fault == SeededFault.NO_MDN_WITHOUT_OPTIONS && !options) {
      return new Answer(500, Headers.EMPTY, new byte[0]);
    }
    if (fault == SeededFault.MDN_IS_HTML) {
      return new Answer(
          200,
          Headers.of("Content-Type", "text/html"),
          "<html>Thank you</html>".getBytes(StandardCharsets.US_ASCII));
    }
    if (fault == SeededFault.GCM_FALLEN_OVER && isGcm(message)) {
      return new Answer(500, Headers.EMPTY, new byte[0]);
    }
    Reply reply = mdn(message).reply();
    Optional<URI> url =
        message.capture().headers().first("Receipt-Delivery-Option").map(URI::create);
    if (url.isPresent() && fault != SeededFault.ASYNC_MDN_IN_ANSWER) {
      return delivery.answer(url.get(), reply);
    }
    boolean failed = fault == SeededFault.REFUSAL_WITH_STATUS_500 && refusal(message).isPresent();
    return new Answer(failed ? 500 : reply.status(), reply.headers(), reply.body());
  }

  private static boolean isGcm(Incoming message) {
    return message
        .capture()
        .headers()
        .first("Content-Type")
        .orElse("")
        .contains("authEnveloped-data");
  }

  private MdnDraft mdn(Incoming message) {
    Optional<String> refusal = refusal(message);
    MdnDraft mdn =
        new MdnDraft(
            us,
            message.from(),
            message.messageId(),
            refusal.isPresent() ? Optional.empty() : mic(message),
            Instant.now());
    refusal.ifPresent(mdn::disposition);
    boolean signed =
        message.wantsSignature()
            && fault != SeededFault.MDN_UNSIGNED
            && !(fault == SeededFault.REFUSAL_UNSIGNED && refusal.isPresent());
    mdn.signed(signed).digest(message.micalg());
    return seeded(mdn, message);
  }

  private MdnDraft seeded(MdnDraft mdn, Incoming message) {
    return switch (fault) {
      case MDN_SIGNED_BY_STRANGER -> mdn.signedWith(STRANGER.key());
      case MDN_CHANGED_AFTERWARDS -> mdn.body(body -> body.replace("was received", "was taken"));
      case MDN_FOR_OTHER -> mdn.field("Original-Message-ID", "<other@conformance>");
      case MDN_WITHOUT_BRACKETS ->
          mdn.field("Original-Message-ID", message.messageId().replaceAll("[<>]", ""));
      case MDN_NAMES_NOT_TURNED ->
          mdn.header("AS2-From", message.from().toHeader()).header("AS2-To", us.as2Id().toHeader());
      default -> mdn;
    };
  }

  private Optional<String> refusal(Incoming message) {
    if (!isKnown(message)) {
      return Optional.of("processed/error: authentication-failed");
    }
    if (fault == SeededFault.DUPLICATE_REFUSED && !seen.add(message.messageId())) {
      return Optional.of("processed/error: unexpected-processing-error");
    }
    if (fault == SeededFault.OLD_TYPE_UNKNOWN
        && message.capture().headers().first("Content-Type").orElse("").contains("x-pkcs7")) {
      return Optional.of("processed/error: unexpected-processing-error");
    }
    if (fault == SeededFault.GCM_REFUSED && isGcm(message)) {
      return Optional.of("processed/error: decryption-failed");
    }
    if (requiresUnknown(message)) {
      return Optional.of("failed/failure: unsupported format");
    }
    return ofLayers(message.peeled().faults());
  }

  private static boolean requiresUnknown(Incoming message) {
    String options =
        message
            .capture()
            .headers()
            .first("Disposition-Notification-Options")
            .orElse("")
            .toLowerCase(Locale.ROOT);
    return options.contains("required, whirlpool") || options.contains("required, pgp");
  }

  private Optional<String> ofLayers(List<String> faults) {
    for (String sentence : faults) {
      Optional<String> reason = reason(sentence);
      if (reason.isPresent()) {
        return reason.map(r -> "processed/error: " + r);
      }
    }
    return Optional.empty();
  }

  private Optional<String> reason(String sentence) {
    if (sentence.startsWith("It cannot be decrypted")) {
      return Optional.of(
          fault == SeededFault.WRONG_REASON ? "unexpected-processing-error" : "decryption-failed");
    }
    if (sentence.startsWith("It cannot be decompressed")) {
      return Optional.of("decompression-failed");
    }
    if (sentence.startsWith("The signature does not hold: what")) {
      return Optional.of("integrity-check-failed")
          .filter(r -> fault != SeededFault.TAMPERED_CONTENT_TAKEN);
    }
    boolean unproved =
        sentence.startsWith("The signature does not hold")
            || sentence.startsWith("The signature is by")
            || sentence.startsWith("The signature cannot be read")
            || sentence.startsWith("It has 1 parts");
    return Optional.of("authentication-failed")
        .filter(r -> unproved && fault != SeededFault.STRANGERS_SIGNATURE_TAKEN);
  }

  private boolean isKnown(Incoming message) {
    return isNamed(message, "AS2-From", sender.as2Id()) && isNamed(message, "AS2-To", us.as2Id());
  }

  private boolean isNamed(Incoming message, String header, As2Id name) {
    String written = message.capture().headers().first(header).orElse("");
    String found =
        fault == SeededFault.NAMES_WITH_QUOTES || written.isEmpty()
            ? written
            : As2Id.fromHeader(written).value();
    return fault == SeededFault.NAMES_IN_ANY_CASE
        ? found.equalsIgnoreCase(name.value())
        : found.equals(name.value());
  }

  private Optional<Mic> mic(Incoming message) {
    Peeled peeled = message.peeled();
    DigestAlgorithm algorithm = peeled.signed().orElseGet(() -> requested(message));
    return switch (fault) {
      case MIC_MISSING -> Optional.empty();
      case MIC_BY_SHA1 -> over(peeled, peeled.micScope(), DigestAlgorithm.SHA1);
      case MIC_WITHOUT_HEADERS -> over(peeled, MicScope.PAYLOAD_CONTENT, algorithm);
      case MIC_OF_DECOMPRESSED ->
          over(
              peeled,
              peeled.order().isEmpty() ? MicScope.PAYLOAD_CONTENT : MicScope.PAYLOAD_ENTITY,
              algorithm);
      case MIC_OF_COMPRESSED ->
          over(
              peeled,
              peeled.order().contains(Layer.COMPRESS)
                  ? MicScope.COMPRESSED_ENTITY
                  : peeled.micScope(),
              algorithm);
      case GCM_TAKEN_UNREAD ->
          over(peeled, isGcm(message) ? MicScope.NOTHING : peeled.micScope(), algorithm);
      case MIC_OF_NOTHING ->
          over(
              peeled,
              message.capture().headers().first("Transfer-Encoding").isPresent()
                  ? MicScope.NOTHING
                  : peeled.micScope(),
              algorithm);
      case MIC_AFTER_CANONICALISATION ->
          peeled.layers().get(peeled.layers().size() - 1).facts().stream()
                  .anyMatch(fact -> fact.contains("LF alone"))
              ? Optional.of(
                  Mic.of(algorithm.newDigest().digest(new byte[] {'\r', '\n'}), algorithm))
              : over(peeled, peeled.micScope(), algorithm);
      default -> over(peeled, peeled.micScope(), algorithm);
    };
  }

  private DigestAlgorithm requested(Incoming message) {
    return fault == SeededFault.LAST_MICALG_WINS ? DigestAlgorithm.SHA256 : message.micalg();
  }

  private static Optional<Mic> over(Peeled peeled, MicScope scope, DigestAlgorithm algorithm) {
    return Optional.ofNullable(peeled.digests().get(scope))
        .map(d -> Mic.of(d.getOrDefault(algorithm, new byte[0]), algorithm));
  }
}
