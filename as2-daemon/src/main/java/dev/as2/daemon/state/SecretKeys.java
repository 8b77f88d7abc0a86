package dev.as2.daemon.state;

import java.io.IOException;
import java.util.Optional;

/** Where the secret of an access key is found. Safe for use by several threads. */
@FunctionalInterface
public interface SecretKeys {
  /** The secret; empty where there is no such key, or it is not to be used. */
  Optional<String> secret(String accessKeyId) throws IOException;

  /** Those that the daemon keeps, without the disabled ones. */
  static SecretKeys of(AccessKeys keys) {
    return id -> keys.find(id).filter(AccessKey::enabled).map(AccessKey::secret);
  }
}
