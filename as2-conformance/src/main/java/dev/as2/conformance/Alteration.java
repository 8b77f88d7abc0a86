package dev.as2.conformance;

import dev.as2.mime.Base64Entity;
import dev.as2.mime.Content;
import dev.as2.mime.ContentEntity;
import dev.as2.mime.Entity;
import dev.as2.mime.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.UnaryOperator;

/** Makes another entity of a layer, as a scenario wants it: otherwise written, or damaged. */
@FunctionalInterface
interface Alteration {
  Entity of(Entity layer) throws IOException;

  /** The same body under other headers. */
  static Alteration headers(UnaryOperator<Headers> change) {
    return layer -> new ContentEntity(change.apply(layer.headers()), Content.of(body(layer)));
  }

  /** Another body under the same headers. */
  static Alteration body(UnaryOperator<byte[]> change) {
    return layer -> new ContentEntity(layer.headers(), Content.of(change.apply(body(layer))));
  }

  /** The body in base64, and said so. */
  static Alteration base64() {
    return layer ->
        new Base64Entity(
            new ContentEntity(
                layer.headers().with("Content-Transfer-Encoding", "base64"),
                Content.of(body(layer))));
  }

  /** One bit in the middle of the body is another. */
  static Alteration bitFlipped() {
    return body(octets -> {
      octets[octets.length / 2] ^= 1;
      return octets;
    });
  }

  private static byte[] body(Entity entity) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    entity.writeBodyTo(body);
    return body.toByteArray();
  }
}
