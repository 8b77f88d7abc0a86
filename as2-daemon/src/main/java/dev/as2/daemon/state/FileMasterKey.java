package dev.as2.daemon.state;

import dev.as2.daemon.aws.Exposure;
import dev.as2.daemon.aws.NewFiles;
import dev.as2.daemon.aws.Sentences;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/** 256 bits in base64 in a file with mode 0600. Safe for use by several threads. */
record FileMasterKey(Path file, SecureRandom random) implements MasterKey {
  private static final byte[] DATA_KEY = "data_key".getBytes(StandardCharsets.US_ASCII);

  @Override
  public byte[] wrap(byte[] dataKey) throws StateException {
    if (!Files.exists(file)) {
      make();
    }
    return key().seal(random, DATA_KEY, dataKey);
  }

  @Override
  public byte[] unwrap(byte[] wrapped) throws StateException {
    if (!Files.exists(file)) {
      throw new StateException(
          "The master key %s is missing, and nothing in the database can be opened without it."
              .formatted(file));
    }
    try {
      return key().open(DATA_KEY, wrapped);
    } catch (GeneralSecurityException e) {
      throw new StateException(
          "The master key %s is not the one of this database.".formatted(file), e);
    }
  }

  /** On the disk before anything depends on it. */
  private void make() throws StateException {
    byte[] octets = new byte[GcmKey.BYTES];
    random.nextBytes(octets);
    try {
      NewFiles.writeSecret(file, Base64.getEncoder().encodeToString(octets) + "\n");
    } catch (IOException e) {
      throw new StateException("The master key cannot be made: " + Sentences.of(e), e);
    }
  }

  private GcmKey key() throws StateException {
    Optional<String> exposed = Exposure.of(file, "The master key " + file);
    if (exposed.isPresent()) {
      throw new StateException(exposed.get());
    }
    try {
      byte[] octets = Base64.getDecoder().decode(Files.readString(file).strip());
      if (octets.length == GcmKey.BYTES) {
        return new GcmKey(octets);
      }
    } catch (IOException e) {
      throw new StateException("The master key cannot be read: " + Sentences.of(e), e);
    } catch (IllegalArgumentException e) {
      throw damaged(Optional.of(e));
    }
    throw damaged(Optional.empty());
  }

  private StateException damaged(Optional<Throwable> cause) {
    StateException fault =
        new StateException(
            "The master key %s is damaged: it does not hold %s octets in base64."
                .formatted(file, GcmKey.BYTES));
    cause.ifPresent(fault::initCause);
    return fault;
  }

  @Override
  public String toString() {
    return "FileMasterKey[" + file + "]";
  }
}
