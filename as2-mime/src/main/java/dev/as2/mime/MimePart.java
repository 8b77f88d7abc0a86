package dev.as2.mime;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A MIME part in memory, read as leniently as partners demand: for MDNs, never for payloads.
 *
 * <p>Immutable; the octets are those that arrived and are never serialised anew, so that a
 * signature over them can be verified. Holds the octets twice, and so does each part inside.
 */
public final class MimePart {
  private final byte[] raw;
  private final Headers headers;
  private final byte[] body;
  private final ContentTypeField type;

  private MimePart(byte[] raw, Headers headers, byte[] body) {
    this.raw = raw;
    this.headers = headers;
    this.body = body;
    this.type = ContentTypeField.parse(headers.first("Content-Type").orElse(""));
  }

  /** A part whose headers came apart from its body, as in HTTP. */
  public static MimePart of(Headers headers, byte[] body) {
    ByteArrayOutputStream raw = new ByteArrayOutputStream();
    raw.writeBytes(headers.toBytes());
    raw.writeBytes(body);
    return new MimePart(raw.toByteArray(), headers, body.clone());
  }

  /**
   * A part from its octets: headers, an empty line, the body. Headers and empty line may be
   * missing.
   *
   * @throws MimeException when the headers are longer than {@code maxHeaderBytes}
   */
  public static MimePart parse(byte[] raw, int maxHeaderBytes) throws MimeException {
    HeaderBlock block = HeaderBlock.parse(raw, maxHeaderBytes);
    byte[] body = Arrays.copyOfRange(raw, block.bodyStart(), raw.length);
    return new MimePart(raw.clone(), block.headers(), body);
  }

  /**
   * The octets of the whole part, which are what a signature over it covers; for one made by {@link
   * #of} its headers in canonical form and then its body.
   */
  public byte[] raw() {
    return raw.clone();
  }

  /** The part's headers. */
  public Headers headers() {
    return headers;
  }

  /** The body's octets, still in their transfer encoding. */
  public byte[] body() {
    return body.clone();
  }

  /** {@code type/subtype} in lower case; empty where the part names none. */
  public String contentType() {
    return type.type();
  }

  /** A parameter of the Content-Type, by its name in lower case. */
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(type.parameters().get(name));
  }

  /** Whether the part says that it consists of parts. */
  public boolean isMultipart() {
    return type.type().startsWith("multipart/");
  }

  /** A header's value without quotation marks around all of it, as some proxies add them. */
  public Optional<String> header(String name) {
    return headers.first(name).map(ContentTypeField::unquoted);
  }

  /**
   * The parts inside, whatever the Content-Type says: split at its {@code boundary}, or where it
   * names none that occurs, at what looks like one in the body.
   *
   * @return no part where there is no boundary
   * @throws MimeException when there are more than {@code maxParts}, or one has more than {@code
   *     maxHeaderBytes} of headers
   */
  public List<MimePart> children(int maxParts, int maxHeaderBytes) throws MimeException {
    List<byte[]> octets = List.of();
    Optional<String> named = parameter("boundary").filter(b -> !b.isEmpty());
    if (named.isPresent()) {
      octets = Multipart.split(body, named.get(), maxParts);
    }
    Optional<String> sniffed = octets.isEmpty() ? Multipart.sniffBoundary(body) : Optional.empty();
    if (sniffed.isPresent()) {
      octets = Multipart.split(body, sniffed.get(), maxParts);
    }
    List<MimePart> children = new ArrayList<>();
    for (byte[] child : octets) {
      children.add(parse(child, maxHeaderBytes));
    }
    return children;
  }

  /**
   * The body without its Content-Transfer-Encoding; an absent or unknown one changes nothing (RFC
   * 4130 §5.2.1).
   *
   * @throws MimeException when it cannot be decoded
   */
  public byte[] decodedBody() throws MimeException {
    String encoding = header("Content-Transfer-Encoding").orElse("");
    if (encoding.equalsIgnoreCase("base64")) {
      return TransferDecoding.base64(body);
    }
    if (encoding.equalsIgnoreCase("quoted-printable")) {
      return TransferDecoding.quotedPrintable(body);
    }
    return body();
  }

  /**
   * The decoded body as header-like fields, such as those of a message/disposition-notification,
   * and then the part's own headers: where the empty line between them is missing, the fields are
   * found there.
   *
   * @throws MimeException when it cannot be decoded or is longer than {@code maxBytes}
   */
  public Headers fields(int maxBytes) throws MimeException {
    return HeaderBlock.fields(decodedBody(), maxBytes).plus(headers);
  }
}
