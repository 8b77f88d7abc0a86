package dev.as2.conformance;

import dev.as2.core.Limits;
import dev.as2.mime.Headers;
import dev.as2.mime.MimeException;
import dev.as2.mime.MimePart;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * A message that was kept: a request or an answer as it went over the wire, or headers and body as
 * in {@code .mdn} files. Held whole, {@link Limits#CAPTURE_BYTES} at the most.
 *
 * @param firstLine request or status line; empty where there is none
 * @param headers its headers
 * @param body its body, without chunks
 */
@SuppressWarnings("ArrayRecordComponent")
public record Capture(String firstLine, Headers headers, byte[] body) {
  private static final Pattern FIRST_LINE =
      Pattern.compile("(?:[A-Z]{3,10} \\S+ HTTP/1\\.\\d|HTTP/1\\.\\d \\d{3}.*)");

  /** The first line of a body in chunks. */
  private static final Pattern CHUNK_SIZE = Pattern.compile("[0-9A-Fa-f]{1,8}\\s*(?:;.*)?");

  /**
   * Reads a file.
   *
   * @throws IOException where it cannot be read, is too large, or does not begin with headers
   */
  public static Capture read(Path file) throws IOException {
    long size = Files.size(file);
    if (size > Limits.CAPTURE_BYTES) {
      throw new IOException(
          "%s has %s bytes; no more than %s are taken apart"
              .formatted(file, size, Limits.CAPTURE_BYTES));
    }
    try {
      return of(Files.readAllBytes(file));
    } catch (MimeException e) {
      throw new IOException(file + " is no captured message: " + e.getMessage(), e);
    }
  }

  /**
   * Reads octets.
   *
   * @throws MimeException where they do not begin with headers
   */
  public static Capture of(byte[] octets) throws MimeException {
    int end = 0;
    while (end < octets.length && octets[end] != '\n') {
      end++;
    }
    String line = new String(octets, 0, end, StandardCharsets.ISO_8859_1).strip();
    boolean isHttp = FIRST_LINE.matcher(line).matches();
    byte[] rest =
        isHttp
            ? Arrays.copyOfRange(octets, Math.min(end + 1, octets.length), octets.length)
            : octets;
    MimePart message = MimePart.parse(rest, Limits.HTTP_HEADER_BYTES);
    if (message.headers().lines().isEmpty()) {
      throw new MimeException("it does not begin with the headers of a message");
    }
    return new Capture(
        isHttp ? line : "", message.headers(), withoutChunks(message.headers(), message.body()));
  }

  private static byte[] withoutChunks(Headers headers, byte[] body) throws MimeException {
    String coding = headers.first("Transfer-Encoding").orElse("");
    String line = new String(body, 0, Math.min(body.length, 80), StandardCharsets.ISO_8859_1);
    if (!coding.equalsIgnoreCase("chunked")
        || !CHUNK_SIZE.matcher(line.lines().findFirst().orElse("")).matches()) {
      return body; // a tool that captures may have joined the chunks
    }
    ByteArrayInputStream in = new ByteArrayInputStream(body);
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    try {
      for (int size = size(in); size > 0; size = size(in)) {
        joined.writeBytes(in.readNBytes(size));
        AnswerReader.line(in);
      }
      return joined.toByteArray();
    } catch (IOException | NumberFormatException e) {
      throw new MimeException("its chunks cannot be read: " + e.getMessage(), e);
    }
  }

  private static int size(ByteArrayInputStream in) throws IOException {
    return Integer.parseInt(AnswerReader.line(in).replaceFirst("[;\\s].*", ""), 16);
  }

  /** Whether it is an answer, as far as can be told. */
  public boolean isAnswer() {
    return firstLine.startsWith("HTTP/");
  }
}
