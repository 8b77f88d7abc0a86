package dev.as2.daemon.state;

import dev.as2.daemon.aws.NewFiles;
import dev.as2.daemon.aws.Sentences;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The access keys of a daemon's own API, with secrets encrypted by a {@link Vault}. Nothing is held
 * in memory: a key that is disabled is so for all daemons at once. Safe for use by several threads.
 */
public final class AccessKeys {
  private static final String PREFIX = "AKIA";
  private static final String ID_CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int ID_LENGTH = 16;
  private static final String SECRET_CHARACTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  /** 240 bits. */
  private static final int SECRET_LENGTH = 40;

  private static final String COLUMNS =
      "SELECT id, sealed_secret, enabled, created FROM access_key ";

  private final Database database;
  private final Vault vault;
  private final Clock clock;
  private final SecureRandom random;

  public AccessKeys(Database database, Vault vault, Clock clock, SecureRandom random) {
    this.database = database;
    this.vault = vault;
    this.clock = clock;
    this.random = random;
  }

  /** Makes a key. */
  public AccessKey create() throws IOException {
    AccessKey key =
        new AccessKey(
            PREFIX + drawn(ID_CHARACTERS, ID_LENGTH),
            drawn(SECRET_CHARACTERS, SECRET_LENGTH),
            true,
            Instant.ofEpochMilli(clock.millis()));
    byte[] sealed = vault.seal(place(key.id()), key.secret().getBytes(StandardCharsets.US_ASCII));
    database.write(connection -> insert(connection, key, sealed));
    return key;
  }

  private String drawn(String characters, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(characters.charAt(random.nextInt(characters.length())));
    }
    return text.toString();
  }

  private static String place(String id) {
    return "access_key/sealed_secret/" + id;
  }

  private static int insert(Connection connection, AccessKey key, byte[] sealed)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO access_key (id, sealed_secret, enabled, created) VALUES (?, ?, ?, ?)")) {
      insert.setString(1, key.id());
      insert.setBytes(2, sealed);
      insert.setInt(3, key.enabled() ? 1 : 0);
      insert.setLong(4, key.created().toEpochMilli());
      return insert.executeUpdate();
    }
  }

  /** A key, enabled or not. */
  public Optional<AccessKey> find(String id) throws IOException {
    List<Row> rows =
        database.read(connection -> {
          try (PreparedStatement query = connection.prepareStatement(COLUMNS + "WHERE id = ?")) {
            query.setString(1, id);
            return rows(query);
          }
        });
    return keys(rows).stream().findFirst();
  }

  /** All keys, the oldest first. */
  public List<AccessKey> list() throws IOException {
    List<Row> rows =
        database.read(connection -> {
          try (PreparedStatement query =
              connection.prepareStatement(COLUMNS + "ORDER BY created, id")) {
            return rows(query);
          }
        });
    return keys(rows);
  }

  /** As it is kept. */
  private record Row(String id, byte[] sealed, boolean enabled, Instant created) {}

  private static List<Row> rows(PreparedStatement query) throws SQLException {
    List<Row> all = new ArrayList<>();
    try (ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        all.add(
            new Row(
                rows.getString(1),
                rows.getBytes(2),
                rows.getInt(3) == 1,
                Instant.ofEpochMilli(rows.getLong(4))));
      }
    }
    return all;
  }

  private List<AccessKey> keys(List<Row> rows) throws IOException {
    List<AccessKey> keys = new ArrayList<>();
    for (Row row : rows) {
      byte[] secret = vault.open(place(row.id()), row.sealed());
      keys.add(
          new AccessKey(
              row.id(),
              new String(secret, StandardCharsets.US_ASCII),
              row.enabled(),
              row.created()));
    }
    return keys;
  }

  /**
   * Ends a key's use for good.
   *
   * @return whether there is such a key
   */
  public boolean disable(String id) throws IOException {
    return database.write(connection -> {
      try (PreparedStatement update =
          connection.prepareStatement("UPDATE access_key SET enabled = 0 WHERE id = ?")) {
        update.setString(1, id);
        return update.executeUpdate() == 1;
      }
    });
  }

  /**
   * Sees to it that there is a key, and that a file in AWS's shared-credentials format holds one as
   * its profile {@code default}: all that a client needs. A file that is there is left as it is.
   *
   * @param credentials made with mode 0600 where it is missing, with the oldest enabled key
   * @param region what clients are to sign for
   */
  public void first(Path credentials, String region) throws IOException {
    Optional<AccessKey> oldest = list().stream().filter(AccessKey::enabled).findFirst();
    AccessKey key = oldest.isPresent() ? oldest.get() : create();
    if (Files.exists(credentials)) {
      return;
    }
    try {
      NewFiles.replaceSecret(
          credentials,
          """
          [default]
          aws_access_key_id = %s
          aws_secret_access_key = %s
          region = %s
          # The AWS CLI of version 1 would fetch what a --url names instead of sending the name.
          cli_follow_urlparam = false
          """
              .formatted(key.id(), key.secret(), region));
    } catch (IOException e) {
      throw new StateException("The credentials cannot be written: " + Sentences.of(e), e);
    }
  }
}
