package dev.as2.daemon.state;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** The statements on {@code private_key}, within a transaction; keys are sealed outside of it. */
record PrivateKeyRows(Connection connection) {
  void insert(String certificateId, byte[] sealed) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO private_key (certificate_id, sealed) VALUES (?, ?)")) {
      insert.setString(1, certificateId);
      insert.setBytes(2, sealed);
      insert.executeUpdate();
    }
  }

  void delete(String certificateId) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM private_key WHERE certificate_id = ?")) {
      delete.setString(1, certificateId);
      delete.executeUpdate();
    }
  }

  Optional<byte[]> find(String certificateId) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT sealed FROM private_key WHERE certificate_id = ?")) {
      query.setString(1, certificateId);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next() ? Optional.of(rows.getBytes(1)) : Optional.empty();
      }
    }
  }

  static byte[] seal(Vault vault, String certificateId, byte[] pkcs8) {
    return vault.seal(place(certificateId), pkcs8);
  }

  static byte[] open(Vault vault, String certificateId, byte[] sealed) throws IOException {
    return vault.open(place(certificateId), sealed);
  }

  private static String place(String certificateId) {
    return "private_key/sealed/" + certificateId;
  }
}
