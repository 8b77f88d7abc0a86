package dev.as2.core;

import dev.as2.mime.DigestAlgorithm;
import dev.as2.mime.Headers;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Signed MDNs around signatures that a test makes. */
final class SignedMdn {
  private SignedMdn() {}

  /** The part to sign: a positive report with the MIC of {@link Answers#PAYLOAD}. */
  static byte[] report() {
    byte[] digest = DigestAlgorithm.SHA256.newDigest().digest(Answers.PAYLOAD);
    return String.join(
            "\r\n",
            "Content-Type: multipart/report; report-type=disposition-notification; boundary=\"r\"",
            "",
            "--r",
            "Content-Type: text/plain",
            "",
            "Received.",
            "--r",
            "Content-Type: message/disposition-notification",
            "",
            "Final-Recipient: rfc822; acme",
            "Original-Message-ID: " + Answers.MESSAGE_ID.toHeader(),
            "Disposition: automatic-action/MDN-sent-automatically; processed",
            "Received-Content-MIC: " + Mic.of(digest, DigestAlgorithm.SHA256),
            "--r--",
            "")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** An answer of status 200 with a multipart/signed of the two. */
  static As2Response answer(byte[] content, byte[] signature) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    line(body, "--s");
    body.writeBytes(content);
    line(body, "\r\n--s\r\nContent-Type: application/pkcs7-signature; name=smime.p7s\r\n");
    body.writeBytes(signature);
    line(body, "\r\n--s--");
    return Answers.response(
        200,
        Headers.of(
            "AS2-From", "acme",
            "AS2-To", "us",
            "Message-ID", "<mdn-1@acme>",
            "Content-Type", "multipart/signed; micalg=sha-256; boundary=s"),
        body.toByteArray());
  }

  private static void line(ByteArrayOutputStream body, String line) {
    body.writeBytes((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }
}
