package dev.as2.conformance;

import static dev.as2.conformance.Scenario.scenario;

import dev.as2.core.Layer;
import dev.as2.mime.Entity;
import dev.as2.mime.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** How MIME and AS2 headers are written, and what is in the payload. */
final class FormatScenarios {
  private FormatScenarios() {}

  static List<Scenario> all() {
    return List.of(
        scenario("type-x-pkcs7-mime", "application/x-pkcs7-mime", "RFC 8551 §3, DRM 3Q08#3")
            .should()
            .sends("the old name of the encrypted body's type")
            .isGood(
                draft ->
                    type(draft, "application/x-pkcs7-mime; smime-type=enveloped-data; name=smime.p7m")),
        scenario("type-parameter-order", "Parameters in another order and case", "RFC 2045 §5.1, DRM 1Q08#5")
            .sends("Content-Type with its parameters turned round, in upper case and with odd spaces")
            .isGood(
                draft ->
                    type(draft, "APPLICATION/PKCS7-MIME ; NAME=smime.p7m ; SMIME-TYPE=\"enveloped-data\"")),
        scenario("type-without-smime-type", "No smime-type", "RFC 8551 §3.2.2")
            .tolerance()
            .sends("an encrypted body whose Content-Type does not say what it is")
            .isGood(draft -> type(draft, "application/pkcs7-mime; name=\"smime.p7m\"")),
        scenario("type-x-pkcs7-signature", "application/x-pkcs7-signature", "RFC 8551 §3, DRM 3Q08#3")
            .should()
            .sends("the old name of the signature's type, in protocol and part")
            .isGood(
                draft -> draft.layers(Layer.SIGN).altered(Layer.SIGN, FormatScenarios::oldSignature)),
        scenario("multipart-preamble", "Words before the first boundary", "RFC 2046 §5.1.1")
            .should()
            .sends("multipart/signed with a preamble and an epilogue")
            .isGood(draft -> draft.layers(Layer.SIGN).altered(Layer.SIGN, surrounded())),
        scenario("multipart-unquoted-boundary", "A boundary without quotes", "RFC 2045 §5.1")
            .sends("boundary=... without quotation marks")
            .isGood(
                draft ->
                    draft
                        .layers(Layer.SIGN)
                        .altered(
                            Layer.SIGN,
                            Alteration.headers(
                                h ->
                                    h.with(
                                        "Content-Type",
                                        h.first("Content-Type")
                                            .orElse("")
                                            .replaceFirst("boundary=\"([^\"]*)\"", "boundary=$1"))))),
        scenario("payload-binary", "All octets there are", "RFC 4130 §5.2.1, DRM 3Q11#9")
            .sends("a signed payload of all 256 octets, as application/octet-stream")
            .isGood(draft -> draft.payload(allOctets()).part("Content-Type", "application/octet-stream")),
        scenario("payload-binary-plain", "All octets there are, without layers", "RFC 4130 §7.3.1")
            .sends("the same without any layer")
            .isGood(
                draft ->
                    draft
                        .layers()
                        .payload(allOctets())
                        .part("Content-Type", "application/octet-stream")),
        scenario("payload-empty", "An empty payload", "RFC 4130 §7.3.1")
            .should()
            .sends("a signed and encrypted message of no octets")
            .isGood(draft -> draft.payload("")),
        scenario("payload-lf-only", "Lines that end with LF alone", "RFC 4130 §7.3.1, RFC 8551 §3.1.1")
            .should()
            .sends("EDI text with bare LFs, signed as it is, with Content-Transfer-Encoding: binary")
            .expects("signature and MIC are checked over the octets as they came")
            .isGood(draft -> draft.payload(Draft.EDI.replace("\r\n", "\n"))),
        scenario("payload-no-last-line-end", "No line end at the end", "RFC 2046 §5.1.1, DRM 3Q10#6")
            .sends("a payload whose last octet is no line end")
            .isGood(draft -> draft.payload(Draft.EDI.strip())),
        scenario("payload-blank-lines", "Blank lines at both ends", "RFC 2046 §5.1.1, DRM 3Q06#5")
            .sends("a payload that begins and ends with blank lines")
            .isGood(draft -> draft.payload("\r\n\r\n" + Draft.EDI + "\r\n\r\n")),
        scenario("payload-like-boundary", "Lines that look like boundaries", "RFC 2046 §5.1.1")
            .sends("a signed payload with lines that begin with two hyphens")
            .isGood(draft -> draft.payload("--as2-\r\n----\r\n--\r\n" + Draft.EDI)),
        scenario("payload-5-mib", "Five MiB", "RFC 4130 §5.1")
            .sends("a signed and encrypted message of five MiB in chunks")
            .isGood(draft -> draft.payload(repeated(5 << 20)).chunked()),
        scenario("payload-5-mib-compressed", "Five MiB, compressed", "RFC 5402 §4.1")
            .sends("a compressed, signed and encrypted message of five MiB")
            .isGood(
                draft ->
                    draft
                        .payload(repeated(5 << 20))
                        .layers(Layer.COMPRESS, Layer.SIGN, Layer.ENCRYPT)),
        scenario("payload-base64", "A payload in base64", "RFC 5402 §4.2, DRM 3Q07#4")
            .sends("a signed payload part with Content-Transfer-Encoding: base64")
            .expects("the MIC is over the base64 form")
            .isGood(Draft::base64),
        scenario("payload-xml", "XML", "RFC 4130 §4, DRM 3Q11#12")
            .sends("application/xml")
            .isGood(
                draft ->
                    draft.payload("<?xml version=\"1.0\"?>\r\n<order/>\r\n").part("Content-Type", "application/xml")),
        scenario("payload-unknown-type", "A type that nobody knows", "RFC 4130 §4")
            .should()
            .sends("application/x-conformance")
            .isGood(draft -> draft.part("Content-Type", "application/x-conformance")),
        scenario("payload-multiple-attachments", "Two files in one message", "RFC 6362 §2")
            .should()
            .in(Profile.DRUMMOND)
            .sends("multipart/related with two parts, signed; EDIINT-Features: multiple-attachments")
            .expects("the MIC is over the whole multipart")
            .isGood(FormatScenarios::attachments),
        fileName("file-name-spaces", "purchase order 4711.edi", "A file name with spaces"),
        fileName("file-name-quotes", "a \\\"quoted\\\" \\\\ name.edi", "A file name with quotes"),
        fileName("file-name-semicolon", "a;b=c.edi", "A file name with a semicolon"),
        scenario("file-name-utf8", "A file name beyond ASCII", "RFC 6266 §4.3, DRM 3Q09#8")
            .should()
            .sends("filename in ASCII, and filename* with umlauts")
            .isGood(
                draft ->
                    draft.part(
                        "Content-Disposition",
                        "attachment; filename=\"_rder.edi\"; filename*=UTF-8''%C3%96rder.edi")),
        scenario("file-name-none", "No file name", "RFC 4130 §5.3")
            .sends("a payload part without Content-Disposition")
            .isGood(
                draft ->
                    draft.altered(
                        Alteration.headers(h -> without(h, "Content-Disposition")))),
        header("header-as2-version-1.2", "AS2-Version", "1.2", "RFC 6017 §3"),
        header("header-as2-version-1.0", "AS2-Version", "1.0", "RFC 4130 §6.1"),
        header("header-ediint-features", "EDIINT-Features", "x-unknown, multiple-attachments", "RFC 6017 §4"),
        header("header-etag", "ETag", "\"conformance\"", "draft-harding-as2-restart §4, DRM 1Q12#14"),
        header("header-subject-encoded", "Subject", "=?UTF-8?Q?Bestellung_f=C3=BCr_M=C3=BCller?=", "RFC 4130 §7.3, DRM 1Q10#5"),
        header("header-recipient-address", "Recipient-Address", "http://localhost/as2", "RFC 4130 §5.3"),
        missing("header-no-subject", "Subject", "RFC 4130 §7.3"),
        missing("header-no-date", "Date", "RFC 4130 §7.3"),
        missing("header-no-mime-version", "MIME-Version", "RFC 4130 §5.3"),
        missing("header-no-as2-version", "AS2-Version", "RFC 4130 §6.1"),
        missing("header-no-user-agent", "User-Agent", "RFC 9110 §10.1.5"));
  }

  private static Draft type(Draft draft, String contentType) {
    return draft.altered(
        Layer.ENCRYPT, Alteration.headers(h -> h.with("Content-Type", contentType)));
  }

  private static Entity oldSignature(Entity signed)
      throws IOException {
    Entity renamed =
        Alteration.body(
                octets ->
                    new String(octets, StandardCharsets.ISO_8859_1)
                        .replace("application/pkcs7-signature", "application/x-pkcs7-signature")
                        .getBytes(StandardCharsets.ISO_8859_1))
            .of(signed);
    return Alteration.headers(
            h ->
                h.with(
                    "Content-Type",
                    h.first("Content-Type")
                        .orElse("")
                        .replace("pkcs7-signature", "x-pkcs7-signature")))
        .of(renamed);
  }

  private static Alteration surrounded() {
    return Alteration.body(
        octets ->
            ("This is a message with a signature.\r\n\r\n"
                    + new String(octets, StandardCharsets.ISO_8859_1)
                    + "This is its end.\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
  }

  private static byte[] allOctets() {
    byte[] octets = new byte[1024];
    for (int i = 0; i < octets.length; i++) {
      octets[i] = (byte) (i * 7 + i / 256);
    }
    return octets;
  }

  private static byte[] repeated(int bytes) {
    byte[] text = Draft.EDI.getBytes(StandardCharsets.US_ASCII);
    byte[] all = new byte[bytes];
    for (int at = 0; at < bytes; at += text.length) {
      System.arraycopy(text, 0, all, at, Math.min(text.length, bytes - at));
    }
    return all;
  }

  private static Draft attachments(Draft draft) {
    String body =
        "--files\r\nContent-Type: application/edi-x12\r\n"
            + "Content-Disposition: attachment; filename=\"one.edi\"\r\n\r\n"
            + Draft.EDI
            + "\r\n--files\r\nContent-Type: application/pdf\r\n"
            + "Content-Disposition: attachment; filename=\"two.pdf\"\r\n\r\n%PDF-1.4\r\n"
            + "\r\n--files--\r\n";
    return draft
        .payload(body)
        .part("Content-Type", "multipart/related; type=\"application/edi-x12\"; boundary=\"files\"")
        .altered(Alteration.headers(h -> without(h, "Content-Disposition")))
        .header("AS2-Version", "1.2")
        .header("EDIINT-Features", "multiple-attachments");
  }

  private static Headers without(Headers headers, String name) {
    return new Headers(
        headers.lines().stream().filter(h -> !h.name().equalsIgnoreCase(name)).toList());
  }

  private static Scenario fileName(String id, String quoted, String title) {
    return scenario(id, title, "RFC 2183 §2.3, DRM 3Q08#1")
        .should()
        .sends("filename=\"" + quoted + "\"")
        .isGood(draft -> draft.fileName(quoted));
  }

  private static Scenario header(String id, String name, String value, String source) {
    return scenario(id, name + ": " + value, source)
        .should()
        .sends("a good message with " + name + ": " + value)
        .isGood(draft -> draft.header(name, value));
  }

  private static Scenario missing(String id, String name, String source) {
    return scenario(id, "No " + name, source)
        .tolerance()
        .sends("a good message without the header " + name)
        .isGood(draft -> draft.without(name));
  }
}
