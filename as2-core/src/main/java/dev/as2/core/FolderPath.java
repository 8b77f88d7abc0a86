package dev.as2.core;

/**
 * A folder of a store: {@code /bucket} or {@code /bucket/folder/folder}, as AWS's {@code
 * BaseDirectory}.
 *
 * @param bucket the first segment
 * @param prefix what the keys in it begin with: empty, or segments that end with {@code /}
 */
public record FolderPath(String bucket, String prefix) {
  /** The longest that AWS takes, in characters. */
  static final int MAX_LENGTH = 1024;

  /**
   * @throws IllegalArgumentException where it could not hold a file, see {@link FilePath}, or the
   *     prefix does not end with a slash
   */
  public FolderPath {
    if (!prefix.isEmpty() && !prefix.endsWith("/")) {
      throw new IllegalArgumentException("the prefix of a folder does not end with a slash");
    }
    FilePath unused = new FilePath(bucket, prefix + "x"); // it checks both
    if (bucket.length() + prefix.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("folder has more than " + MAX_LENGTH + " characters");
    }
  }

  /**
   * Reads {@code /bucket/folder}, with or without a slash at its end.
   *
   * @throws IllegalArgumentException as the constructor, and where it does not begin with a slash
   */
  public static FolderPath parse(String path) {
    if (path.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("folder has a control character");
    }
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("folder is not /bucket/folder: " + path);
    }
    int slash = path.indexOf('/', 1);
    if (slash < 0) {
      return new FolderPath(path.substring(1), "");
    }
    String prefix = path.substring(slash + 1);
    return new FolderPath(
        path.substring(1, slash), prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/");
  }

  /**
   * A file in it.
   *
   * @param name its name; may begin with sub-folders
   * @throws IllegalArgumentException as {@link FilePath}
   */
  public FilePath file(String name) {
    return new FilePath(bucket, prefix + name);
  }

  /** A folder in it. */
  public FolderPath folder(String name) {
    return new FolderPath(bucket, prefix + name + "/");
  }

  /** {@code /bucket/folder}, without a slash at its end. */
  @Override
  public String toString() {
    return "/" + bucket + (prefix.isEmpty() ? "" : "/" + prefix.substring(0, prefix.length() - 1));
  }
}
