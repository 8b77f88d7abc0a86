package dev.as2.mime;

import java.io.IOException;

/** A key could not sign. */
public final class SigningException extends IOException {
  private static final long serialVersionUID = 1L;

  SigningException(String message, Throwable cause) {
    super(message, cause);
  }
}
