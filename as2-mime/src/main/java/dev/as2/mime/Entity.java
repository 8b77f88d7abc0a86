package dev.as2.mime;

import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalLong;

/**
 * A MIME entity that writes itself: headers, an empty line, a body.
 *
 * <p>An entity can be written more than once, by one thread at a time, and writes the same octets
 * each time or fails. Layers nest: the body of a security layer is made from an inner entity while
 * that one writes itself, so that no layer ever holds a whole body.
 */
public interface Entity {
  /** The entity's own headers. */
  Headers headers();

  /** The exact length of the body in bytes, where it is known before it is written. */
  OptionalLong bodyLength();

  /**
   * Writes the body.
   *
   * <p>When this fails half-way, what was written is not a whole body of this kind: no reader takes
   * it for complete.
   *
   * @throws IOException when the source could not be read or {@code out} not be written
   */
  void writeBodyTo(OutputStream out) throws IOException;

  /** The exact length of headers, empty line and body in bytes, where it is known. */
  default OptionalLong length() {
    OptionalLong body = bodyLength();
    return body.isPresent() ? OptionalLong.of(headers().toBytes().length + body.getAsLong()) : body;
  }

  /** Writes headers, an empty line and the body. */
  default void writeTo(OutputStream out) throws IOException {
    out.write(headers().toBytes());
    writeBodyTo(out);
  }
}
