package dev.as2.core;

import dev.as2.core.ConnectorOptions.Framing;
import dev.as2.mime.Content;
import dev.as2.mime.ContentEntity;
import dev.as2.mime.Entity;
import dev.as2.mime.ForwardingEntity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalLong;

/**
 * A message as it will be framed.
 *
 * @param message with a known length, unless it goes chunked
 * @param chunked whether it goes chunked
 */
record Framed(Entity message, boolean chunked) {

  /**
   * Decides the framing. A compressed message has no length before it is made: where one is needed
   * it is made twice, first to count its octets, as a second write gives the same ones; a small one
   * is made once, in memory.
   */
  static Framed of(Entity message, Framing framing, long fileBytes) throws IOException {
    if (framing == Framing.CHUNKED) {
      return new Framed(message, true);
    }
    if (message.bodyLength().isPresent()) {
      return new Framed(message, false);
    }
    if (fileBytes <= Limits.BUFFERED_FILE_BYTES) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      message.writeBodyTo(body);
      return new Framed(
          new ContentEntity(message.headers(), Content.of(body.toByteArray())), false);
    }
    return framing == Framing.AUTO ? new Framed(message, true) : counted(message);
  }

  private static Framed counted(Entity message) throws IOException {
    Counter counter = new Counter();
    message.writeBodyTo(counter);
    return new Framed(
        new ForwardingEntity(message) {
          @Override
          public OptionalLong bodyLength() {
            return OptionalLong.of(counter.count);
          }
        },
        false);
  }

  /** Counts octets and forgets them. */
  private static final class Counter extends OutputStream {
    private long count;

    @Override
    public void write(int octet) {
      count++;
    }

    @Override
    public void write(byte[] octets, int offset, int length) {
      count += length;
    }
  }
}
