package dev.as2.core;

import dev.as2.mime.Headers;
import dev.as2.mime.MimeException;
import dev.as2.mime.MimePart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;

/**
 * An MDN that we send, as it goes out.
 *
 * @param headers of the HTTP answer or request
 * @param body the report, or the signed report
 */
@SuppressWarnings("ArrayRecordComponent")
record MadeMdn(Headers headers, byte[] body) {
  /** Reads what {@link #octets} gave. */
  static MadeMdn read(byte[] octets) throws IOException {
    try {
      MimePart part = MimePart.parse(octets, Limits.PART_HEADER_BYTES);
      return new MadeMdn(part.headers(), part.body());
    } catch (MimeException e) {
      throw new IOException("a kept MDN cannot be read: " + e.getMessage(), e);
    }
  }

  /** Headers, an empty line, the body. */
  byte[] octets() {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    octets.writeBytes(headers.toBytes());
    octets.writeBytes(body);
    return octets.toByteArray();
  }

  As2Handler.Answer answer(int status) {
    return new As2Handler.Answer(status, headers, body);
  }

  Optional<MessageId> messageId() {
    return headers.first("Message-ID").map(MessageId::fromHeader);
  }

  Optional<String> subject() {
    return headers.first("Subject");
  }

  boolean isSigned() {
    return headers.first("Content-Type").orElse("").startsWith("multipart/signed");
  }
}
