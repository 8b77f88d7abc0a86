package dev.as2.conformance;

import dev.as2.core.As2Id;
import dev.as2.core.HttpDate;
import dev.as2.core.MessageId;
import dev.as2.core.Mic;
import dev.as2.mime.DigestAlgorithm;
import dev.as2.mime.Headers;
import dev.as2.mime.SignedEntity;
import dev.as2.mime.Signer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * An MDN as a scripted partner wants it. It begins as an honest one. For one thread.
 *
 * <p>Written by hand and not with the engine's writer, as each line of it may have to be wrong.
 */
final class MdnDraft {
  private final Party us;
  private final Instant now;
  private final Map<String, String> fields = new LinkedHashMap<>();
  private Headers headers;
  private boolean signed;
  private PrivateKey signingKey;
  private DigestAlgorithm digest = DigestAlgorithm.SHA256;
  private SignatureForm form = SignatureForm.BINARY;
  private String encoding = "7bit";
  private String words = "The message was received.";
  private String outerType = "";
  private UnaryOperator<String> report = UnaryOperator.identity();
  private UnaryOperator<String> body = UnaryOperator.identity();
  private UnaryOperator<byte[]> signature = UnaryOperator.identity();

  /** How the signature's part is written. */
  enum SignatureForm {
    BINARY("binary", "\r\n"),
    BASE64("base64", "\r\n"),
    BASE64_LF("base64", "\n"),
    BASE64_ONE_LINE("base64", ""),
    /** In base64 without saying so. */
    BASE64_UNSAID("", "\r\n");

    private final String encoding;
    private final String lineEnd;

    SignatureForm(String encoding, String lineEnd) {
      this.encoding = encoding;
      this.lineEnd = lineEnd;
    }

    private String header() {
      return encoding.isEmpty() ? "" : "Content-Transfer-Encoding: " + encoding + "\r\n";
    }

    private byte[] of(byte[] octets) {
      if (this == BINARY) {
        return octets;
      }
      Base64.Encoder encoder =
          lineEnd.isEmpty()
              ? Base64.getEncoder()
              : Base64.getMimeEncoder(64, lineEnd.getBytes(StandardCharsets.US_ASCII));
      return encoder.encode(octets);
    }
  }

  /**
   * @param us who answers
   * @param to the message's sender
   * @param messageId the message's
   * @param mic of what was received
   */
  MdnDraft(Party us, As2Id to, String messageId, Optional<Mic> mic, Instant now) {
    this.us = us;
    this.now = now;
    this.signingKey = us.key();
    String name = us.as2Id().toHeader();
    fields.put("Reporting-UA", "as2-conformance");
    fields.put("Original-Recipient", "rfc822; " + name);
    fields.put("Final-Recipient", "rfc822; " + name);
    fields.put("Original-Message-ID", messageId);
    disposition("processed");
    mic.ifPresent(value -> fields.put("Received-Content-MIC", value.toString()));
    headers =
        Headers.of(
            "AS2-Version",
            "1.1",
            "AS2-From",
            name,
            "AS2-To",
            to.toHeader(),
            "Message-ID",
            new MessageId("mdn-" + now.toEpochMilli() + "@conformance").toHeader(),
            "Date",
            HttpDate.of(now),
            "Subject",
            "MDN",
            "MIME-Version",
            "1.0");
  }

  /** What stands after the modes. */
  MdnDraft disposition(String type) {
    return field("Disposition", "automatic-action/MDN-sent-automatically; " + type);
  }

  MdnDraft field(String name, String value) {
    fields.put(name, value);
    return this;
  }

  /** With the MIC of other octets. */
  MdnDraft wrongMic() {
    DigestAlgorithm sha256 = DigestAlgorithm.SHA256;
    Mic other = Mic.of(sha256.newDigest().digest(new byte[] {42}), sha256);
    return field("Received-Content-MIC", other.toString());
  }

  MdnDraft withoutField(String name) {
    fields.remove(name);
    return this;
  }

  String field(String name) {
    return fields.getOrDefault(name, "");
  }

  MdnDraft words(String text) {
    words = text;
    return this;
  }

  MdnDraft header(String name, String value) {
    headers = headers.with(name, value);
    return this;
  }

  MdnDraft withoutHeader(String name) {
    headers = headers.without(name);
    return this;
  }

  MdnDraft signed(boolean wanted) {
    signed = wanted;
    return this;
  }

  MdnDraft signedWith(PrivateKey stranger) {
    signingKey = stranger;
    return this;
  }

  MdnDraft digest(DigestAlgorithm algorithm) {
    digest = algorithm;
    return this;
  }

  MdnDraft form(SignatureForm other) {
    form = other;
    return this;
  }

  /** Content-Transfer-Encoding of both parts of the report. */
  MdnDraft encoding(String name) {
    encoding = name;
    return this;
  }

  /** The answer's Content-Type, whatever its body is. */
  MdnDraft outerType(String contentType) {
    outerType = contentType;
    return this;
  }

  /** Changes the report before it is signed. */
  MdnDraft report(UnaryOperator<String> change) {
    report = change;
    return this;
  }

  /** Changes the whole body after it was signed. */
  MdnDraft body(UnaryOperator<String> change) {
    body = change;
    return this;
  }

  /** Changes the signature. */
  MdnDraft signature(UnaryOperator<byte[]> change) {
    signature = change;
    return this;
  }

  /** The answer, with status 200. */
  Reply reply() {
    String entity = report.apply(reportEntity());
    String whole = signed ? signedBody(entity) : bodyOf(entity);
    String type =
        signed
            ? "multipart/signed; protocol=\"application/pkcs7-signature\"; micalg=%s; boundary=\"signed\""
                .formatted(digest.rfc5751Name())
            : typeOf(entity);
    return new Reply(
        200,
        headers.plus("Content-Type", outerType.isEmpty() ? type : outerType),
        octets(body.apply(whole)));
  }

  private String reportEntity() {
    String list =
        fields.entrySet().stream()
            .map(field -> field.getKey() + ": " + field.getValue() + "\r\n")
            .collect(Collectors.joining());
    return "Content-Type: multipart/report; report-type=disposition-notification;"
        + " boundary=\"report\"\r\n\r\n"
        + part("text/plain; charset=us-ascii", words + "\r\n")
        + part("message/disposition-notification", list)
        + "--report--\r\n";
  }

  private String part(String type, String content) {
    return "--report\r\nContent-Type: %s\r\nContent-Transfer-Encoding: %s\r\n\r\n%s\r\n"
        .formatted(type, encoding, encoded(content));
  }

  private String encoded(String content) {
    return switch (encoding) {
      case "base64" -> Base64.getMimeEncoder().encodeToString(octets(content));
      case "quoted-printable" -> content.replace("=", "=3D").replace("/", "=2F");
      default -> content;
    };
  }

  private static String bodyOf(String entity) {
    return entity.substring(entity.indexOf("\r\n\r\n") + 4);
  }

  private static String typeOf(String entity) {
    return entity.substring("Content-Type: ".length(), entity.indexOf("\r\n"));
  }

  private String signedBody(String entity) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(octets("--signed\r\n" + entity));
    all.writeBytes(
        octets(
            "\r\n--signed\r\nContent-Type: application/pkcs7-signature; name=\"smime.p7s\"\r\n"
                + form.header()
                + "\r\n"));
    all.writeBytes(form.of(signature.apply(signatureOf(octets(entity)))));
    all.writeBytes(octets("\r\n--signed--\r\n"));
    return all.toString(StandardCharsets.ISO_8859_1);
  }

  private byte[] signatureOf(byte[] octets) {
    try {
      return new Signer(signingKey, us.certificate(), digest, true, false)
          .sign(
              digest.newDigest().digest(octets),
              new SignedEntity.Frame("signed", digest.rfc5751Name(), now));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("our own key cannot sign: " + e.getMessage(), e);
    }
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
