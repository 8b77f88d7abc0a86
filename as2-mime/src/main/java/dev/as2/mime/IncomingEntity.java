package dev.as2.mime;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

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
   * @throws MimeException where the block is longer, is no header block, or never ends
   */
  public static IncomingEntity read(InputStream in, int maxHeaderBytes) throws IOException {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    List<String> lines = new ArrayList<>();
    for (String line = line(in, block, maxHeaderBytes);
        !line.isEmpty();
        line = line(in, block, maxHeaderBytes)) {
      if ((line.startsWith(" ") || line.startsWith("\t")) && !lines.isEmpty()) {
        lines.set(lines.size() - 1, lines.get(lines.size() - 1) + " " + line.strip());
      } else {
        lines.add(line);
      }
    }
    List<Header> headers = new ArrayList<>();
    for (String line : lines) {
      headers.add(header(line));
    }
    return new IncomingEntity(new Headers(headers), block.toByteArray(), in);
  }

  private static Header header(String line) throws MimeException {
    int colon = line.indexOf(':');
    try {
      return Header.received(
          line.substring(0, Math.max(colon, 0)).strip(), line.substring(colon + 1));
    } catch (IllegalArgumentException e) {
      throw new MimeException("a MIME part begins with what is no header line", e);
    }
  }

  private static String line(InputStream in, ByteArrayOutputStream block, int maxBytes)
      throws IOException {
    int start = block.size();
    int octet = in.read();
    while (octet >= 0 && octet != '\n') {
      block.write(octet);
      if (block.size() > maxBytes) {
        throw new MimeException("the headers of a MIME part exceed " + maxBytes + " bytes");
      }
      octet = in.read();
    }
    if (octet < 0) {
      throw new EOFException("a MIME part ended within its headers");
    }
    block.write('\n');
    String line = block.toString(StandardCharsets.ISO_8859_1).substring(start);
    return line.replaceAll("\r?\n$", "");
  }
}
