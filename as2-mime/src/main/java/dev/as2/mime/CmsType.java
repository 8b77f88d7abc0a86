package dev.as2.mime;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** What a CMS structure holds, told by the object identifier that it begins with (RFC 5652 §3). */
public enum CmsType {
  ENVELOPED_DATA("2a864886f70d010703"),
  AUTH_ENVELOPED_DATA("2a864886f70d0109100117"),
  COMPRESSED_DATA("2a864886f70d0109100109"),
  SIGNED_DATA("2a864886f70d010702");

  /** A sequence, its length (of up to 8 octets), and the longest of the identifiers. */
  private static final int SNIFFED_BYTES = 24;

  private static final int SEQUENCE = 0x30;
  private static final int OBJECT_IDENTIFIER = 0x06;

  private final byte[] identifier;

  CmsType(String hex) {
    this.identifier = HexFormat.of().parseHex(hex);
  }

  /**
   * Looks at the beginning of a structure, which stays unread.
   *
   * @param in knows marks
   * @return empty where it is none of these
   */
  public static Optional<CmsType> sniff(InputStream in) throws IOException {
    byte[] start = peek(in, SNIFFED_BYTES);
    if (start.length < 4 || start[0] != SEQUENCE) {
      return Optional.empty();
    }
    int at = start[1] >= 0 ? 2 : 2 + (start[1] & 0x7F); // the length's octets are passed over
    if (at + 1 >= start.length || start[at] != OBJECT_IDENTIFIER || start[at + 1] < 0) {
      return Optional.empty();
    }
    int end = Math.min(start.length, at + 2 + start[at + 1]);
    byte[] found = Arrays.copyOfRange(start, at + 2, end);
    return Arrays.stream(values()).filter(t -> Arrays.equals(t.identifier, found)).findFirst();
  }

  /** Whether what comes is a structure in binary, which no base64 text begins like. */
  public static boolean isBinary(InputStream in) throws IOException {
    byte[] start = peek(in, 1);
    return start.length == 1 && start[0] == SEQUENCE;
  }

  private static byte[] peek(InputStream in, int bytes) throws IOException {
    in.mark(bytes);
    byte[] start = in.readNBytes(bytes);
    in.reset();
    return start;
  }
}
