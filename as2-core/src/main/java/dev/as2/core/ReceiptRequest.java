package dev.as2.core;

import dev.as2.core.ConnectorOptions.MicalgSpelling;
import dev.as2.mime.DigestAlgorithm;
import dev.as2.mime.Headers;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which MDN a message asks for (RFC 4130 §7.3).
 *
 * @param wanted whether one is asked for at all
 * @param signature the digest that its signature is to have; empty where it is not to be signed, or
 *     cannot be
 * @param mic the MIC's algorithm where the message is not signed
 * @param spelling how the sender spells algorithms: it knows its own spelling best
 * @param deliverTo where it is to be posted; empty where it is to be the answer
 * @param refusal why there can be none such; then the message is not to be processed
 */
record ReceiptRequest(
    boolean wanted,
    Optional<DigestAlgorithm> signature,
    DigestAlgorithm mic,
    MicalgSpelling spelling,
    Optional<String> deliverTo,
    Optional<Refusal> refusal) {
  private static final String PROTOCOL = "signed-receipt-protocol";
  private static final String MICALG = "signed-receipt-micalg";

  /** No MDN at all. */
  static final ReceiptRequest NONE =
      new ReceiptRequest(
          false,
          Optional.empty(),
          DigestAlgorithm.SHA1,
          MicalgSpelling.RFC5751,
          Optional.empty(),
          Optional.empty());

  /** One parameter of Disposition-Notification-Options: a name, an importance, and values. */
  private record Parameter(String name, boolean required, List<String> values) {
    static Parameter parse(String text) {
      int equals = text.indexOf('=');
      String name = equals < 0 ? text : text.substring(0, equals);
      List<String> values =
          equals < 0
              ? List.of()
              : Arrays.stream(text.substring(equals + 1).split(","))
                  .map(v -> v.replaceAll("[\\s\"]", ""))
                  .filter(v -> !v.isEmpty())
                  .toList();
      boolean required = !values.isEmpty() && values.get(0).equalsIgnoreCase("required");
      boolean says = required || (!values.isEmpty() && values.get(0).equalsIgnoreCase("optional"));
      return new Parameter(
          name.strip().toLowerCase(Locale.ROOT),
          required,
          says ? values.subList(1, values.size()) : values);
    }
  }

  static ReceiptRequest of(Headers headers) {
    // Its presence counts, not its value: an address that nobody writes to.
    if (headers.first("Disposition-Notification-To").isEmpty()) {
      return NONE;
    }
    List<Parameter> parameters =
        Arrays.stream(headers.joined("Disposition-Notification-Options").orElse("").split(";"))
            .filter(text -> !text.isBlank())
            .map(Parameter::parse)
            .toList();
    Optional<DigestAlgorithm> micalg = micalg(parameters);
    return new ReceiptRequest(
        true,
        micalg(parameters, isSigned(parameters)),
        micalg.orElse(DigestAlgorithm.SHA1),
        spelling(parameters),
        headers.first("Receipt-Delivery-Option").filter(url -> !url.isBlank()),
        refusal(parameters));
  }

  private static boolean isSigned(List<Parameter> parameters) {
    return parameters.stream()
        .anyMatch(p ->
            p.name().equals(PROTOCOL) && p.values().stream().anyMatch(ReceiptRequest::isPkcs7));
  }

  private static boolean isPkcs7(String protocol) {
    return protocol.toLowerCase(Locale.ROOT).endsWith("pkcs7-signature");
  }

  /** The first one that is known: the sender's list is in the order of its preference. */
  private static Optional<DigestAlgorithm> micalg(List<Parameter> parameters) {
    return parameters.stream()
        .filter(p -> p.name().equals(MICALG))
        .flatMap(p -> p.values().stream())
        .map(DigestAlgorithm::named)
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static MicalgSpelling spelling(List<Parameter> parameters) {
    boolean old =
        parameters.stream()
            .filter(p -> p.name().equals(MICALG))
            .flatMap(p -> p.values().stream())
            .filter(value -> DigestAlgorithm.named(value).isPresent())
            .limit(1)
            .anyMatch(value -> value.toLowerCase(Locale.ROOT).matches("sha\\d{3}"));
    return old ? MicalgSpelling.RFC3851 : MicalgSpelling.RFC5751;
  }

  /** Where none is named SHA-1 counts, where none is known there is no signature (§7.3.1). */
  private static Optional<DigestAlgorithm> micalg(List<Parameter> parameters, boolean signed) {
    boolean named =
        parameters.stream().anyMatch(p -> p.name().equals(MICALG) && !p.values().isEmpty());
    return signed
        ? micalg(parameters).or(() -> Optional.of(DigestAlgorithm.SHA1).filter(d -> !named))
        : Optional.empty();
  }

  /** What is required and not known keeps the message from being processed (RFC 8098 §2.2). */
  private static Optional<Refusal> refusal(List<Parameter> parameters) {
    for (Parameter parameter : parameters) {
      if (!parameter.required()) {
        continue;
      }
      String values = Quote.of(String.join(", ", parameter.values()));
      if (parameter.name().equals(MICALG)) {
        if (micalg(List.of(parameter)).isEmpty()) {
          return refusal(
              "unsupported MIC-algorithms",
              "none of its required MIC algorithms is known here: " + values);
        }
      } else if (!parameter.name().equals(PROTOCOL)) {
        return refusal(
            "unsupported format",
            "its required receipt option is not known here: " + Quote.of(parameter.name()));
      } else if (!isSigned(List.of(parameter))) {
        return refusal(
            "unsupported format", "its required receipt protocol is not known here: " + values);
      }
    }
    return Optional.empty();
  }

  private static Optional<Refusal> refusal(String reason, String why) {
    return Optional.of(Refusal.failure(reason, FailureCode.UNSUPPORTED_RECEIPT, why));
  }

  /** Whether it is to be posted on another connection. */
  boolean isAsynchronous() {
    return wanted && deliverTo.isPresent();
  }
}
