package dev.as2.s3;

import dev.as2.core.As2Exception;
import dev.as2.core.FailureCode;
import dev.as2.core.StoredFile;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * One version of an object that is being read, by one connection or by several: asks for its
 * ranges, and counts how often connections broke. Safe for use by several threads.
 */
final class S3Reading {
  private final S3Client client;
  private final StoredFile file;
  private final S3Version version;
  private final AtomicInteger resumptions = new AtomicInteger();

  S3Reading(S3Client client, StoredFile file) {
    this.client = client;
    this.file = file;
    this.version = S3Version.parse(file.version());
  }

  long length() {
    return file.length();
  }

  /** How often reading went on after connections had broken. */
  int resumptions() {
    return resumptions.get();
  }

  /**
   * Whether it may go on once more. Connections that break together count once: that of a request
   * which was made before the last one that counted is free.
   *
   * @param before {@link #resumptions} when the broken request was made
   */
  boolean mayResume(int before) {
    resumptions.compareAndSet(before, before + 1);
    return before < S3ObjectStream.MAX_RESUMPTIONS;
  }

  /** Asks for a range, where nothing of the object has been read yet. */
  ResponseInputStream<GetObjectResponse> begin(Range range) throws As2Exception {
    GetObjectRequest.Builder request =
        GetObjectRequest.builder().bucket(file.path().bucket()).key(file.path().key());
    version.pin(request);
    if (range.to() < file.length()) {
      request.range("bytes=" + range.from() + "-" + (range.to() - 1));
    } else if (range.from() > 0) {
      request.range("bytes=" + range.from() + "-");
    }
    try {
      return checked(client.getObject(request.build()), range);
    } catch (S3Exception e) {
      if (e.statusCode() == 416) {
        throw changed(); // it has become shorter
      }
      throw S3Faults.of(e, "read", file.path().toString());
    } catch (SdkException e) {
      throw S3Faults.of(e, "read", file.path().toString());
    }
  }

  /** Asks for a range of an object that was there a moment ago. */
  ResponseInputStream<GetObjectResponse> goOn(Range range) throws As2Exception {
    try {
      return begin(range);
    } catch (As2Exception e) {
      if (e.code() == FailureCode.SEND_FILE_NOT_FOUND) {
        throw changed();
      }
      throw e;
    }
  }

  /** Some servers know no If-Match or no ranges, and answer all the same. */
  private ResponseInputStream<GetObjectResponse> checked(
      ResponseInputStream<GetObjectResponse> got, Range range) throws As2Exception {
    GetObjectResponse response = got.response();
    if (!version.eTag().equals(response.eTag())) {
      got.abort();
      throw changed();
    }
    if (response.contentLength() != range.length() && !isWhole(response, range)) {
      got.abort();
      throw new As2Exception(
          FailureCode.STORE_UNAVAILABLE,
          "Cannot read "
              + file.path()
              + " from byte "
              + range.from()
              + ": the server sends other bytes");
    }
    return got;
  }

  /** More than was asked for, but beginning with it. */
  private boolean isWhole(GetObjectResponse response, Range range) {
    return range.from() == 0 && response.contentLength() == file.length();
  }

  private As2Exception changed() {
    return S3Faults.changed(file.path().toString());
  }

  As2Exception broken(Exception cause) {
    return unavailable(
        ": the connection broke " + (S3ObjectStream.MAX_RESUMPTIONS + 1) + " times", cause);
  }

  As2Exception unavailable(String why, Exception cause) {
    return new As2Exception(
        FailureCode.STORE_UNAVAILABLE, "Cannot read " + file.path() + why, cause);
  }
}
