package dev.as2.mime;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * A MIME entity while it arrives: its headers have been read, its body is still in the stream.
 *
 * @param headers the headers
 * @param headerOctets the header block as it came, with its empty line
 * @param body the rest of the stream; read once
 */
@SuppressWarnings("ArrayRecordComponent")
public record IncomingEntity(Headers headers, byte[] headerOctets, InputStream body) {

  /**
   * Reads the header block of an entity. Reads octet by octet: give a buffered stream.
   *
   * @param maxHeaderBytes the longest block that is taken
   * @throws MimeException where the block is longer or does not end with an empty line
   */
  public static IncomingEntity read(InputStream in, int maxHeaderBytes) throws IOException {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    int lineBytes = -1;
    while (lineBytes != 0) {
      lineBytes = 0;
      for (int octet = in.read(); octet != '\n'; octet = in.read()) {
        if (octet < 0) {
          throw new EOFException("a MIME part ended within its headers");
        }
        if (block.size() >= maxHeaderBytes) {
          throw new MimeException("a part's header block is longer than " + maxHeaderBytes);
        }
        block.write(octet);
        lineBytes += octet == '\r' ? 0 : 1;
      }
      block.write('\n');
    }
    byte[] octets = block.toByteArray();
    HeaderBlock parsed = HeaderBlock.parse(octets, maxHeaderBytes);
    if (parsed.bodyStart() != octets.length) {
      throw new MimeException("a part begins with a line that is no header");
    }
    return new IncomingEntity(parsed.headers(), octets, in);
  }

  /** The media type in lower case, {@code text/plain} where none is stated. */
  public String contentType() {
    return part().contentType();
  }

  /** A parameter of the Content-Type. */
  public Optional<String> parameter(String name) {
    return part().parameter(name);
  }

  private MimePart part() {
    return MimePart.of(headers, new byte[0]);
  }
}
