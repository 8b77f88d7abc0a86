package dev.as2.daemon.aws;

import dev.as2.core.As2Exception;
import dev.as2.core.BasicCredentials;
import dev.as2.core.FailureCode;
import dev.as2.core.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Secrets as files: {@code <name>.json} with {@code {"Username": ..., "Password": ...}}, where
 * slashes in a name are sub-folders. An ARN of AWS Secrets Manager stands for its name, with or
 * without the six characters that AWS appends.
 */
public final class SecretFolder implements Secrets {
  private static final String ARN_NAME = "arn:[^:]*:secretsmanager:[^:]*:[^:]*:secret:";
  private static final String ARN_SUFFIX = "-[0-9A-Za-z]{6}$";

  private final Path folder;

  /**
   * @param folder where they are; need not be there
   */
  public SecretFolder(Path folder) {
    this.folder = folder;
  }

  @Override
  public BasicCredentials credentials(String secretId) throws IOException {
    Path file = find(secretId);
    return SecretJson.read(file, name(file));
  }

  /** What to warn of: that others can read the secret's file. */
  public Optional<String> exposed(String secretId) throws IOException {
    Path file = find(secretId);
    return Exposure.of(file, name(file));
  }

  private Path find(String secretId) throws IOException {
    String name = secretId.replaceFirst("^" + ARN_NAME, "");
    List<String> names =
        name.equals(secretId) ? List.of(name) : List.of(name, name.replaceFirst(ARN_SUFFIX, ""));
    for (String each : names) {
      Optional<Path> file = file(each);
      if (file.isPresent()) {
        return file.get();
      }
    }
    throw notFound(
        "BasicAuthSecretId is "
            + secretId
            + ", and there is no secrets/"
            + relative(names.get(names.size() - 1))
            + ".json.");
  }

  private String name(Path file) {
    return "secrets/" + folder.relativize(file);
  }

  /** AWS's console gives names that begin with a slash. */
  private static String relative(String name) {
    return name.startsWith("/") ? name.substring(1) : name;
  }

  private Optional<Path> file(String name) throws IOException {
    for (String segment : relative(name).split("/", -1)) {
      if (!segment.matches("[^\\\\\\p{Cntrl}]+") || segment.equals("..") || segment.equals(".")) {
        throw notFound("BasicAuthSecretId is " + name + ", which names no file in secrets/.");
      }
    }
    Path file = folder.resolve(relative(name) + ".json");
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    if (!file.toRealPath().startsWith(folder.toRealPath())) {
      throw notFound("BasicAuthSecretId is " + name + ", which leads out of secrets/ by a link.");
    }
    return Optional.of(file);
  }

  private static As2Exception notFound(String sentence) {
    return new As2Exception(FailureCode.CREDENTIALS_RETRIEVAL_FAILED, sentence);
  }
}
