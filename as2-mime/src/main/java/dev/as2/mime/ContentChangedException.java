package dev.as2.mime;

import java.io.IOException;

/** A content that has to be the same at every write has become another. */
public final class ContentChangedException extends IOException {
  private static final long serialVersionUID = 1L;

  public ContentChangedException(String message) {
    super(message);
  }
}
