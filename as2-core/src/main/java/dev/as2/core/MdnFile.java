package dev.as2.core;

import dev.as2.mime.Header;
import dev.as2.mime.Headers;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A partner's answer as a file: its headers, an empty line, its body untouched; so that it can be
 * verified again at any time.
 */
final class MdnFile {
  /** What belongs to the connection and not to the answer, or is nobody's business. */
  private static final Set<String> LEFT_OUT =
      Set.of("connection", "keep-alive", "transfer-encoding", "set-cookie", "proxy-connection");

  private MdnFile() {}

  /** The file of an answer; none of one without a body, which says nothing. */
  static Optional<byte[]> of(As2Response response) {
    return response.body().length > 0 ? Optional.of(octets(response)) : Optional.empty();
  }

  static byte[] octets(As2Response response) {
    List<Header> kept =
        response.headers().lines().stream()
            .filter(h -> !LEFT_OUT.contains(h.name().toLowerCase(Locale.ROOT)))
            .toList();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(new Headers(kept).toBytes());
    file.writeBytes(response.body());
    return file.toByteArray();
  }
}
