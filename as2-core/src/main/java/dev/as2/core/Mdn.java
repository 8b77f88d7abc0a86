package dev.as2.core;

import dev.as2.mime.CmsSignature;
import dev.as2.mime.DigestAlgorithm;
import dev.as2.mime.Header;
import dev.as2.mime.Headers;
import dev.as2.mime.MimeException;
import dev.as2.mime.MimePart;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A message disposition notification as a partner sent it (RFC 4130 §7.4). Immutable.
 *
 * @param envelope the headers of the answer that it came in
 * @param fields the fields of its message/disposition-notification part, as received
 * @param text its part for people; empty where it has none
 * @param signature what is needed to verify it, where it is signed
 */
public record Mdn(Headers envelope, Headers fields, String text, Optional<Signed> signature) {

  /** The worst of the dispositions that it states; unknown where it states none. */
  public Disposition disposition() {
    List<Disposition> all = values("Disposition").map(Disposition::parse).toList();
    Disposition stated =
        all.stream()
            .filter(d -> !d.isPositive())
            .findFirst()
            .or(() -> all.stream().findFirst())
            .orElseGet(() -> new Disposition.Unknown(""));
    return withErrorFields(stated);
  }

  /** Error and Failure fields explain a refusal, or are one (RFC 4130 §7.5.6, RFC 8098 §3.2.7). */
  private Disposition withErrorFields(Disposition stated) {
    List<String> errors =
        Stream.of("Error", "Failure").flatMap(this::values).filter(v -> !v.isBlank()).toList();
    boolean explained = !(stated instanceof Disposition.Processed) && !isBareRefusal(stated);
    if (errors.isEmpty() || explained) {
      return stated;
    }
    String reason = String.join(", ", errors);
    return stated instanceof Disposition.Failed
        ? new Disposition.Failed(reason)
        : new Disposition.Rejected(reason);
  }

  private static boolean isBareRefusal(Disposition stated) {
    return stated.isNegative() && stated.reasonText().isEmpty();
  }

  /** The Disposition field as written; empty where there is none. */
  public String dispositionField() {
    return values("Disposition")
        .filter(v -> !Disposition.parse(v).isPositive())
        .findFirst()
        .or(() -> fields.first("Disposition"))
        .orElse("");
  }

  /** The Message-ID of the message that it is about. */
  public Optional<MessageId> originalMessageId() {
    return fields.first("Original-Message-ID").flatMap(Mdn::messageId);
  }

  /**
   * Whether it is about this message; brackets, spaces, quotation marks and repetitions of the
   * Original-Message-ID are forgiven.
   */
  public boolean isFor(MessageId sent) {
    return values("Original-Message-ID")
        .flatMap(value -> Arrays.stream(value.split(",")))
        .flatMap(value -> messageId(value).stream())
        .anyMatch(sent::equals);
  }

  /** The MIC of what the partner received (RFC 4130 §7.4.3). */
  public Optional<Mic> mic() {
    return fields.first("Received-Content-MIC").flatMap(Mic::parse);
  }

  /** The AS2 name in Final-Recipient, whatever its address type and quoting. */
  public Optional<As2Id> finalRecipient() {
    return fields
        .first("Final-Recipient")
        .map(value -> value.substring(value.indexOf(';') + 1))
        .flatMap(Mdn::as2Id);
  }

  /** Its own Message-ID. */
  public Optional<MessageId> messageId() {
    return envelope.first("Message-ID").flatMap(Mdn::messageId);
  }

  /** Its Subject. */
  public Optional<String> subject() {
    return envelope.first("Subject").map(s -> s.replaceAll("^\"(.*)\"$", "$1"));
  }

  /** Who sent it: AS2-From of the answer. */
  public Optional<As2Id> from() {
    return envelope.first("AS2-From").flatMap(Mdn::as2Id);
  }

  /** For whom it is: AS2-To of the answer. */
  public Optional<As2Id> to() {
    return envelope.first("AS2-To").flatMap(Mdn::as2Id);
  }

  private Stream<String> values(String field) {
    return fields.lines().stream()
        .filter(h -> h.name().toLowerCase(Locale.ROOT).equals(field.toLowerCase(Locale.ROOT)))
        .map(Header::value);
  }

  private static Optional<MessageId> messageId(String value) {
    try {
      return Optional.of(MessageId.fromHeader(value.replace("\"", "")));
    } catch (IllegalArgumentException e) {
      // Nothing is left between the brackets, or it is too long: none that can be compared.
      return Optional.empty();
    }
  }

  private static Optional<As2Id> as2Id(String value) {
    try {
      return Optional.of(As2Id.fromHeader(value));
    } catch (IllegalArgumentException e) {
      // What is written is no AS2 name: none that can be compared.
      return Optional.empty();
    }
  }

  /**
   * A signed part and its signature, both as they arrived.
   *
   * @param content the signed part, with its headers
   * @param signature the part that holds the signature
   */
  public record Signed(MimePart content, MimePart signature) {
    /**
     * Verifies the octets as they arrived; then, as some transports and products change line ends,
     * with every line ended by CRLF (RFC 8551 §3.1.1); then without the last CRLF.
     *
     * @param candidates the certificates that the partner may sign with
     * @throws MimeException when the signature cannot be read
     */
    public CmsSignature.Verification verify(List<X509Certificate> candidates) throws MimeException {
      CmsSignature cms = CmsSignature.parse(signature, Limits.SIGNATURE_BYTES);
      CmsSignature.Verification asArrived = verify(cms, content.raw(), candidates);
      byte[] canonical = LineEnds.toCrlf(content.raw());
      for (byte[] octets : List.of(canonical, LineEnds.withoutLast(canonical))) {
        if (asArrived instanceof CmsSignature.Verification.Verified) {
          return asArrived;
        }
        CmsSignature.Verification changed = verify(cms, octets, candidates);
        if (changed instanceof CmsSignature.Verification.Verified) {
          return changed;
        }
      }
      return asArrived;
    }

    private static CmsSignature.Verification verify(
        CmsSignature cms, byte[] octets, List<X509Certificate> candidates) {
      return cms.verify((DigestAlgorithm a) -> a.newDigest().digest(octets), candidates);
    }
  }
}
