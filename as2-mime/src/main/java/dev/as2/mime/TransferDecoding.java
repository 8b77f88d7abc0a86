package dev.as2.mime;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;

/** Undoes Content-Transfer-Encodings (RFC 2045 §6), in memory. */
final class TransferDecoding {
  private TransferDecoding() {}

  /**
   * Decodes base64 with any line breaks or none, and with any other octets between its characters,
   * up to the padding.
   *
   * @throws MimeException when a character is missing at the end
   */
  static byte[] base64(byte[] encoded) throws MimeException {
    ByteArrayOutputStream characters = new ByteArrayOutputStream(encoded.length);
    for (byte c : encoded) {
      if (c == '=') {
        break;
      }
      if (c == '+' || c == '/' || (c > 0 && Character.isLetterOrDigit(c))) {
        characters.write(c);
      }
    }
    try {
      return Base64.getDecoder().decode(characters.toByteArray());
    } catch (IllegalArgumentException e) {
      throw new MimeException("a part's base64 ends in the middle of an octet", e);
    }
  }

  /**
   * Decodes quoted-printable; what is no escape stays as it is.
   *
   * @throws MimeException when it cannot be decoded
   */
  static byte[] quotedPrintable(byte[] encoded) throws MimeException {
    try (InputStream in =
        MimeUtility.decode(new ByteArrayInputStream(encoded), "quoted-printable")) {
      return in.readAllBytes();
    } catch (MessagingException | IOException e) {
      throw new MimeException("a part's quoted-printable text cannot be decoded", e);
    }
  }
}
