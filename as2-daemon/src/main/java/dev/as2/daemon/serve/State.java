package dev.as2.daemon.serve;

import dev.as2.core.Secrets;
import dev.as2.daemon.aws.AwsClients;
import dev.as2.daemon.aws.ManagedSecrets;
import dev.as2.daemon.aws.SecretFolder;
import dev.as2.daemon.state.AccessKeys;
import dev.as2.daemon.state.Database;
import dev.as2.daemon.state.MasterKey;
import dev.as2.daemon.state.ResourceRegistry;
import dev.as2.daemon.state.Resources;
import dev.as2.daemon.state.ServeLimits;
import dev.as2.daemon.state.SqlResources;
import dev.as2.daemon.state.SqlTransfers;
import dev.as2.daemon.state.Vault;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;

/** What a daemon knows and must not lose, opened as its configuration says. */
record State(
    StateFolder folder,
    Database database,
    Vault vault,
    Resources resources,
    ResourceRegistry registry,
    AccessKeys keys,
    SqlTransfers transfers,
    Secrets secrets,
    Clock clock,
    SecureRandom random)
    implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(State.class.getName());
  private static final String KMS = "kms:";

  static State open(ServeConfig config, Clock clock, SecureRandom random) throws IOException {
    StateFolder folder = StateFolder.open(Path.of(config.text(Setting.STATE)), random);
    try {
      String url = config.optional(Setting.DATABASE).orElse("jdbc:sqlite:" + folder.file("as2.db"));
      return open(config, folder, Database.open(url), clock, random);
    } catch (IOException | RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  private static State open(
      ServeConfig config, StateFolder folder, Database database, Clock clock, SecureRandom random)
      throws IOException {
    try {
      Vault vault = Vault.open(database, masterKey(config, folder, random), random);
      SqlResources resources = new SqlResources(database, vault, clock);
      return new State(
          folder,
          database,
          vault,
          resources,
          new ResourceRegistry(resources),
          new AccessKeys(database, vault, clock, random),
          new SqlTransfers(database, vault, clock, random),
          secrets(config, folder, clock),
          clock,
          random);
    } catch (IOException | RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private static MasterKey masterKey(ServeConfig config, StateFolder folder, SecureRandom random)
      throws IOException {
    String key = config.text(Setting.MASTER_KEY);
    if (key.startsWith(KMS)) {
      return MasterKey.kms(aws(config).kms(), key.substring(KMS.length()));
    }
    return MasterKey.file(key.isEmpty() ? folder.file("master.key") : Path.of(key), random);
  }

  private static Secrets secrets(ServeConfig config, StateFolder folder, Clock clock)
      throws IOException {
    String place = config.text(Setting.SECRETS);
    if (place.equals("aws")) {
      return new ManagedSecrets(aws(config).secretsManager(), clock, ServeLimits.CACHED_SECRETS);
    }
    return new SecretFolder(place.isEmpty() ? folder.file("secrets") : Path.of(place));
  }

  private static AwsClients aws(ServeConfig config) {
    return new AwsClients(Optional.empty(), Optional.of(config.text(Setting.REGION)));
  }

  @Override
  public void close() {
    database.close();
    try {
      folder.close();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the lock of the state folder could not be given free: " + e);
    }
  }
}
