package dev.as2.core;

/**
 * A place in a store: {@code /bucket/key}, as in AWS's {@code SendFilePaths}.
 *
 * @param bucket the first segment; the local store maps it to a root folder
 * @param key the rest, segments joined with {@code /}; may hold any character but controls
 */
public record FilePath(String bucket, String key) {
  /** The longest path that AWS takes, in characters. */
  static final int MAX_LENGTH = 1024;

  /**
   * @throws IllegalArgumentException where a part is empty, too long, holds a control character, or
   *     has a segment {@code .} or {@code ..}
   */
  public FilePath {
    String path = "/" + bucket + "/" + key;
    // First, as the other messages quote the path, and a terminal obeys what it is shown.
    refuseControls(path);
    if (bucket.isEmpty() || bucket.indexOf('/') >= 0 || key.isEmpty()) {
      throw new IllegalArgumentException("path is not /bucket/key: " + path);
    }
    if (path.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "path has " + path.length() + " characters, more than " + MAX_LENGTH);
    }
    for (String segment : path.split("/", -1)) {
      if (segment.equals("..") || segment.equals(".")) {
        throw new IllegalArgumentException("path has a segment '" + segment + "': " + path);
      }
    }
  }

  /**
   * Reads {@code /bucket/key} or {@code bucket/key}.
   *
   * @throws IllegalArgumentException as the constructor, and where there is no key
   */
  public static FilePath parse(String path) {
    refuseControls(path);
    String relative = path.startsWith("/") ? path.substring(1) : path;
    int slash = relative.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("path is not /bucket/key: " + path);
    }
    return new FilePath(relative.substring(0, slash), relative.substring(slash + 1));
  }

  private static void refuseControls(String path) {
    if (path.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("path has a control character");
    }
  }

  /** The last segment of the key. */
  public String name() {
    return key.substring(key.lastIndexOf('/') + 1);
  }

  /** The place of another name in the same folder; {@code name} may begin with sub-folders. */
  public FilePath sibling(String name) {
    return new FilePath(bucket, key.substring(0, key.lastIndexOf('/') + 1) + name);
  }

  /** {@code /bucket/key}. */
  @Override
  public String toString() {
    return "/" + bucket + "/" + key;
  }
}
