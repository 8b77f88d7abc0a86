package dev.as2.core;

import dev.as2.mime.Headers;
import java.io.IOException;
import java.io.InputStream;

/** Answers one HTTP request: what an {@link As2Server} does with what arrives. */
@FunctionalInterface
public interface As2Handler {
  /**
   * Handles a request, on a thread that may block.
   *
   * @param method for example {@code POST}
   * @param headers the request's headers
   * @param body the request's body without transfer coding; it fails where the request breaks off.
   *     What is left unread is skipped, or the connection closed
   */
  Answer handle(String method, Headers headers, InputStream body) throws IOException;

  /**
   * An answer.
   *
   * @param status the HTTP status
   * @param headers the entity's headers; the server adds the framing
   * @param body small, such as an MDN
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Answer(int status, Headers headers, byte[] body) {}
}
