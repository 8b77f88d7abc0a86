package dev.as2.core;

import dev.as2.mime.Entity;
import dev.as2.mime.ForwardingEntity;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the octets of a body as they are handed on. */
final class CountedEntity extends ForwardingEntity {
  private final AtomicLong count = new AtomicLong();

  CountedEntity(Entity inner) {
    super(inner);
  }

  long count() {
    return count.get();
  }

  @Override
  public void writeBodyTo(OutputStream out) throws IOException {
    super.writeBodyTo(
        new FilterOutputStream(out) {
          @Override
          public void write(int octet) throws IOException {
            out.write(octet);
            count.incrementAndGet();
          }

          @Override
          public void write(byte[] octets, int offset, int length) throws IOException {
            out.write(octets, offset, length);
            count.addAndGet(length);
          }
        });
  }
}
