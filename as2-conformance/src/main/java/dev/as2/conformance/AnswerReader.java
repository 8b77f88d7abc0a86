package dev.as2.conformance;

import dev.as2.core.As2Response;
import dev.as2.core.Limits;
import dev.as2.mime.Headers;
import dev.as2.mime.MimePart;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads one HTTP answer whole, within the bounds of {@link Limits}. For one thread. */
final class AnswerReader {
  private final InputStream in;

  AnswerReader(InputStream in) {
    this.in = in;
  }

  /**
   * @param method of the request: there is no body in an answer to HEAD
   */
  As2Response read(String method) throws IOException {
    for (int i = 0; i < Limits.INTERIM_ANSWERS; i++) {
      String[] status = line(in).split(" ", 3);
      if (status.length < 2 || !status[0].startsWith("HTTP/1.") || !status[1].matches("\\d{3}")) {
        throw new IOException("what came is no HTTP answer: '" + String.join(" ", status) + "'");
      }
      int code = Integer.parseInt(status[1]);
      Headers headers = headers();
      if (code >= 200) {
        byte[] body =
            method.equals("HEAD") || code == 204 || code == 304 ? new byte[0] : body(headers);
        return new As2Response(
            code,
            status.length > 2 ? status[2] : "",
            headers,
            body,
            true,
            As2Response.Timings.NONE);
      }
    }
    throw new IOException("only interim answers came");
  }

  private Headers headers() throws IOException {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      block.writeBytes((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      if (block.size() > Limits.HTTP_HEADER_BYTES) {
        throw new IOException("the answer's headers are longer than " + Limits.HTTP_HEADER_BYTES);
      }
    }
    block.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    return MimePart.parse(block.toByteArray(), Limits.HTTP_HEADER_BYTES + 2).headers();
  }

  private byte[] body(Headers headers) throws IOException {
    if (headers.first("Transfer-Encoding").filter("chunked"::equalsIgnoreCase).isPresent()) {
      return chunks();
    }
    Optional<String> length = headers.first("Content-Length").map(String::strip);
    if (length.isEmpty()) {
      return exactly(in.readNBytes(Limits.ANSWER_BYTES + 1), -1);
    }
    if (!length.get().matches("\\d{1,9}")) {
      throw new IOException("the answer's Content-Length is no number: " + length.get());
    }
    int bytes = Integer.parseInt(length.get());
    return exactly(in.readNBytes(Math.min(bytes, Limits.ANSWER_BYTES + 1)), bytes);
  }

  private static byte[] exactly(byte[] body, int expected) throws IOException {
    if (body.length > Limits.ANSWER_BYTES) {
      throw new IOException("the answer is longer than " + Limits.ANSWER_BYTES + " bytes");
    }
    if (expected >= 0 && body.length < expected) {
      throw new EOFException(
          "the answer ended after " + body.length + " of " + expected + " bytes of its body");
    }
    return body;
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      String size = line(in).replaceFirst("[; \t].*", "");
      if (!size.matches("[0-9A-Fa-f]{1,7}")) {
        throw new IOException("the answer has a chunk without a size: '" + size + "'");
      }
      int bytes = Integer.parseInt(size, 16);
      if (body.size() + bytes > Limits.ANSWER_BYTES) {
        throw new IOException("the answer is longer than " + Limits.ANSWER_BYTES + " bytes");
      }
      body.writeBytes(exactly(in.readNBytes(bytes), bytes));
      String end = line(in);
      while (bytes == 0 && !end.isEmpty()) {
        end = line(in); // trailers
      }
      if (bytes == 0) {
        return body.toByteArray();
      }
    }
  }

  /** A line without its end. */
  static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int octet = in.read(); octet != '\n'; octet = in.read()) {
      if (octet < 0) {
        throw new EOFException(
            line.length() == 0
                ? "the endpoint closed the connection"
                : "the endpoint closed the connection within a line");
      }
      if (line.length() > Limits.HTTP_FIRST_LINE_BYTES) {
        throw new IOException("the answer has a line longer than " + Limits.HTTP_FIRST_LINE_BYTES);
      }
      line.append((char) octet);
    }
    int end = line.length();
    return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
  }
}
