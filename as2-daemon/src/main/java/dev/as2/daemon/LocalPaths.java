package dev.as2.daemon;

import dev.as2.core.FilePath;
import dev.as2.core.FileStore;
import dev.as2.core.LocalFileStore;
import java.nio.file.Path;
import java.util.Map;

/**
 * Files of this machine among paths that otherwise are {@code /bucket/key}: they begin with {@code
 * ./}, {@code ../} or {@code file:}, and become paths in a bucket whose root is the root folder.
 */
final class LocalPaths {
  /** No bucket of S3 can have this name. */
  static final String BUCKET = "file:";

  private LocalPaths() {}

  /** The store of {@link #BUCKET}. */
  static FileStore store() {
    return LocalFileStore.of(Map.of(BUCKET, Path.of("/")));
  }

  /**
   * Reads an argument of the command line.
   *
   * @throws IllegalArgumentException where it is no path
   */
  static FilePath parse(String argument) {
    boolean isLocal = argument.startsWith("./") || argument.startsWith("../");
    if (isLocal || argument.startsWith(BUCKET)) {
      if (argument.chars().anyMatch(Character::isISOControl)) {
        throw new IllegalArgumentException("path has a control character");
      }
      String name = isLocal ? argument : argument.substring(BUCKET.length());
      Path file = Path.of(name).toAbsolutePath().normalize();
      return new FilePath(BUCKET, Path.of("/").relativize(file).toString());
    }
    return FilePath.parse(argument);
  }

  /** A path as a user writes it. */
  static String shown(FilePath path) {
    return path.bucket().equals(BUCKET) ? "/" + path.key() : path.toString();
  }
}
