package dev.as2.core;

import dev.as2.mime.Headers;
import dev.as2.mime.MimeException;
import dev.as2.mime.MimePart;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds the MDN in an answer, however it is wrapped: reports inside mixed, signed inside other
 * multiparts, wrong outer types, quoted headers, missing boundaries (RFC 4130 §7.2 to §7.4, and
 * what products send instead).
 *
 * <p>An instance reads one answer and holds a few copies of it, none above {@link
 * Limits#ANSWER_BYTES}.
 */
public final class MdnReader {
  private static final String NOTIFICATION = "message/disposition-notification";

  private final Headers envelope;
  private final MimePart root;
  private int partsLeft = Limits.MDN_PARTS;

  private MdnReader(Headers envelope, byte[] body) {
    this.envelope = envelope;
    this.root = MimePart.of(envelope, body);
  }

  /**
   * Reads the MDN of an answer.
   *
   * @return empty where nothing in the answer looks like an MDN
   * @throws As2Exception {@code MDN_INVALID} where it looks like one and cannot be read
   */
  public static Optional<Mdn> read(Headers envelope, byte[] body) throws As2Exception {
    try {
      Optional<Mdn> typed = new MdnReader(envelope, body).find(MdnReader::isNotification);
      if (typed.isPresent()) {
        return typed;
      }
      MdnReader again = new MdnReader(envelope, body);
      Optional<Mdn> untyped = again.find(MdnReader::hasFields);
      if (untyped.isEmpty() && again.announcesMdn()) {
        throw invalid("it is announced as " + again.root.contentType() + " and has no disposition");
      }
      return untyped;
    } catch (MimeException e) {
      throw new As2Exception(
          FailureCode.MDN_INVALID, "The partner's MDN cannot be read: " + e.getMessage() + ".", e);
    }
  }

  private static As2Exception invalid(String why) {
    return new As2Exception(
        FailureCode.MDN_INVALID, "The partner's MDN cannot be read: " + why + ".");
  }

  /** Whether the answer calls itself what only MDNs are. */
  private boolean announcesMdn() {
    return List.of("multipart/report", "multipart/signed", NOTIFICATION)
            .contains(root.contentType())
        || root.contentType().endsWith("pkcs7-mime");
  }

  private Optional<Mdn> find(Predicate<MimePart> isIt) throws MimeException {
    if (isIt.test(root)) {
      return Optional.of(new Mdn(envelope, fields(root), "", Optional.empty()));
    }
    return findIn(root, 1, Optional.empty(), isIt);
  }

  private Optional<Mdn> findIn(
      MimePart part, int depth, Optional<Mdn.Signed> signed, Predicate<MimePart> isIt)
      throws MimeException {
    List<MimePart> children = part.children(partsLeft, Limits.PART_HEADER_BYTES);
    partsLeft -= children.size();
    if (children.isEmpty()) {
      return Optional.empty();
    }
    if (depth > Limits.MDN_DEPTH) {
      throw new MimeException("more than " + Limits.MDN_DEPTH + " multiparts inside each other");
    }
    Optional<MimePart> signature = signatureOf(part, children);
    if (signature.isPresent()) {
      // Only what is under the signature counts; what stands beside it could be anybody's.
      children = children.subList(0, 1);
      signed = Optional.of(new Mdn.Signed(children.get(0), signature.get()));
    }
    for (MimePart child : children) {
      if (isIt.test(child)) {
        return Optional.of(new Mdn(envelope, fields(child), text(children, child), signed));
      }
      Optional<Mdn> inside =
          isContainer(child) ? findIn(child, depth + 1, signed, isIt) : Optional.empty();
      if (inside.isPresent()) {
        return inside;
      }
    }
    return Optional.empty();
  }

  private static boolean isContainer(MimePart part) {
    return part.isMultipart() || part.parameter("boundary").isPresent();
  }

  /** The part with the signature, where the first of the children is signed. */
  private static Optional<MimePart> signatureOf(MimePart parent, List<MimePart> children) {
    List<MimePart> others = children.subList(1, children.size());
    Optional<MimePart> typed =
        others.stream().filter(p -> p.contentType().endsWith("pkcs7-signature")).findFirst();
    boolean declared = parent.contentType().equals("multipart/signed");
    return typed.or(() -> declared ? others.stream().findFirst() : Optional.empty());
  }

  private static boolean isNotification(MimePart part) {
    return part.contentType().equals(NOTIFICATION);
  }

  /** For notifications without their Content-Type: a Disposition, and what goes with it. */
  private static boolean hasFields(MimePart part) {
    boolean plain = part.contentType().isEmpty() || part.contentType().equals("text/plain");
    if (!plain) {
      return false;
    }
    try {
      Headers fields = fields(part);
      return fields.first("Disposition").isPresent()
          && (fields.first("Original-Message-ID").isPresent()
              || fields.first("Final-Recipient").isPresent());
    } catch (MimeException e) {
      // Too long or undecodable: no notification, whatever else it is.
      return false;
    }
  }

  private static Headers fields(MimePart part) throws MimeException {
    return part.fields(Limits.PART_HEADER_BYTES);
  }

  /** The first part beside the notification that people can read. */
  private static String text(List<MimePart> siblings, MimePart notification) {
    for (MimePart part : siblings) {
      boolean readable = part.contentType().isEmpty() || part.contentType().startsWith("text/");
      if (part != notification && readable) {
        return new String(decodedOrRaw(part), charset(part)).strip();
      }
    }
    return "";
  }

  private static byte[] decodedOrRaw(MimePart text) {
    try {
      return text.decodedBody();
    } catch (MimeException e) {
      // A damaged text for people must not keep the rest of the MDN from being read.
      return text.body();
    }
  }

  /** The part's charset; what is unknown or damaged must not keep the MDN from being read. */
  private static Charset charset(MimePart part) {
    try {
      return Charset.forName(part.parameter("charset").orElse("utf-8"));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return StandardCharsets.ISO_8859_1;
    }
  }
}
