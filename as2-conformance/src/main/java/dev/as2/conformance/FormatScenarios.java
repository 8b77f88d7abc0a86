package dev.as2.conformance;

import static dev.as2.conformance.Scenario.scenario;

import dev.as2.core.Layer;
import dev.as2.mime.Entity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** How MIME and AS2 headers are written, and what is in the payload. */
final class FormatScenarios {
  private FormatScenarios() {}

  static List<Scenario> all() {
    return Stream.of(types(), payloads(), contents(), names(), headers())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Scenario> types() {
    return List.of(
        scenario("type-x-pkcs7-mime")
            .isGood(draft ->
                type(draft, "application/x-pkcs7-mime; smime-type=enveloped-data; name=smime.p7m")),
        scenario("type-parameter-order")
            .isGood(draft ->
                type(
                    draft,
                    "APPLICATION/PKCS7-MIME ; NAME=smime.p7m ; SMIME-TYPE=\"enveloped-data\"")),
        scenario("type-without-smime-type")
            .isGood(draft -> type(draft, "application/pkcs7-mime; name=\"smime.p7m\"")),
        scenario("type-x-pkcs7-signature")
            .isGood(draft ->
                draft.layers(Layer.SIGN).altered(Layer.SIGN, FormatScenarios::oldSignature)),
        scenario("multipart-preamble")
            .isGood(draft -> draft.layers(Layer.SIGN).altered(Layer.SIGN, surrounded())),
        scenario("multipart-unquoted-boundary")
            .isGood(draft ->
                draft
                    .layers(Layer.SIGN)
                    .altered(
                        Layer.SIGN,
                        Alteration.headers(h ->
                            h.with(
                                "Content-Type",
                                h.first("Content-Type")
                                    .orElse("")
                                    .replaceFirst("boundary=\"([^\"]*)\"", "boundary=$1"))))));
  }

  private static List<Scenario> payloads() {
    return List.of(
        scenario("payload-binary")
            .isGood(draft ->
                draft.payload(allOctets()).part("Content-Type", "application/octet-stream")),
        scenario("payload-binary-plain")
            .isGood(draft ->
                draft
                    .layers()
                    .payload(allOctets())
                    .part("Content-Type", "application/octet-stream")),
        scenario("payload-empty").isGood(draft -> draft.payload("")),
        scenario("payload-lf-only").isGood(draft -> draft.payload(Draft.EDI.replace("\r\n", "\n"))),
        scenario("payload-no-last-line-end").isGood(draft -> draft.payload(Draft.EDI.strip())),
        scenario("payload-blank-lines")
            .isGood(draft -> draft.payload("\r\n\r\n" + Draft.EDI + "\r\n\r\n")),
        scenario("payload-like-boundary")
            .isGood(draft -> draft.payload("--as2-\r\n----\r\n--\r\n" + Draft.EDI)),
        scenario("payload-5-mib").isGood(draft -> draft.payload(repeated(5 << 20)).chunked()),
        scenario("payload-5-mib-compressed")
            .isGood(draft ->
                draft
                    .payload(repeated(5 << 20))
                    .layers(Layer.COMPRESS, Layer.SIGN, Layer.ENCRYPT)));
  }

  private static List<Scenario> contents() {
    return List.of(
        scenario("payload-base64").isGood(Draft::base64),
        scenario("payload-xml")
            .isGood(draft ->
                draft
                    .payload("<?xml version=\"1.0\"?>\r\n<order/>\r\n")
                    .part("Content-Type", "application/xml")),
        scenario("payload-unknown-type")
            .isGood(draft -> draft.part("Content-Type", "application/x-conformance")),
        scenario("payload-multiple-attachments").isGood(FormatScenarios::attachments));
  }

  private static List<Scenario> names() {
    return List.of(
        fileName("file-name-spaces", "purchase order 4711.edi", "purchase order 4711.edi"),
        fileName("file-name-quotes", "a \\\"quoted\\\" \\\\ name.edi", "a \"quoted\" \\ name.edi"),
        fileName("file-name-semicolon", "a;b=c.edi", "a;b=c.edi"),
        scenario("file-name-utf8")
            .play(stage ->
                stored(
                    stage,
                    draft ->
                        draft.part(
                            "Content-Disposition",
                            "attachment; filename=\"_rder.edi\"; filename*=UTF-8''%C3%96rder.edi"),
                    "\u00D6rder.edi")),
        scenario("file-name-none")
            .isGood(
                draft -> draft.altered(Alteration.headers(h -> h.without("Content-Disposition")))));
  }

  private static List<Scenario> headers() {
    return List.of(
        header("header-as2-version-1.2", "AS2-Version", "1.2"),
        header("header-as2-version-1.0", "AS2-Version", "1.0"),
        header("header-ediint-features", "EDIINT-Features", "x-unknown, multiple-attachments"),
        header("header-etag", "ETag", "\"conformance\""),
        header("header-subject-encoded", "Subject", "=?UTF-8?Q?Bestellung_f=C3=BCr_M=C3=BCller?="),
        header("header-recipient-address", "Recipient-Address", "http://localhost/as2"),
        missing("header-no-subject", "Subject"),
        missing("header-no-date", "Date"),
        missing("header-no-mime-version", "MIME-Version"),
        missing("header-no-as2-version", "AS2-Version"),
        missing("header-no-user-agent", "User-Agent"));
  }

  private static Draft type(Draft draft, String contentType) {
    return draft.altered(
        Layer.ENCRYPT, Alteration.headers(h -> h.with("Content-Type", contentType)));
  }

  private static Entity oldSignature(Entity signed) throws IOException {
    Entity renamed =
        Alteration.body(octets ->
                new String(octets, StandardCharsets.ISO_8859_1)
                    .replace("application/pkcs7-signature", "application/x-pkcs7-signature")
                    .getBytes(StandardCharsets.ISO_8859_1))
            .of(signed);
    return Alteration.headers(h ->
            h.with(
                "Content-Type",
                h.first("Content-Type").orElse("").replace("pkcs7-signature", "x-pkcs7-signature")))
        .of(renamed);
  }

  private static Alteration surrounded() {
    return Alteration.body(octets ->
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
        .altered(Alteration.headers(h -> h.without("Content-Disposition")))
        .header("AS2-Version", "1.2")
        .header("EDIINT-Features", "multiple-attachments");
  }

  private static Scenario fileName(String id, String quoted, String name) {
    return scenario(id).play(stage -> stored(stage, draft -> draft.fileName(quoted), name));
  }

  /** A good receipt, and where it can be seen, the file as it was sent. */
  private static List<Finding> stored(Stage stage, UnaryOperator<Draft> named, String name)
      throws IOException {
    Bench bench = stage.bench();
    Draft draft = named.apply(bench.draft());
    draft.payload(Draft.EDI + draft.messageId());
    List<Finding> found = Review.of(bench.send(draft), bench.endpoint().them()).good().findings();
    return found.isEmpty() && bench.inbox().isPresent()
        ? bench.inbox().get().missing(name, draft.payload())
        : found;
  }

  private static Scenario header(String id, String name, String value) {
    return scenario(id).isGood(draft -> draft.header(name, value));
  }

  private static Scenario missing(String id, String name) {
    return scenario(id).isGood(draft -> draft.without(name));
  }
}
