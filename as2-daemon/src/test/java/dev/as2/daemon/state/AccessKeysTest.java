package dev.as2.daemon.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AccessKeysTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Instant NOW = Instant.parse("2026-11-28T10:00:00.123Z");

  @TempDir Path folder;

  private AccessKeys keys(Database database) throws IOException {
    MasterKey masterKey = MasterKey.file(folder.resolve("master.key"), RANDOM);
    Vault vault = Vault.open(database, masterKey, RANDOM);
    return new AccessKeys(database, vault, Clock.fixed(NOW, ZoneOffset.UTC), RANDOM);
  }

  @ParameterizedTest
  @EnumSource
  void aKeyThatWasMadeIsFoundAndCanBeDisabled(Databases kind) throws IOException {
    try (Database database = Database.open(kind.url(folder))) {
      AccessKeys keys = keys(database);
      AccessKey made = keys.create();

      assertThat(made.id()).matches("AKIA[A-Z2-7]{16}");
      assertThat(made.secret()).matches("[A-Za-z0-9+/]{40}");
      assertThat(made.created()).isEqualTo(NOW);
      assertThat(keys.find(made.id())).contains(made);
      assertThat(keys.find("AKIAAAAAAAAAAAAAAAAA")).isEmpty();
      assertThat(keys.disable(made.id())).isTrue();
      assertThat(keys.find(made.id()).orElseThrow().enabled()).isFalse();
      assertThat(keys.disable("AKIAAAAAAAAAAAAAAAAA")).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void keysDifferAndAreAllListed(Databases kind) throws IOException {
    try (Database database = Database.open(kind.url(folder))) {
      AccessKeys keys = keys(database);
      AccessKey one = keys.create();
      AccessKey other = keys.create();

      assertThat(one.secret()).isNotEqualTo(other.secret());
      assertThat(keys.list()).containsExactlyInAnyOrder(one, other);
    }
  }

  @Test
  void theFirstKeyIsWrittenAsAwsToolsReadIt() throws IOException {
    Path file = folder.resolve("credentials");
    try (Database database = Database.open(Databases.SQLITE.url(folder))) {
      AccessKeys keys = keys(database);
      keys.first(file, "eu-central-1");
      keys.first(file, "eu-central-1");

      assertThat(keys.list()).hasSize(1);
      AccessKey key = keys.list().get(0);
      assertThat(file)
          .hasContent(
              """
              [default]
              aws_access_key_id = %s
              aws_secret_access_key = %s
              region = eu-central-1
              # The AWS CLI of version 1 would fetch what a --url names instead of sending the name.
              cli_follow_urlparam = false
              """
                  .formatted(key.id(), key.secret()));
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void aFileWithCredentialsIsLeftAsItIsAndMadeAgainWhereItIsMissing() throws IOException {
    Path file = folder.resolve("credentials");
    try (Database database = Database.open(Databases.SQLITE.url(folder))) {
      AccessKeys keys = keys(database);
      keys.first(file, "eu-central-1");
      String written = Files.readString(file);
      Files.writeString(file, "[other]\n");
      keys.first(file, "eu-central-1");
      assertThat(file).hasContent("[other]\n");

      Files.delete(file);
      keys.first(file, "eu-central-1");
      assertThat(file).hasContent(written);
    }
  }

  @Test
  void aSecretIsNeitherShownNorKeptInTheClear() throws IOException {
    try (Database database = Database.open("jdbc:sqlite:" + folder.resolve("state.db"))) {
      AccessKey key = keys(database).create();

      assertThat(key.toString()).contains(key.id()).doesNotContain(key.secret());
      assertThat(Files.readString(folder.resolve("state.db-wal"), StandardCharsets.ISO_8859_1))
          .contains(key.id())
          .doesNotContain(key.secret());
    }
  }

  @Test
  void aSecretThatWasCopiedToAnotherKeyDoesNotOpen() throws IOException {
    try (Database database = Database.open(Databases.SQLITE.url(folder))) {
      AccessKeys keys = keys(database);
      AccessKey one = keys.create();
      AccessKey other = keys.create();
      database.write(connection -> {
        try (Statement copy = connection.createStatement()) {
          return copy.executeUpdate(
              "UPDATE access_key SET sealed_secret = (SELECT sealed_secret FROM access_key"
                  + " WHERE id = '"
                  + one.id()
                  + "') WHERE id = '"
                  + other.id()
                  + "'");
        }
      });

      assertThatThrownBy(() -> keys.find(other.id())).isInstanceOf(StateException.class);
      assertThat(keys.find(one.id())).contains(one);
    }
  }
}
