package dev.as2.daemon.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.as2.core.As2Exception;
import dev.as2.core.FailureCode;
import dev.as2.daemon.aws.AwsClients;
import dev.as2.daemon.aws.ManagedSecrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** AWS's KMS and Secrets Manager, for which moto_server answers; it has to be installed. */
@Tag("moto")
class MotoTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final byte[] SECRET = "hunter2".getBytes(StandardCharsets.US_ASCII);
  private static MotoServer moto;

  @TempDir Path folder;
  private KmsClient kms;
  private SecretsManagerClient secretsManager;
  private Instant now = Instant.parse("2026-11-28T10:00:00Z");

  @BeforeAll
  static void start() throws IOException {
    moto = MotoServer.start();
  }

  @AfterAll
  static void stop() {
    moto.close();
  }

  @BeforeEach
  void connect() throws IOException {
    AwsClients clients = new AwsClients(Optional.of(moto.endpoint()), Optional.of("eu-central-1"));
    kms = clients.kms();
    secretsManager = clients.secretsManager();
  }

  @AfterEach
  void disconnect() {
    kms.close();
    secretsManager.close();
  }

  private String kmsKey() {
    return kms.createKey().keyMetadata().keyId();
  }

  @Test
  void aKmsKeyOpensTheVaultAfterARestart() throws IOException {
    MasterKey masterKey = MasterKey.kms(kms, kmsKey());
    try (Database database = Database.open(Databases.SQLITE.url(folder))) {
      byte[] sealed = Vault.open(database, masterKey, RANDOM).seal("row", SECRET);

      assertThat(Vault.open(database, masterKey, RANDOM).open("row", sealed)).isEqualTo(SECRET);
    }
  }

  @Test
  void aKmsKeyThatCannotOpenOrIsMissingIsOneSentence() throws IOException {
    String id = kmsKey();
    try (Database database = Database.open(Databases.SQLITE.url(folder))) {
      Vault.open(database, MasterKey.kms(kms, id), RANDOM);
      database.write(connection -> {
        try (Statement damage = connection.createStatement()) {
          return damage.executeUpdate("UPDATE data_key SET wrapped = zeroblob(100)");
        }
      });

      assertThatThrownBy(() -> Vault.open(database, MasterKey.kms(kms, id), RANDOM))
          .isInstanceOf(StateException.class)
          .hasMessageStartingWith(
              "The master key " + id + " cannot decrypt the database's data key: Kms answered ");
    }
    try (Database database = Database.open(Databases.SQLITE.url(folder))) {
      assertThatThrownBy(() -> Vault.open(database, MasterKey.kms(kms, "alias/none"), RANDOM))
          .hasMessageStartingWith(
              "The master key alias/none cannot encrypt the database's data key: Kms answered ");
    }
  }

  /** Always the test's own moment. */
  private final Clock clock =
      new Clock() {
        @Override
        public Instant instant() {
          return now;
        }

        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }
      };

  private String secret(String name, String content) {
    return secretsManager.createSecret(request -> request.name(name).secretString(content)).arn();
  }

  @Test
  void aSecretIsFoundByNameAndByArnAndAskedForAgainAfterAWhile() throws IOException {
    String arn = secret("aws/transfer/acme", "{\"Username\":\"u\",\"Password\":\"old\"}");
    ManagedSecrets secrets = new ManagedSecrets(secretsManager, clock, 2);
    assertThat(secrets.credentials("aws/transfer/acme").password()).isEqualTo("old");
    assertThat(secrets.credentials(arn).username()).isEqualTo("u");

    secretsManager.putSecretValue(
        request -> request.secretId(arn).secretString("{\"Username\":\"u\",\"Password\":\"new\"}"));
    now = now.plus(ManagedSecrets.HELD).minusMillis(1);
    assertThat(secrets.credentials("aws/transfer/acme").password()).isEqualTo("old");
    now = now.plus(Duration.ofMillis(1));
    assertThat(secrets.credentials("aws/transfer/acme").password()).isEqualTo("new");
  }

  @Test
  void noMoreSecretsAreHeldThanAllowed() throws IOException {
    ManagedSecrets secrets = new ManagedSecrets(secretsManager, clock, 2);
    for (String name : new String[] {"one", "two", "three"}) {
      secret(name, "{\"Username\":\"u\",\"Password\":\"old\"}");
      secrets.credentials(name);
      secretsManager.putSecretValue(request ->
          request.secretId(name).secretString("{\"Username\":\"u\",\"Password\":\"new\"}"));
    }

    assertThat(secrets.credentials("three").password()).isEqualTo("old");
    assertThat(secrets.credentials("one").password()).isEqualTo("new");
  }

  @Test
  void aMissingSecretIsOneSentenceUntilItIsThere() throws IOException {
    ManagedSecrets secrets = new ManagedSecrets(secretsManager, clock, 2);

    assertThatThrownBy(() -> secrets.credentials("late"))
        .isInstanceOfSatisfying(
            As2Exception.class,
            e -> assertThat(e.code()).isEqualTo(FailureCode.CREDENTIALS_RETRIEVAL_FAILED))
        .hasMessageStartingWith(
            "BasicAuthSecretId is late, and it cannot be read: SecretsManager answered"
                + " ResourceNotFoundException (HTTP 4");
    secret("late", "{\"Username\":\"u\",\"Password\":\"p\"}");
    assertThat(secrets.credentials("late").password()).isEqualTo("p");
  }

  @Test
  void aSecretOfAnotherFormIsRefusedWithoutQuotingIt() {
    secret("bad", "{\"Username\":\"u\",\"Pass\":\"hunter2\"}");
    ManagedSecrets secrets = new ManagedSecrets(secretsManager, clock, 2);

    assertThatThrownBy(() -> secrets.credentials("bad"))
        .isInstanceOfSatisfying(
            As2Exception.class, e -> assertThat(e.code()).isEqualTo(FailureCode.INVALID_REQUEST))
        .hasMessage("secret bad: the secret has no string Password.");
  }
}
