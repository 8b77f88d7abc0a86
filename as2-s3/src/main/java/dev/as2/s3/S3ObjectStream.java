package dev.as2.s3;

import dev.as2.core.As2Exception;
import dev.as2.core.FailureCode;
import dev.as2.core.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Reads one version of an object. Where the connection breaks, it asks again for the rest of the
 * same version, {@value #MAX_RESUMPTIONS} times at most. Holds no content.
 */
final class S3ObjectStream extends InputStream {
  static final int MAX_RESUMPTIONS = 10;

  private final S3Client client;
  private final StoredFile file;
  private final S3Version version;
  private ResponseInputStream<GetObjectResponse> in;
  private long position;
  private int resumptions;

  S3ObjectStream(S3Client client, StoredFile file, long offset) throws As2Exception {
    this.client = client;
    this.file = file;
    this.version = S3Version.parse(file.version());
    this.position = offset;
    this.in = request();
  }

  @Override
  public int read() throws IOException {
    byte[] octet = new byte[1];
    return read(octet, 0, 1) < 0 ? -1 : octet[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    long remaining = file.length() - position;
    if (remaining == 0) {
      return -1;
    }
    int wanted = (int) Math.min(length, remaining);
    int count = readOrBreak(bytes, offset, wanted);
    while (count < 0) {
      in = resume();
      count = readOrBreak(bytes, offset, wanted);
    }
    position += count;
    return count;
  }

  /** What was read, or -1 where the connection broke, which may look like an early end. */
  private int readOrBreak(byte[] bytes, int offset, int length) throws As2Exception {
    try {
      return in.read(bytes, offset, length);
    } catch (IOException | SdkException e) {
      if (resumptions == MAX_RESUMPTIONS) {
        throw broken(e);
      }
      return -1;
    }
  }

  private ResponseInputStream<GetObjectResponse> resume() throws As2Exception {
    in.abort();
    if (resumptions == MAX_RESUMPTIONS) {
      throw broken(new IOException("early end at byte " + position));
    }
    resumptions++;
    try {
      return request();
    } catch (As2Exception e) {
      if (e.code() == FailureCode.SEND_FILE_NOT_FOUND) {
        throw S3Faults.changed(file.path().toString()); // it was there when reading began
      }
      throw e;
    }
  }

  private As2Exception broken(Exception cause) {
    return new As2Exception(
        FailureCode.STORE_UNAVAILABLE,
        "Cannot read " + file.path() + ": the connection broke " + (resumptions + 1) + " times",
        cause);
  }

  private ResponseInputStream<GetObjectResponse> request() throws As2Exception {
    GetObjectRequest.Builder request =
        GetObjectRequest.builder().bucket(file.path().bucket()).key(file.path().key());
    version.pin(request);
    if (position > 0) {
      request.range("bytes=" + position + "-");
    }
    try {
      return checked(client.getObject(request.build()));
    } catch (S3Exception e) {
      if (e.statusCode() == 416) {
        throw S3Faults.changed(file.path().toString()); // it has become shorter
      }
      throw S3Faults.of(e, "read", file.path().toString());
    } catch (SdkException e) {
      throw S3Faults.of(e, "read", file.path().toString());
    }
  }

  /** Some servers know no If-Match or no ranges, and answer all the same. */
  private ResponseInputStream<GetObjectResponse> checked(ResponseInputStream<GetObjectResponse> got)
      throws As2Exception {
    GetObjectResponse response = got.response();
    if (!version.eTag().equals(response.eTag())) {
      got.abort();
      throw S3Faults.changed(file.path().toString());
    }
    if (response.contentLength() != file.length() - position) {
      got.abort();
      throw new As2Exception(
          FailureCode.STORE_UNAVAILABLE,
          "Cannot read "
              + file.path()
              + " from byte "
              + position
              + ": the server sends other bytes");
    }
    return got;
  }

  @Override
  public void close() {
    in.abort(); // not close(), which would read what is left
  }
}
