package dev.as2.core;

import dev.as2.mime.Content;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

/** Content that fails after its first octets, as a source does that has become another. */
record BrokenContent(long length, byte[] readable) implements Content {
  @Override
  public InputStream open() {
    InputStream fault =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new As2Exception(FailureCode.SOURCE_CHANGED, "the source has changed");
          }
        };
    return new SequenceInputStream(new ByteArrayInputStream(readable), fault);
  }
}
