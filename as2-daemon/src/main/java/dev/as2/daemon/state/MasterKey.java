package dev.as2.daemon.state;

import java.nio.file.Path;
import java.security.SecureRandom;
import software.amazon.awssdk.services.kms.KmsClient;

/** What protects the data key, and so everything that is kept secret; it is not in the database. */
public sealed interface MasterKey permits FileMasterKey, KmsMasterKey {
  /**
   * A key in a file that only its owner can read. It is made when there is nothing yet that was
   * protected by another.
   */
  static MasterKey file(Path file, SecureRandom random) {
    return new FileMasterKey(file, random);
  }

  /**
   * A symmetric key of AWS KMS, which never leaves it.
   *
   * @param client closed by the caller
   * @param keyId id, ARN or alias
   */
  static MasterKey kms(KmsClient client, String keyId) {
    return new KmsMasterKey(client, keyId);
  }

  /** Encrypts a data key. */
  byte[] wrap(byte[] dataKey) throws StateException;

  /**
   * Decrypts a data key.
   *
   * @throws StateException where it was wrapped with another master key, or this one is missing
   */
  byte[] unwrap(byte[] wrapped) throws StateException;
}
