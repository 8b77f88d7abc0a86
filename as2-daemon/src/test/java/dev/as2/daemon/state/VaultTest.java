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
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VaultTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final byte[] SECRET = "hunter2".getBytes(StandardCharsets.US_ASCII);

  @TempDir Path folder;

  private Path keyFile() {
    return folder.resolve("master.key");
  }

  private Vault open(Database database) throws IOException {
    return Vault.open(database, MasterKey.file(keyFile(), RANDOM), RANDOM);
  }

  private Database database() throws IOException {
    return Database.open("jdbc:sqlite:" + folder.resolve("state.db"));
  }

  @ParameterizedTest
  @EnumSource
  void whatWasSealedIsOpenedAfterARestart(Databases kind) throws IOException {
    String url = kind.url(folder);
    byte[] sealed;
    try (Database database = Database.open(url)) {
      sealed = open(database).seal("table/row", SECRET);
    }
    try (Database database = Database.open(url)) {
      assertThat(open(database).open("table/row", sealed)).isEqualTo(SECRET);
    }
  }

  @Test
  void aCiphertextOfAnotherRowDoesNotOpen() throws IOException {
    try (Database database = database()) {
      Vault vault = open(database);
      byte[] sealed = vault.seal("access_key/secret/A", SECRET);

      assertThatThrownBy(() -> vault.open("access_key/secret/B", sealed))
          .isInstanceOf(StateException.class)
          .hasMessage(
              "What the database holds as access_key/secret/B was altered or belongs elsewhere.");
    }
  }

  @Test
  void noOctetOfACiphertextCanBeAlteredOrLeftOut() throws IOException {
    try (Database database = database()) {
      Vault vault = open(database);
      byte[] sealed = vault.seal("row", SECRET);
      for (int i = 0; i < sealed.length; i++) {
        byte[] altered = sealed.clone();
        altered[i] ^= 1;
        byte[] shortened = Arrays.copyOf(sealed, i);

        assertThatThrownBy(() -> vault.open("row", altered)).isInstanceOf(StateException.class);
        assertThatThrownBy(() -> vault.open("row", shortened)).isInstanceOf(StateException.class);
      }
    }
  }

  @Test
  void theSameIsSealedDifferentlyEachTimeAndNothingOfItIsReadable() throws IOException {
    try (Database database = database()) {
      Vault vault = open(database);
      byte[] sealed = vault.seal("row", SECRET);

      assertThat(vault.seal("row", SECRET)).isNotEqualTo(sealed);
      assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("hunter");
    }
  }

  @Test
  void theMasterKeyIsMadeForItsOwnerOnlyAndIsNotInTheDatabase() throws IOException {
    try (Database database = database()) {
      open(database);
    }
    byte[] key = Base64.getDecoder().decode(Files.readString(keyFile()).strip());

    assertThat(key).hasSize(32);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keyFile())))
        .isEqualTo("rw-------");
    String file = Files.readString(folder.resolve("state.db"), StandardCharsets.ISO_8859_1);
    assertThat(file).doesNotContain(new String(key, StandardCharsets.ISO_8859_1));
  }

  @Test
  void anotherMasterKeyIsOneSentence() throws IOException {
    try (Database database = database()) {
      open(database);
      Files.delete(keyFile());
      Files.writeString(keyFile(), Base64.getEncoder().encodeToString(new byte[32]));
      Files.setPosixFilePermissions(keyFile(), PosixFilePermissions.fromString("rw-------"));

      assertThatThrownBy(() -> open(database))
          .isInstanceOf(StateException.class)
          .hasMessage("The master key " + keyFile() + " is not the one of this database.");
    }
  }

  @Test
  void aMissingMasterKeyIsNotReplacedWhereSomethingDependsOnIt() throws IOException {
    try (Database database = database()) {
      open(database);
      Files.delete(keyFile());

      assertThatThrownBy(() -> open(database))
          .isInstanceOf(StateException.class)
          .hasMessageStartingWith("The master key " + keyFile() + " is missing");
      assertThat(keyFile()).doesNotExist();
    }
  }

  @Test
  void aMasterKeyThatOthersCanReadIsRefused() throws IOException {
    try (Database database = database()) {
      open(database);
      Files.setPosixFilePermissions(keyFile(), PosixFilePermissions.fromString("rw-r-----"));

      assertThatThrownBy(() -> open(database))
          .isInstanceOf(StateException.class)
          .hasMessage(
              "The master key "
                  + keyFile()
                  + " can be read by others than its owner; chmod 600 prevents that.");
    }
  }

  @Test
  void aDamagedMasterKeyIsOneSentence() throws IOException {
    try (Database database = database()) {
      open(database);
      for (String content : new String[] {"", "AAAA", "no base64!"}) {
        Files.writeString(keyFile(), content);

        assertThatThrownBy(() -> open(database))
            .hasMessage(
                "The master key "
                    + keyFile()
                    + " is damaged: it does not hold 32 octets in base64.");
      }
    }
  }

  @Test
  void ofTwoThatMakeTheDataKeyAtOnceBothUseTheSame() throws IOException {
    try (Database database = database()) {
      Vault first = open(database);
      // As one that found none yet: its own is not kept.
      database.write(connection -> {
        try (Statement insert = connection.createStatement()) {
          return insert.executeUpdate(
              "INSERT INTO data_key (number, wrapped) VALUES (1, x'00') ON CONFLICT DO NOTHING");
        }
      });

      assertThat(open(database).open("row", first.seal("row", SECRET))).isEqualTo(SECRET);
    }
  }

  @Test
  void nothingSecretIsShown() throws IOException {
    try (Database database = database()) {
      MasterKey masterKey = MasterKey.file(keyFile(), RANDOM);
      Vault vault = Vault.open(database, masterKey, RANDOM);

      assertThat(vault).hasToString("Vault");
      assertThat(masterKey).hasToString("FileMasterKey[" + keyFile() + "]");
      assertThat(new GcmKey(SECRET)).hasToString("GcmKey");
    }
  }
}
