package dev.as2.mime;

import java.io.IOException;

/**
 * Bytes that arrived are not what MIME or CMS says they should be. Reading the same bytes again
 * cannot help.
 */
public final class MimeException extends IOException {
  private static final long serialVersionUID = 1L;

  public MimeException(String message) {
    super(message);
  }

  public MimeException(String message, Throwable cause) {
    super(message, cause);
  }
}
