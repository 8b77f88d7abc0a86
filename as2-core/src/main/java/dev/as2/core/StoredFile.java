package dev.as2.core;

import java.time.Instant;
import java.util.Optional;

/**
 * A file as a store described it at one moment.
 *
 * @param path where it is
 * @param length size in bytes
 * @param version what pins this content: an S3 version id or ETag, or a local file's identity, size
 *     and modification time; opaque
 * @param modified when it was last modified
 * @param contentType the content type that the store keeps for it, where it keeps one
 */
public record StoredFile(
    FilePath path, long length, String version, Instant modified, Optional<String> contentType) {
  public StoredFile {
    if (length < 0) {
      throw new IllegalArgumentException("length < 0: " + length);
    }
  }
}
