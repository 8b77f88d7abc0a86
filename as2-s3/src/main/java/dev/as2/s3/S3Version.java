package dev.as2.s3;

import java.util.Optional;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;

/**
 * What pins an object's content: its ETag, and its version id where the bucket keeps versions.
 *
 * @param eTag as S3 spells it, with its quotes
 */
record S3Version(Optional<String> versionId, String eTag) {
  /** What S3 calls the version of an object that was written before versions were kept. */
  private static final String NO_VERSION = "null";

  static S3Version of(Optional<String> versionId, String eTag) {
    return new S3Version(versionId.filter(id -> !id.equals(NO_VERSION)), eTag);
  }

  /** Reads what {@link #toString} wrote; anything else pins nothing that exists. */
  static S3Version parse(String text) {
    int space = text.indexOf(' '); // version ids have none
    return new S3Version(
        space > 0 ? Optional.of(text.substring(0, space)) : Optional.empty(),
        text.substring(space + 1));
  }

  void pin(GetObjectRequest.Builder request) {
    versionId.ifPresent(request::versionId);
    request.ifMatch(eTag);
  }

  void pin(HeadObjectRequest.Builder request) {
    versionId.ifPresent(request::versionId);
    request.ifMatch(eTag);
  }

  @Override
  public String toString() {
    return versionId.orElse("") + " " + eTag;
  }
}
