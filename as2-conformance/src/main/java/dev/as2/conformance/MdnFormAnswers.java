package dev.as2.conformance;

import static dev.as2.conformance.Answering.taken;

import dev.as2.conformance.MdnDraft.SignatureForm;
import java.util.List;
import java.util.stream.Stream;

/** MDNs as products write them: odd, and to be understood all the same. */
final class MdnFormAnswers {
  private MdnFormAnswers() {}

  static List<SenderScenario> all() {
    return Stream.of(
            multiparts(), lineEnds(), encodings(), types(), fields(), absences(), names(), words())
        .flatMap(List::stream)
        .toList();
  }

  private static List<SenderScenario> multiparts() {
    return List.of(
        taken(
            "preamble",
            "Words before the first boundary",
            "Camel; RFC 2046 §5.1.1",
            d -> d.body(b -> "Content-Type: multipart/signed\r\n\r\n" + b)),
        taken(
            "epilogue",
            "Words after the last boundary",
            "RFC 2046 §5.1.1; DRM 3Q09#5",
            d -> d.body(b -> b + "\r\nThis is the end.\r\n")),
        taken(
            "no-final-boundary",
            "The last boundary without its hyphens",
            "DRM 3Q09#7",
            d -> d.body(b -> b.replaceFirst("--\r\n$", "\r\n"))),
        taken(
            "no-last-line-end",
            "No line end after the last boundary",
            "DRM 3Q10#3",
            d -> d.body(b -> b.replaceFirst("\r\n$", ""))));
  }

  private static List<SenderScenario> lineEnds() {
    return List.of(
        taken(
            "lf-only",
            "Every line ends with LF alone, and was signed with CRLF",
            "RFC 8551 §3.1.1",
            d -> d.form(SignatureForm.BASE64).body(b -> b.replace("\r\n", "\n"))),
        taken(
            "lf-signed",
            "Every line ends with LF alone, and was signed so",
            "Camel 4.17",
            d -> d.form(SignatureForm.BASE64).report(MdnFormAnswers::lf)));
  }

  private static List<SenderScenario> encodings() {
    return List.of(
        taken(
            "base64-parts",
            "The report's parts in base64",
            "phase2 issue 100; RFC 2045 §6.8",
            d -> d.encoding("base64")),
        taken(
            "quoted-printable-parts",
            "The report's parts in quoted-printable",
            "RFC 2045 §6.7",
            d -> d.encoding("quoted-printable")),
        taken(
            "base64-signature",
            "A signature in base64",
            "RFC 8551 §3.5.3",
            d -> d.form(SignatureForm.BASE64)),
        taken(
            "base64-signature-lf",
            "A signature in base64 whose lines end with LF",
            "DRM 3Q09#17",
            d -> d.form(SignatureForm.BASE64_LF)),
        taken(
            "base64-signature-one-line",
            "A signature in one line of base64",
            "Camel",
            d -> d.form(SignatureForm.BASE64_ONE_LINE)),
        taken(
            "base64-signature-unsaid",
            "A signature in base64 that does not say so",
            "RFC 2045 §6.1",
            d -> d.form(SignatureForm.BASE64_UNSAID)));
  }

  private static List<SenderScenario> types() {
    return List.of(
        taken(
            "no-report-type",
            "multipart/report without report-type",
            "DRM 3Q06#6",
            d -> d.report(r -> r.replace(" report-type=disposition-notification;", ""))),
        taken(
            "type-quoted",
            "A Content-Type that stands in quotes as a whole",
            "phase2 issue 97",
            MdnFormAnswers::quotedType),
        taken(
            "type-html",
            "An MDN under Content-Type: text/html",
            "phpas2",
            d -> d.outerType("text/html")),
        taken(
            "type-upper-case",
            "Content-Types in upper case",
            "RFC 2045 §5.1; DRM 3Q09#3",
            d ->
                d.report(r ->
                    r.replace(
                        "message/disposition-notification", "MESSAGE/Disposition-Notification"))));
  }

  private static List<SenderScenario> fields() {
    return List.of(
        taken(
            "fields-upper-case",
            "Fields in upper case",
            "RFC 4130 §7.4.3",
            d ->
                d.report(r ->
                    r.replace("Original-Message-ID:", "ORIGINAL-MESSAGE-ID:")
                        .replace("Disposition:", "DISPOSITION:")
                        .replace("Received-Content-MIC:", "RECEIVED-CONTENT-MIC:"))),
        taken(
            "fields-no-space",
            "Fields without a space behind the colon",
            "RFC 5322 §2.2",
            d ->
                d.report(r ->
                    r.replace("Disposition: ", "Disposition:")
                        .replace("Received-Content-MIC: ", "Received-Content-MIC:"))),
        taken(
            "fields-folded",
            "Folded fields",
            "RFC 5322 §2.2.3; DRM 3Q12#7",
            d ->
                d.report(r ->
                    r.replace("sent-automatically; ", "sent-automatically;\r\n ")
                        .replace(", sha", ",\r\n\tsha"))),
        taken(
            "fields-after-no-empty-line",
            "No empty line before the fields",
            "RFC 5322 §2.1",
            d ->
                d.report(r ->
                    r.replace(
                        "notification\r\nContent-Transfer-Encoding: 7bit\r\n\r\n",
                        "notification\r\n"))));
  }

  private static List<SenderScenario> absences() {
    return List.of(
        taken(
            "without-original-recipient",
            "No Original-Recipient",
            "django-pyas2 issue 52",
            d -> d.withoutField("Original-Recipient")),
        taken(
            "without-final-recipient",
            "No Final-Recipient",
            "RFC 8098 §3.2.4",
            d -> d.withoutField("Final-Recipient")),
        taken(
            "without-reporting-ua",
            "No Reporting-UA",
            "RFC 8098 §3.2.1",
            d -> d.withoutField("Reporting-UA")),
        taken(
            "without-message-id",
            "An MDN without Message-ID",
            "DRM 1Q14#1",
            d -> d.withoutHeader("Message-ID")),
        taken(
            "without-names",
            "An MDN without AS2-From and AS2-To",
            "DRM 1Q09#5",
            d -> d.withoutHeader("AS2-From").withoutHeader("AS2-To")),
        taken("without-date", "An MDN without Date", "DRM 3Q09#12", d -> d.withoutHeader("Date")));
  }

  private static List<SenderScenario> names() {
    return List.of(
        taken(
            "other-recipient",
            "A Final-Recipient that is somebody else",
            "DRM 1Q12#5",
            d -> d.field("Final-Recipient", "rfc822; somebody-else")),
        taken(
            "names-quoted",
            "AS2 names in quotes that they do not need",
            "RFC 4130 §6.2",
            d ->
                d.header(
                    "AS2-From",
                    "\""
                        + d.field("Final-Recipient").replace("rfc822; ", "").replace("\"", "")
                        + "\"")));
  }

  private static List<SenderScenario> words() {
    return List.of(
        taken(
            "text-without-headers",
            "Words for people without headers of their own",
            "Sterling",
            d ->
                d.report(r ->
                    r.replace(
                        "Content-Type: text/plain; charset=us-ascii\r\n"
                            + "Content-Transfer-Encoding: 7bit\r\n",
                        ""))),
        taken(
            "text-bad-charset",
            "Words in a charset that nobody knows, and damaged",
            "RFC 2045 §5.2",
            d ->
                d.report(r ->
                    r.replace("charset=us-ascii", "charset=x-klingon")
                        .replace("was received", "\u00ff\u00fe received"))));
  }

  /** The whole report with LF, before it is signed. */
  private static String lf(String report) {
    return report.substring(0, report.indexOf("\r\n\r\n") + 4)
        + report.substring(report.indexOf("\r\n\r\n") + 4).replace("\r\n", "\n");
  }

  private static MdnDraft quotedType(MdnDraft draft) {
    return draft
        .signed(true)
        .outerType(
            "\"multipart/signed; protocol=\\\"application/pkcs7-signature\\\"; micalg=sha-256;"
                + " boundary=\\\"signed\\\"\"");
  }
}
