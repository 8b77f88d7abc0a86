package dev.as2.daemon.state;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Encrypts what the database keeps secret, with a data key that is in the database, wrapped with
 * the {@link MasterKey}, and in memory as long as the daemon runs. Safe for use by several threads.
 */
public final class Vault {
  private final GcmKey key;
  private final SecureRandom random;

  private Vault(GcmKey key, SecureRandom random) {
    this.key = key;
    this.random = random;
  }

  /**
   * Opens a database's vault; the first one makes the data key.
   *
   * @throws StateException where the master key is missing, damaged, exposed or another one
   */
  public static Vault open(Database database, MasterKey masterKey, SecureRandom random)
      throws IOException {
    Optional<byte[]> kept = database.read(Vault::wrapped);
    if (kept.isEmpty()) {
      byte[] octets = new byte[GcmKey.BYTES];
      random.nextBytes(octets);
      byte[] wrapped = masterKey.wrap(octets);
      // Of several daemons that start at once, one makes it, and the others have to open it.
      kept = database.write(connection -> insert(connection, wrapped));
    }
    byte[] wrapped = kept.orElseThrow(() -> new StateException("The data key was not kept."));
    return new Vault(new GcmKey(masterKey.unwrap(wrapped)), random);
  }

  private static Optional<byte[]> wrapped(Connection connection) throws SQLException {
    try (PreparedStatement query =
            connection.prepareStatement("SELECT wrapped FROM data_key WHERE number = 1");
        ResultSet rows = query.executeQuery()) {
      return rows.next() ? Optional.of(rows.getBytes(1)) : Optional.empty();
    }
  }

  private static Optional<byte[]> insert(Connection connection, byte[] wrapped)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO data_key (number, wrapped) VALUES (1, ?) ON CONFLICT DO NOTHING")) {
      insert.setBytes(1, wrapped);
      insert.executeUpdate();
    }
    return wrapped(connection);
  }

  /**
   * Encrypts a value for one place in the database.
   *
   * @param place table, column and key, such as {@code access_key/secret/AKIA...}
   */
  public byte[] seal(String place, byte[] plain) {
    return key.seal(random, octets(place), plain);
  }

  /**
   * Decrypts a value that was sealed for this place.
   *
   * @throws StateException where it was altered, or sealed for another place or by another vault
   */
  public byte[] open(String place, byte[] sealed) throws StateException {
    try {
      return key.open(octets(place), sealed);
    } catch (GeneralSecurityException e) {
      throw new StateException(
          "What the database holds as %s was altered or belongs elsewhere.".formatted(place), e);
    }
  }

  private static byte[] octets(String place) {
    return place.getBytes(StandardCharsets.UTF_8);
  }

  /** Nothing of the key. */
  @Override
  public String toString() {
    return "Vault";
  }
}
