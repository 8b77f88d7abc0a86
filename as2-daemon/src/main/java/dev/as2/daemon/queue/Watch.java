package dev.as2.daemon.queue;

import dev.as2.core.ConnectorId;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Duration;

/**
 * A folder or prefix whose new files are sent.
 *
 * @param name of the watch; what it has sent is remembered by this name
 * @param connectorId by which connector
 * @param bucket where
 * @param prefix what the keys begin with: empty, or ends with a slash
 * @param include which names, as a pattern such as {@code *.edi}
 * @param every how often it is looked for new files
 * @param settle how long a file must have kept its version, so that one that is still being written
 *     is not taken
 */
public record Watch(
    String name,
    ConnectorId connectorId,
    String bucket,
    String prefix,
    String include,
    Duration every,
    Duration settle) {
  /**
   * @throws IllegalArgumentException where the name is not 1 to 24 letters, digits and hyphens, or
   *     the pattern is none
   */
  public Watch {
    if (!name.matches("[A-Za-z0-9-]{1,24}")) {
      throw new IllegalArgumentException(
          "the watch '" + name + "' is not named with 1 to 24 letters, digits and hyphens");
    }
    FileSystems.getDefault().getPathMatcher("glob:" + include);
  }

  /**
   * @param folder {@code /bucket} or {@code /bucket/prefix}
   * @throws IllegalArgumentException as the constructor, and where {@code folder} is no such path
   */
  public static Watch of(
      String name,
      ConnectorId connectorId,
      String folder,
      String include,
      Duration every,
      Duration settle) {
    String path = folder.replaceFirst("^/", "").replaceFirst("/$", "");
    int slash = path.indexOf('/');
    String bucket = slash < 0 ? path : path.substring(0, slash);
    if (bucket.isEmpty()) {
      throw new IllegalArgumentException("the watch " + name + " names no bucket: " + folder);
    }
    String prefix = slash < 0 ? "" : path.substring(slash + 1) + "/";
    return new Watch(name, connectorId, bucket, prefix, include, every, settle);
  }

  /** Whether a file of this folder is to be sent: not one of a folder below, and not a result. */
  boolean takes(String key) {
    String file = key.substring(prefix.length());
    PathMatcher pattern = FileSystems.getDefault().getPathMatcher("glob:" + include);
    return !file.isEmpty()
        && !file.contains("/")
        && !file.matches(RESULT)
        && pattern.matches(Path.of(file));
  }

  /** What this engine writes beside a file: its name, transfer, message, and extension. */
  private static final String RESULT =
      ".*\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
          + "\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}@[0-9a-f]{16}.*\\.(json|mdn)";
}
