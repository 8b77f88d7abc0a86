package dev.as2.daemon.console;

import java.io.IOException;
import java.util.Optional;

/** Where the secret of an access key is found. Safe for use by several threads. */
@FunctionalInterface
public interface SecretKeys {
  /** The secret; empty where there is no such key, or it is not to be used. */
  Optional<String> secret(String accessKeyId) throws IOException;
}
