package dev.as2.mime;

import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalLong;

/** An entity that is another one, but for what a subclass does differently. */
public class ForwardingEntity implements Entity {
  private final Entity inner;

  protected ForwardingEntity(Entity inner) {
    this.inner = inner;
  }

  @Override
  public Headers headers() {
    return inner.headers();
  }

  @Override
  public OptionalLong bodyLength() {
    return inner.bodyLength();
  }

  @Override
  public void writeBodyTo(OutputStream out) throws IOException {
    inner.writeBodyTo(out);
  }
}
