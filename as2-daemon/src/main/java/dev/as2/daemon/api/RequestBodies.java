package dev.as2.daemon.api;

import dev.as2.daemon.state.ServeLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;

/**
 * Reads requests whole, as their signatures need it, though nobody knows yet who sends them: small
 * ones at once, and of larger ones a few at a time.
 */
final class RequestBodies {
  private final Semaphore large = new Semaphore(ServeLimits.API_LARGE_REQUESTS);

  /**
   * @throws ApiException {@code RequestEntityTooLargeException}, or {@code ThrottlingException}
   *     where too many large ones are being read
   */
  byte[] read(InputStream body) throws ApiException, IOException {
    byte[] beginning = body.readNBytes(ServeLimits.API_ORDINARY_REQUEST_BYTES);
    if (beginning.length < ServeLimits.API_ORDINARY_REQUEST_BYTES) {
      return beginning;
    }
    if (!large.tryAcquire()) {
      throw ApiException.throttled("Too many large requests at a time.");
    }
    try {
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      whole.write(beginning);
      whole.write(body.readNBytes(ServeLimits.API_REQUEST_BYTES - beginning.length));
      if (body.read() >= 0) {
        throw new ApiException(
            ErrorCode.TOO_LARGE,
            "The request is larger than %d bytes.".formatted(ServeLimits.API_REQUEST_BYTES));
      }
      return whole.toByteArray();
    } finally {
      large.release();
    }
  }
}
