package dev.as2.mime;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Octets that can be read from their beginning, more than once. */
public interface Content {
  /** How many bytes {@link #open} gives. */
  long length();

  /**
   * Opens the octets at their beginning; the caller closes the stream.
   *
   * @throws IOException when they cannot be read, or are no longer the same
   */
  InputStream open() throws IOException;

  /** Octets in memory, for what is small. */
  static Content of(byte[] octets) {
    byte[] copy = octets.clone();
    return new Content() {
      @Override
      public long length() {
        return copy.length;
      }

      @Override
      public InputStream open() {
        return new ByteArrayInputStream(copy);
      }
    };
  }
}
