package dev.as2.core;

import java.util.Optional;

/**
 * The stores as the holder of a role sees them: AWS's AccessRole of a connector. Safe for use by
 * several threads.
 */
@FunctionalInterface
public interface FileStores {
  /**
   * The store of all files that a connector reads and writes. Called several times a message, so
   * that it has to be quick; a role that cannot be assumed shows when the store is used.
   *
   * @param accessRole the connector's role, as it is written there; where there is none, files are
   *     read and written with the process's own rights
   */
  FileStore under(Optional<String> accessRole);
}
